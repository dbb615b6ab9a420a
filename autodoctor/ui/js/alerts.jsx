// What tells a mechanic that somebody waits: a ring, a message of the browser, the tab's title, and words for screen readers.
import { useCallback, useEffect, useRef, useState } from "react";
import { allowRing, mayRing, startRing, stopRing } from "./ring.js";
import { useTitleCount } from "./title_count.js";
import { say, sayN } from "./words.js";

const SILENT = "autodoctor.silent";

/** `waiting`: the requests on the screen, newest first, as `{id, title, who, earn}`. It rings until each is taken or passed on. */
export function Alerts({ waiting }) {
  const words = useArrivals(waiting);
  const [isSilent, setSilent] = useSilence();
  const [isAllowed, allow] = useAllowance();
  const isWaiting = waiting.length > 0;
  useTitleCount(waiting.length);

  useEffect(() => {
    if (isWaiting && isAllowed && !isSilent) startRing();
    else stopRing();
  }, [isWaiting, isAllowed, isSilent]);
  useEffect(() => stopRing, []);
  const turn = useCallback(() => {
    setSilent(isAllowed && !isSilent);
    allow();
  }, [isAllowed, isSilent, setSilent, allow]);

  return (
    <div className="alerts">
      <p className="visually-hidden" role="status" aria-live="polite">
        {words}
      </p>
      {!isAllowed && !isSilent && <p className="muted">{say("Your browser stays silent until you click once.")}</p>}
      <button type="button" className={`button button-${isAllowed || isSilent ? "quiet" : "secondary"}`} onClick={turn}>
        {isAllowed && !isSilent ? say("Turn off the ring") : say("Turn on the ring")}
      </button>
      {(isAllowed || isSilent) && <AskForNotifications />}
    </div>
  );
}

/** Words about the newest arrival; the browser shows them too where it may and nobody looks at this page. */
function useArrivals(waiting) {
  const seen = useRef(new Set());
  const [words, setWords] = useState("");
  useEffect(() => {
    const arrived = waiting.filter((each) => !seen.current.has(each.id));
    if (arrived.length === 0) return;
    for (const each of arrived) seen.current.add(each.id);
    setWords(wordsFor(arrived));
    if (document.visibilityState === "hidden") notify(arrived[0]);
  }, [waiting]);
  return words;
}

function wordsFor(arrived) {
  const [{ title, who, earn }] = arrived;
  return sayN(
    "New request: {title}, {who}. You earn {earn}.",
    "{n} new requests. The newest: {title}, {who}.",
    arrived.length,
    { title, who, earn },
  );
}

function notify({ id, title, who, earn }) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const message = new Notification(title, { body: say("{who}. You earn {earn}.", { who, earn }), tag: id });
  message.onclick = () => {
    window.focus();
    message.close();
  };
}

/** The choice to be left in peace, kept for the next visit. */
function useSilence() {
  const [isSilent, set] = useState(false);
  useEffect(() => set(localStorage.getItem(SILENT) === "yes"), []);
  const keep = useCallback((wanted) => {
    set(wanted);
    localStorage.setItem(SILENT, wanted ? "yes" : "no");
  }, []);
  return [isSilent, keep];
}

/** Whether the browser lets us ring; any click or key on the page settles it. */
function useAllowance() {
  const [isAllowed, setAllowed] = useState(false);
  const allow = useCallback(async () => {
    await allowRing();
    setAllowed(true);
  }, []);
  useEffect(() => {
    if (mayRing()) {
      setAllowed(true);
      return undefined;
    }
    const events = ["pointerup", "keyup"];
    const look = () => mayRing() && allow();
    for (const each of events) document.addEventListener(each, look);
    return () => events.forEach((each) => document.removeEventListener(each, look));
  }, [allow]);
  return [isAllowed, allow];
}

function AskForNotifications() {
  const [permission, setPermission] = useState("denied");
  useEffect(() => setPermission("Notification" in window ? Notification.permission : "denied"), []);
  if (permission !== "default") return null;
  const ask = async () => setPermission(await Notification.requestPermission());
  return (
    <button type="button" className="button button-quiet" onClick={ask}>
      {say("Notify me in other windows too")}
    </button>
  );
}
