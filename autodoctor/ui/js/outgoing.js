// Messages on their way: kept in this browser until the server has them, sent in order, resent under the same id.
import { useCallback, useEffect, useRef, useState } from "react";
import { mayPass, newId, post, recall, remember } from "./http.js";

const PAUSES_MS = [1000, 1000, 2000, 3000, 5000];

/**
 * The queue of one session: {pending, add, retry, drop}.
 * A pending message: {clientId, content, attachments, state: sending|waiting|refused|sent, words}. One that is sent stays
 * until its id is among `arrived`, so that nothing flickers between the field and the history.
 */
export function useOutgoing(sessionId, arrived) {
  const [pending, setPending] = useState([]);
  const queue = useRef([]);
  const busy = useRef(false);
  const tries = useRef(0);
  const timer = useRef(null);

  const put = useCallback(
    (items) => {
      queue.current = items;
      setPending(items);
      remember(keyOf(sessionId), items.filter((each) => each.state !== "sent"));
    },
    [sessionId],
  );
  const change = useCallback(
    (clientId, values) => put(queue.current.map((each) => (each.clientId === clientId ? { ...each, ...values } : each))),
    [put],
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
    put(recall(keyOf(sessionId), []));
    pump();
    window.addEventListener("online", pump);
    return () => {
      window.removeEventListener("online", pump);
      clearTimeout(timer.current);
    };
  }, [put, pump, sessionId]);

  useEffect(() => {
    const here = new Set(arrived);
    if (queue.current.some((each) => here.has(each.messageId))) {
      put(queue.current.filter((each) => !here.has(each.messageId)));
    }
  }, [arrived, pending, put]);

  const add = useCallback(
    (content, attachments) => {
      put([...queue.current, { clientId: newId(), content, attachments, state: "sending", words: "" }]);
      pump();
    },
    [put, pump],
  );
  const retry = useCallback(
    (clientId) => {
      change(clientId, { state: "sending", words: "" });
      pump();
    },
    [change, pump],
  );
  const drop = useCallback((clientId) => put(queue.current.filter((each) => each.clientId !== clientId)), [put]);
  return { pending, add, retry, drop };
}

function keyOf(sessionId) {
  return `autodoctor.outgoing.${sessionId}`;
}

async function deliver(sessionId, message) {
  const { ok, status, data, words } = await post("/api/chat/send-message", {
    sessionId,
    content: message.content,
    attachments: message.attachments.map((each) => each.filePath),
    clientId: message.clientId,
  });
  if (ok) return { state: "sent", messageId: data.message.id, words: "" };
  if (mayPass(status)) return { state: "waiting", words };
  return { state: "refused", words };
}
