// A conversation that follows its end, unless the reader has scrolled up to read; it tells when the end was seen, and asks for
// what was said before when somebody reads up to the beginning.
import { useCallback, useEffect, useRef, useState } from "react";
import { say } from "./words.js";

const NEAR_PX = 80;
const AHEAD_PX = 300;
const PATIENCE_MS = 5000;

export function MessageLog({ firstSeq = 0, lastSeq = 0, lastMine = false, lastTheirs = 0, onSeen, onOlder, children }) {
  const box = useRef(null);
  const content = useRef(null);
  const following = useRef(true);
  const seen = useRef(0);
  const [unread, setUnread] = useState(false);
  const place = usePlace(box, content);
  const older = useOlder(firstSeq, onOlder);
  const tell = useSeen(lastTheirs, onSeen, () => following.current && isOnScreen(box.current));

  const toEnd = useCallback(() => {
    if (!box.current) return;
    box.current.scrollTop = box.current.scrollHeight;
    following.current = true;
    setUnread(false);
    tell();
  }, [tell]);

  const noteReading = useCallback(() => {
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    following.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (following.current) {
      setUnread(false);
      return tell();
    }
    place.note();
    if (scrollTop < AHEAD_PX) older.ask();
  }, [tell, place, older]);

  useEffect(() => {
    if (lastSeq <= seen.current) return;
    seen.current = lastSeq;
    if (following.current || lastMine) toEnd();
    else setUnread(true);
  }, [lastSeq, lastMine, toEnd]);

  useEffect(() => {
    // Pictures arrive after their message and the keyboard takes height away: stay at the end, or where somebody reads.
    const watch = new ResizeObserver(() => (following.current ? toEnd() : place.keep()));
    watch.observe(content.current);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [toEnd, place]);

  useEffect(() => {
    // On a page that is longer than the screen the conversation may only come into sight later.
    const watch = new IntersectionObserver(() => tell(), { threshold: [0, 0.5, 1] });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [tell]);

  return (
    <div className="chat-log-frame">
      <div
        ref={box}
        className="chat-log"
        role="log"
        aria-label={say("Messages")}
        aria-live={older.asked ? "off" : "polite"}
        tabIndex={0}
        onScroll={noteReading}
      >
        <div ref={content} className="chat-log-content">
          {firstSeq > 1 && (
            <button type="button" className="chat-log-older" onClick={older.ask}>
              {older.asked ? say("Loading…") : say("Earlier messages")}
            </button>
          )}
          {children}
        </div>
      </div>
      {unread && (
        <button type="button" className="chat-log-unread" onClick={toEnd}>
          {say("New messages ↓")}
        </button>
      )}
    </div>
  );
}

/** Whether the end of the box is before the reader's eyes; in a hidden pane it has no place at all. */
function isOnScreen(box) {
  if (!box?.offsetParent) return false;
  const { bottom } = box.getBoundingClientRect();
  return bottom > 0 && bottom <= window.innerHeight + NEAR_PX;
}

/** {note, keep}: remembers which message stands at the top of the screen and where, and puts it back there after a change above. */
function usePlace(box, content) {
  const mark = useRef(null);
  const functions = useRef(null);
  functions.current ??= {
    note: () => {
      const top = box.current.getBoundingClientRect().top;
      const shown = Array.from(content.current.querySelectorAll(".chat-message"));
      const first = shown.find((each) => each.getBoundingClientRect().bottom > top);
      mark.current = first ? { message: first, at: first.getBoundingClientRect().top - top } : null;
    },
    keep: () => {
      if (!mark.current?.message.isConnected) return;
      const top = box.current.getBoundingClientRect().top;
      box.current.scrollTop += mark.current.message.getBoundingClientRect().top - top - mark.current.at;
    },
  };
  return functions.current;
}

/** {ask, asked}: asks once for what was said before the first message that is here, again only when it has come, or never came. */
function useOlder(firstSeq, onOlder) {
  const [asked, setAsked] = useState(false);
  const latest = useRef({});
  latest.current = { firstSeq, onOlder };
  const waits = useRef(false);
  const timer = useRef(null);

  const rest = useCallback(() => {
    clearTimeout(timer.current);
    waits.current = false;
    setAsked(false);
  }, []);
  const ask = useCallback(() => {
    if (waits.current || latest.current.firstSeq <= 1) return;
    waits.current = true;
    setAsked(true);
    timer.current = setTimeout(rest, PATIENCE_MS);
    latest.current.onOlder?.();
  }, [rest]);
  useEffect(() => rest, [firstSeq, rest]);
  return { ask, asked };
}

/** A function that says, once for each newest message of the others, that somebody looked at it. */
function useSeen(seq, onSeen, isEndShown) {
  const latest = useRef({});
  latest.current = { seq, onSeen, isEndShown };
  const told = useRef(0);
  const tell = useCallback(() => {
    const now = latest.current;
    if (now.seq <= told.current || document.visibilityState !== "visible" || !now.isEndShown()) return;
    told.current = now.seq;
    now.onSeen?.();
  }, []);
  useEffect(() => {
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [tell]);
  return tell;
}
