// Free times as data: by day of the reader's own zone, by part of the day, by mechanic. Draws nothing.
import { say } from "./words.js";

export const ANYBODY = "";
const PARTS = [
  { name: say("Morning"), before: 12 },
  { name: say("Afternoon"), before: 17 },
  { name: say("Evening"), before: 24 },
];

/** The day of a moment where the reader is: "2026-11-24". */
export function dayOf(moment) {
  const at = new Date(moment);
  return [at.getFullYear(), String(at.getMonth() + 1).padStart(2, "0"), String(at.getDate()).padStart(2, "0")].join("-");
}

/** `count` days from today on, as the reader's calendar has them, also where one of them is 23 or 25 hours long. */
export function daysFrom(now, count) {
  return Array.from({ length: count }, (_, index) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + index));
}

/** The times that this mechanic has, or anybody. */
export function withMechanic(slots, mechanicId) {
  return mechanicId === ANYBODY ? slots : slots.filter((slot) => slot.mechanics.some((each) => each.id === mechanicId));
}

/** Everybody who has a time, once, the best rated first, then by name. */
export function mechanicsIn(slots) {
  const found = new Map(slots.flatMap((slot) => slot.mechanics).map((each) => [each.id, each]));
  return [...found.values()].sort((one, other) => (other.rating ?? 0) - (one.rating ?? 0) || one.name.localeCompare(other.name));
}

/** {day: its times}, earliest first. */
export function byDay(slots) {
  const found = {};
  for (const slot of slots) (found[dayOf(slot.startsAt)] ??= []).push(slot);
  return found;
}

/** The times of a day in the parts of it that have any: [{name, slots}]. */
export function byPart(slots) {
  return PARTS.map(({ name, before }, index) => ({
    name,
    slots: slots.filter((slot) => hourOf(slot) < before && hourOf(slot) >= (PARTS[index - 1]?.before ?? 0)),
  })).filter((part) => part.slots.length > 0);
}

function hourOf(slot) {
  return new Date(slot.startsAt).getHours();
}
