// Messages on their way: kept in this browser until the server has them, sent in order, resent under the same id.
import { useCallback, useEffect, useRef, useState } from "react";
import { mayPass, newId, post, remember } from "./http.js";

const PAUSES_MS = [1000, 1000, 2000, 3000, 5000];
const PATIENCE_MS = 20000;

/**
 * The queue of one session: {pending, add, retry, drop}.
 * A pending message: {clientId, content, attachments, at, state: sending|waiting|refused|sent, words}. One that is sent stays
 * until `lastSeq` has reached it, so that nothing flickers between the field and the history.
 *
 * Each message is kept under a key of its own: windows of the same person don't overwrite one another's. A window that opens
 * sends what it finds too; the server takes each once.
 */
export function useOutgoing(sessionId, lastSeq) {
  const [pending, setPending] = useState([]);
  const queue = useRef([]);
  const busy = useRef(false);
  const tries = useRef(0);
  const timer = useRef(null);

  const show = useCallback((items) => {
    queue.current = items;
    setPending(items);
  }, []);
  const change = useCallback(
    (clientId, values) => {
      show(queue.current.map((each) => (each.clientId === clientId ? { ...each, ...values } : each)));
      const changed = queue.current.find((each) => each.clientId === clientId);
      if (changed) keep(sessionId, changed);
    },
    [show, sessionId],
  );
  const drop = useCallback(
    (clientId) => {
      forget(sessionId, clientId);
      show(queue.current.filter((each) => each.clientId !== clientId));
    },
    [show, sessionId],
  );

  const pump = useCallback(async () => {
    clearTimeout(timer.current);
    if (busy.current) return;
    busy.current = true;
    let next;
    while ((next = queue.current.find((each) => each.state === "sending" || each.state === "waiting"))) {
      const outcome = await deliver(sessionId, next);
      change(next.clientId, outcome);
      if (outcome.state === "waiting") {
        timer.current = setTimeout(pump, PAUSES_MS[Math.min(tries.current++, PAUSES_MS.length - 1)]);
        break;
      }
      tries.current = 0;
    }
    busy.current = false;
  }, [change, sessionId]);

  useEffect(() => {
    show(kept(sessionId));
    pump();
    const elsewhere = (event) => {
      const clientId = event.newValue === null && clientIdIn(sessionId, event.key);
      const known = queue.current.find((each) => each.clientId === clientId);
      if (known && known.state !== "sent") drop(clientId); // another window has sent or removed it
    };
    window.addEventListener("online", pump);
    window.addEventListener("storage", elsewhere);
    return () => {
      window.removeEventListener("online", pump);
      window.removeEventListener("storage", elsewhere);
      clearTimeout(timer.current);
    };
  }, [show, pump, drop, sessionId]);

  useEffect(() => {
    if (queue.current.some((each) => each.seq <= lastSeq)) show(queue.current.filter((each) => !(each.seq <= lastSeq)));
  }, [lastSeq, pending, show]);

  const add = useCallback(
    (content, attachments) => {
      const at = Math.max(Date.now(), ...queue.current.map((each) => each.at + 1));
      const message = { clientId: newId(), content, attachments, at, state: "sending", words: "" };
      keep(sessionId, message);
      show([...queue.current, message]);
      pump();
    },
    [show, pump, sessionId],
  );
  const retry = useCallback(
    (clientId) => {
      change(clientId, { state: "sending", words: "" });
      pump();
    },
    [change, pump],
  );
  return { pending, add, retry, drop };
}

async function deliver(sessionId, message) {
  const body = {
    sessionId,
    content: message.content,
    attachments: message.attachments.map((each) => each.filePath),
    clientId: message.clientId,
  };
  const { ok, status, data, words } = await post("/api/chat/send-message", body, PATIENCE_MS);
  if (ok) return { state: "sent", seq: data.message.seq, words: "" };
  if (mayPass(status)) return { state: "waiting", words };
  return { state: "refused", words };
}

function placeOf(sessionId, clientId = "") {
  return `autodoctor.outgoing.${sessionId}.${clientId}`;
}

function clientIdIn(sessionId, key) {
  return key?.startsWith(placeOf(sessionId)) ? key.slice(placeOf(sessionId).length) : "";
}

function keep(sessionId, message) {
  if (message.state === "sent") forget(sessionId, message.clientId);
  else remember(placeOf(sessionId, message.clientId), message);
}

function forget(sessionId, clientId) {
  remember(placeOf(sessionId, clientId), []);
}

/** What this browser still has to send, in the order in which it was written. */
function kept(sessionId) {
  try {
    const keys = Object.keys(localStorage).filter((key) => clientIdIn(sessionId, key));
    return keys.map((key) => JSON.parse(localStorage.getItem(key))).sort((one, other) => one.at - other.at);
  } catch {
    return []; // storage is closed
  }
}
