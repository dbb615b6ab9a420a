// How hours of a week are said, by the reader's own clock (9:00 AM or 09:00).
import { nameOf } from "./week.js";
import { spanOf } from "./week_grid.js";

/** Minutes since midnight as a time of day. */
export function timeWords(minutes) {
  return format({ hour: "numeric", minute: "2-digit" }, minutes);
}

/** A full hour beside the grid. */
export function hourWords(hour) {
  return format({ hour: "numeric" }, hour * 60);
}

/** "9:00 AM to 5:00 PM" */
export function spanWords({ start, end }) {
  return `${timeWords(start)} to ${timeWords(end)}`;
}

/** "Monday, 9:00 AM to 5:00 PM" */
export function rowWords(row) {
  const span = spanOf(row);
  return span ? `${nameOf(row.day)}, ${spanWords(span)}` : nameOf(row.day);
}

/** Minutes as "7 h 30 min". */
export function lengthWords(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(" ");
}

function format(options, minutes) {
  return new Intl.DateTimeFormat(undefined, { ...options, timeZone: "UTC" }).format(new Date(Date.UTC(2026, 0, 5, 0, minutes)));
}
