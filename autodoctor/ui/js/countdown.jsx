// The time left, as the server counts it: green, yellow from five minutes on, red in the last one, with two warnings.
import { useEffect, useRef, useState } from "react";
import { chime } from "./chime.js";
import { recall, remember } from "./http.js";
import { locale, say } from "./words.js";

const MINUTE_MS = 60000;
const WARNINGS = [
  { atMs: MINUTE_MS, words: say("1 minute left. The session then ends for both of you."), chimes: 2 },
  { atMs: 5 * MINUTE_MS, words: say("5 minutes left"), chimes: 1 },
];
const SHOWN_MS = 15000;
const MISSED_MS = 20000;
const GIVEN = "warnings-given";

/**
 * `remainingMs` was true when it arrived: from there on this page's own stopwatch counts, so its clock may be wrong.
 * `onZero` is called when it runs out, and every few seconds from then on until the page has changed.
 */
export function Countdown({ endsAt = "", remainingMs = -1, label = say("Time left"), onZero }) {
  const leftMs = useTimeLeft(endsAt, remainingMs);
  const warning = useWarning(leftMs, endsAt);
  useZero(leftMs, onZero);
  if (leftMs < 0) return null;
  return (
    <>
      <span className="countdown" role="timer" aria-label={label} data-tone={toneOf(leftMs)}>
        {clockWords(leftMs)}
      </span>
      <span className="countdown-warning" role="status" aria-live="assertive" data-shown={warning ? "" : undefined}>
        {warning}
      </span>
    </>
  );
}

/** The time left until `at`, in a sentence: no colours, no warnings; the exact moment on hover. */
export function TimeLeft({ at, remainingMs = -1, label = say("Time left") }) {
  const leftMs = useTimeLeft(at, remainingMs);
  if (leftMs < 0) return null;
  return (
    <time className="time-left" dateTime={at} title={exact(at)} role="timer" aria-label={label} suppressHydrationWarning>
      {clockWords(leftMs)}
    </time>
  );
}

/** Milliseconds left, drawn anew whenever a second is over; -1 before it has begun. */
function useTimeLeft(endsAt, remainingMs) {
  const end = useRef(0);
  const [leftMs, setLeftMs] = useState(remainingMs);
  useEffect(() => {
    if (remainingMs < 0) return setLeftMs(-1);
    end.current = performance.now() + remainingMs;
    let timer;
    const tick = () => {
      const left = Math.max(0, end.current - performance.now());
      setLeftMs(left);
      timer = setTimeout(tick, left === 0 ? 1000 : left % 1000 || 1000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [endsAt, remainingMs]);
  return leftMs;
}

/**
 * The words of a warning for a while after its moment. Each is given once for an end, also when the page is loaded anew;
 * whoever comes in long after its moment sees the clock and isn't warned.
 */
function useWarning(leftMs, endsAt) {
  const before = useRef(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    before.current = null; // another end: its warnings are still to come
    setWords("");
  }, [endsAt]);
  useEffect(() => {
    if (leftMs < 0) return;
    const seenFrom = before.current;
    before.current = seenFrom === null ? leftMs : Math.min(seenFrom, leftMs);
    const isNow = ({ atMs }) => leftMs > 0 && leftMs <= atMs && (seenFrom > atMs || leftMs > atMs - MISSED_MS);
    const warning = WARNINGS.find(isNow);
    if (!warning || !isFirstTime(`${endsAt} ${warning.atMs}`)) return;
    setWords(warning.words);
    chime(warning.chimes);
  }, [leftMs, endsAt]);
  useEffect(() => {
    if (!words) return undefined;
    const timer = setTimeout(() => setWords(""), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return words;
}

/** Whether this window hasn't given this warning yet; it is remembered as given. */
function isFirstTime(warning) {
  const given = recall(GIVEN, [], sessionStorage);
  if (given.includes(warning)) return false;
  remember(GIVEN, [...given, warning].slice(-20), sessionStorage);
  return true;
}

function useZero(leftMs, onZero) {
  const call = useRef(onZero);
  call.current = onZero;
  const isOver = leftMs === 0;
  useEffect(() => {
    if (!isOver) return undefined;
    call.current?.();
    const timer = setInterval(() => call.current?.(), 3000);
    return () => clearInterval(timer);
  }, [isOver]);
}

function exact(at) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

function toneOf(leftMs) {
  if (leftMs < MINUTE_MS) return "now";
  return leftMs <= 5 * MINUTE_MS ? "soon" : "good";
}

function clockWords(leftMs) {
  const seconds = Math.ceil(leftMs / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  return seconds < 3600 ? parts.join(":") : `${Math.floor(seconds / 3600)}:${parts.join(":")}`;
}
