// A conversation that follows its end, unless the reader has scrolled up to read; it tells when the end was seen.
import { useCallback, useEffect, useRef, useState } from "react";

const NEAR_PX = 80;

export function MessageLog({ lastSeq = 0, lastMine = false, onSeen, children }) {
  const box = useRef(null);
  const content = useRef(null);
  const following = useRef(true);
  const seen = useRef(0);
  const [unread, setUnread] = useState(false);
  const tell = useSeen(lastSeq, lastMine, onSeen, () => following.current && Boolean(box.current?.offsetParent));

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
    if (!following.current) return;
    setUnread(false);
    tell();
  }, [tell]);

  useEffect(() => {
    if (lastSeq <= seen.current) return;
    seen.current = lastSeq;
    if (following.current || lastMine) toEnd();
    else setUnread(true);
  }, [lastSeq, lastMine, toEnd]);

  useEffect(() => {
    // Pictures arrive after their message and the keyboard takes height away: stay at the end all the same.
    const watch = new ResizeObserver(() => following.current && toEnd());
    watch.observe(content.current);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [toEnd]);

  return (
    <div className="chat-log-frame">
      <div ref={box} className="chat-log" role="log" aria-label="Messages" aria-live="polite" tabIndex={0} onScroll={noteReading}>
        <div ref={content} className="chat-log-content">
          {children}
        </div>
      </div>
      {unread && (
        <button type="button" className="chat-log-unread" onClick={toEnd}>
          New messages ↓
        </button>
      )}
    </div>
  );
}

/** A function that says, once for each newest message of the other side, that somebody looked at it. */
function useSeen(lastSeq, lastMine, onSeen, isEndShown) {
  const latest = useRef({});
  latest.current = { seq: lastSeq, mine: lastMine, say: onSeen, isEndShown };
  const told = useRef(0);
  const tell = useCallback(() => {
    const { seq, mine, say } = latest.current;
    if (mine || seq <= told.current || document.visibilityState !== "visible" || !latest.current.isEndShown()) return;
    told.current = seq;
    say?.();
  }, []);
  useEffect(() => {
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [tell]);
  return tell;
}
