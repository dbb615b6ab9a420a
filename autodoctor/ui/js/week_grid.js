// Blocks of a week on a grid of minutes: snapping, placing, moving, resizing. Draws nothing, and knows no pointer and no key.
import { newId } from "./http.js";
import { DAYS } from "./week.js";

export const STEP = 15;
const MIDNIGHT = 24 * 60;
const LATEST = "23:59"; // a form for times has no 24:00: whoever works until 23:59 works until midnight
const USUAL = { from: 6, to: 22 };

/** "09:30" as minutes since midnight. */
export function minutesOf(time) {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** Minutes since midnight as "09:30". */
export function clockOf(minutes) {
  if (minutes >= MIDNIGHT) return LATEST;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** A row as {start, end} in minutes; null while its times aren't both there and in order. */
export function spanOf(row) {
  if (!row.start || !row.end || row.end <= row.start) return null;
  return { start: minutesOf(row.start), end: row.end === LATEST ? MIDNIGHT : minutesOf(row.end) };
}

/** The row with other minutes. */
export function withSpan(row, { start, end }) {
  return { ...row, start: clockOf(start), end: clockOf(end) };
}

/** What a drag over free time from one minute to another makes: whole steps, at least one. */
export function drawnSpan(from, to, step) {
  const start = within(Math.floor(Math.min(from, to) / step) * step, 0, MIDNIGHT - step);
  const end = within(Math.ceil(Math.max(from, to) / step) * step, 0, MIDNIGHT);
  return { start, end: Math.max(end, start + step) };
}

/** A span whose start or end is drawn to a minute. It keeps at least one step. */
export function resizedSpan(span, edge, to) {
  const at = Math.round(to / STEP) * STEP;
  if (edge === "start") return { ...span, start: within(at, 0, span.end - STEP) };
  return { ...span, end: within(at, span.start + STEP, MIDNIGHT) };
}

/** A span moved by some minutes, stopped by midnight on both sides; its length stays. */
export function movedSpan(span, by) {
  const shift = within(Math.round(by / STEP) * STEP, -span.start, MIDNIGHT - span.end);
  return { start: span.start + shift, end: span.end + shift };
}

/** The day before or after in the order of the week, or undefined at its ends. */
export function neighbour(day, by) {
  return DAYS[DAYS.findIndex((each) => each.day === day) + by]?.day;
}

/** Whether a row overlaps none of the others of its day. */
export function hasRoom(rows, row) {
  return !rows.some((other) => overlap(row, other));
}

/**
 * The rows with this one put in, in place of the one of its key. Where it overlaps others of its day they become one with it; of those
 * whose switch stands otherwise what it covers is cut away.
 */
export function placed(rows, row) {
  let whole = spanOf(row);
  const rest = [];
  const others = rows.filter((each) => each.key !== row.key);
  for (const other of others.filter((each) => each.on === row.on && overlap(row, each))) {
    const span = spanOf(other);
    whole = { start: Math.min(whole.start, span.start), end: Math.max(whole.end, span.end) };
  }
  const put = withSpan(row, whole);
  for (const other of others) {
    if (!overlap(put, other)) rest.push(other);
    else if (other.on !== row.on) rest.push(...cut(other, whole));
  }
  return [...rest, put];
}

function cut(row, { start, end }) {
  const span = spanOf(row);
  const before = span.start < start ? [withSpan(row, { start: span.start, end: start })] : [];
  const after = span.end > end ? [{ ...withSpan(row, { start: end, end: span.end }), key: before.length ? newId() : row.key }] : [];
  return [...before, ...after];
}

/** The first free part of an hour of a day, or null: {start, end}. */
export function freePart(rows, day, hour) {
  const taken = rows.filter((each) => each.day === day).map(spanOf).filter(Boolean);
  let start = hour * 60;
  for (const span of taken.sort((one, other) => one.start - other.start)) {
    if (span.end <= start) continue;
    if (span.start - start >= STEP) return { start, end: Math.min(span.start, (hour + 1) * 60) };
    start = span.end;
  }
  return (hour + 1) * 60 - start >= STEP ? { start, end: (hour + 1) * 60 } : null;
}

/** The hours that are drawn, {from, to}: the usual ones and all that are worked, or every hour. */
export function hoursShown(rows, isWhole) {
  if (isWhole) return { from: 0, to: 24 };
  const spans = rows.map(spanOf).filter(Boolean);
  return {
    from: Math.min(USUAL.from, ...spans.map((each) => Math.floor(each.start / 60))),
    to: Math.max(USUAL.to, ...spans.map((each) => Math.ceil(each.end / 60))),
  };
}

/** The free cell that an arrow key leads to from a cell {day, hour}; null where there is none that way. */
export function nextCell(rows, hours, { day, hour }, { days = 0, by = 0 }) {
  let at = { day, hour };
  for (;;) {
    at = { day: days ? neighbour(at.day, days) : at.day, hour: at.hour + by };
    if (at.day === undefined || at.hour < hours.from || at.hour >= hours.to) return null;
    if (freePart(rows, at.day, at.hour)) return at;
  }
}

/** The minutes that are worked on a day. */
export function workedOn(rows, day) {
  const spans = rows.filter((each) => each.day === day && each.on).map(spanOf).filter(Boolean);
  return spans.reduce((sum, each) => sum + each.end - each.start, 0);
}

function overlap(row, other) {
  if (row.key === other.key || row.day !== other.day) return false;
  const [one, two] = [spanOf(row), spanOf(other)];
  return Boolean(one && two) && one.start < two.end && two.start < one.end;
}

function within(value, least, most) {
  return Math.min(Math.max(value, least), most);
}
