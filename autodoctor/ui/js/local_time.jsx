// Moments in the reader's own time zone and language. The server only speaks UTC.
import { memo, useEffect, useState } from "react";
import { locale, say } from "./words.js";

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
  moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  day: { weekday: "long", day: "numeric", month: "long" },
  appointment: { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" },
};
const STEPS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** `look`: time, date, moment, appointment (with the weekday), or ago ("2 min ago", exact on hover). */
export const LocalTime = memo(function LocalTime({ at, look = "moment" }) {
  const [, again] = useState(0);
  useEffect(() => {
    if (look !== "ago") return undefined;
    const timer = setInterval(() => again((count) => count + 1), 15000);
    return () => clearInterval(timer);
  }, [look]);
  if (!at) return null;
  const when = new Date(at);
  return (
    <time dateTime={at} title={format(when, "moment")} suppressHydrationWarning>
      {look === "ago" ? ago(when) : format(when, look)}
    </time>
  );
});

/** A line with the day, drawn where the day changes between two messages. */
export const DayLine = memo(function DayLine({ at, previous = "" }) {
  const day = format(new Date(at), "day");
  if (previous && format(new Date(previous), "day") === day) return null;
  return (
    <p className="chat-day">
      <span>{day}</span>
    </p>
  );
});

const formats = new Map(); // making one takes longer than drawing a message

function format(when, look) {
  if (!formats.has(look)) formats.set(look, new Intl.DateTimeFormat(locale(), FORMATS[look]));
  return formats.get(look).format(when);
}

function ago(when) {
  const seconds = Math.round((Date.now() - when.getTime()) / 1000);
  const step = STEPS.find(([, length]) => seconds >= length);
  if (!step) return say("just now");
  return new Intl.RelativeTimeFormat(locale(), { style: "short" }).format(-Math.floor(seconds / step[1]), step[0]);
}
