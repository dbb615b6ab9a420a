// What is left of an offer: a bar that shrinks, and the same in words.
import { useEffect, useState } from "react";
import { say } from "./words.js";

const MINUTE_MS = 60000;

/** `remainingMs` of `totalMs` were left when it arrived: from there on this page's own stopwatch counts. */
export function OfferBar({ remainingMs, totalMs }) {
  const leftMs = useLeft(remainingMs);
  const part = Math.max(0, Math.min(1, leftMs / totalMs));
  return (
    <div className="offer" data-tone={toneOf(leftMs)}>
      <div className="offer-track" aria-hidden="true">
        <div className="offer-left" style={{ width: `${part * 100}%` }} />
      </div>
      <p className="offer-words">{wordsFor(leftMs)}</p>
    </div>
  );
}

/** Milliseconds left, drawn anew every second until nothing is left. */
export function useLeft(remainingMs) {
  const [leftMs, setLeftMs] = useState(remainingMs);
  useEffect(() => {
    const end = performance.now() + remainingMs;
    const tick = () => setLeftMs(Math.max(0, end - performance.now()));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [remainingMs]);
  return leftMs;
}

function toneOf(leftMs) {
  if (leftMs <= MINUTE_MS) return "now";
  return leftMs <= 2 * MINUTE_MS ? "soon" : "good";
}

function wordsFor(leftMs) {
  if (leftMs <= 0) return say("Waiting longer than promised");
  if (leftMs < MINUTE_MS) return say("{seconds} s left to take it", { seconds: Math.ceil(leftMs / 1000) });
  return say("{minutes} min left to take it", { minutes: Math.ceil(leftMs / MINUTE_MS) });
}
