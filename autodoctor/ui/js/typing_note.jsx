// "Sam is writing…" for a few seconds after each sign of it.
import { useEffect, useState } from "react";
import { say } from "./words.js";

const SHOWN_MS = 4000;

/** `signal` counts the signs; `lastSeq` ends it, because what was being written has arrived. */
export function TypingNote({ name, signal = 0, lastSeq = 0 }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (signal === 0) return undefined;
    setShown(true);
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [signal]);
  useEffect(() => setShown(false), [lastSeq]);
  return (
    <p className="chat-typing" aria-live="polite">
      {shown ? say("{name} is writing…", { name }) : ""}
    </p>
  );
}
