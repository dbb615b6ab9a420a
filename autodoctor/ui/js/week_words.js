// How hours of a week are said, by the reader's own clock (9:00 AM or 09:00).
import { asHeading, nameOf } from "./week.js";
import { spanOf } from "./week_grid.js";
import { locale, say } from "./words.js";

/** Minutes since midnight as a time of day. */
export function timeWords(minutes) {
  return format({ hour: "numeric", minute: "2-digit" }, minutes);
}

/** A full hour beside the grid. */
export function hourWords(hour) {
  return format({ hour: "numeric" }, hour * 60);
}

/** "Monday, 9:00 AM to 5:00 PM" */
export function rowWords(row) {
  const span = spanOf(row);
  if (!span) return nameOf(row.day);
  return say("{day}, {start} to {end}", { day: nameOf(row.day), start: timeWords(span.start), end: timeWords(span.end) });
}

/** A day or some of its hours were switched on or off. */
export function turnedWords(hours, on) {
  const values = { hours: asHeading(hours) };
  return on ? say("{hours} is on.", values) : say("{hours} is off.", values);
}

/** Minutes as "7 h 30 min". */
export function lengthWords(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && say("{hours} h", { hours }), rest > 0 && say("{minutes} min", { minutes: rest })].filter(Boolean).join(" ");
}

function format(options, minutes) {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(new Date(Date.UTC(2026, 0, 5, 0, minutes)));
}
