// Lists that somebody fills in line by line: each line keeps its key while others come, go and move.
import { newId } from "./http.js";

/** A value as a line. */
export function line(value) {
  return { ...value, key: newId() };
}

/** The lines with one of them changed. */
export function changed(lines, key, change) {
  return lines.map((each) => (each.key === key ? { ...each, ...change } : each));
}

export function without(lines, key) {
  return lines.filter((each) => each.key !== key);
}

/** The lines with one of them `by` places further down (-1: up). */
export function moved(lines, key, by) {
  const from = lines.findIndex((each) => each.key === key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= lines.length) return lines;
  const copy = [...lines];
  [copy[from], copy[to]] = [copy[to], copy[from]];
  return copy;
}

/** The lines without their keys. */
export function values(lines) {
  return lines.map(({ key, ...value }) => value);
}

/** The newest line of the list behind this reference takes the focus, as soon as it is drawn. */
export function enterLast(list) {
  setTimeout(() => list.current?.querySelector("li:last-child :is(input, textarea)")?.focus());
}

/** What a refusal says of each field: {"items.1.text": "…"}. */
export function problemsOf(answer) {
  return Object.fromEntries((answer.data?.errors ?? []).map(({ field, message }) => [field, message]));
}
