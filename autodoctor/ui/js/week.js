// A week of working hours as data: what can be done to it, and what is wrong with it. Draws nothing.
import { newId } from "./http.js";
import { say } from "./words.js";

/** Monday first, as a week is worked; the numbers are the server's (0 is Sunday), the names as they stand in a sentence. */
export const DAYS = [
  { day: 1, name: say("Monday") },
  { day: 2, name: say("Tuesday") },
  { day: 3, name: say("Wednesday") },
  { day: 4, name: say("Thursday") },
  { day: 5, name: say("Friday") },
  { day: 6, name: say("Saturday") },
  { day: 0, name: say("Sunday") },
];
export const WEEKDAYS = [1, 2, 3, 4, 5];
const LATEST = "23:59";

/** The server's week as rows, each with a key of its own. */
export function rowsOf(blocks) {
  return blocks.map((each) => ({
    key: newId(),
    day: each.dayOfWeek,
    start: each.startTime.slice(0, 5),
    end: each.endTime.slice(0, 5),
    on: each.isAvailable,
  }));
}

/** What is sent to the server. */
export function bodyOf(rows, timeZone) {
  return { timeZone, blocks: rows.map(({ day, start, end, on }) => ({ dayOfWeek: day, startTime: start, endTime: end, isAvailable: on })) };
}

/** The rows of one day, earliest first; those without a start stand where they were added. */
export function ofDay(rows, day) {
  return rows.filter((each) => each.day === day);
}

/** One more row: after the day's last one, or from nine to five. */
export function added(rows, day) {
  const last = ofDay(rows, day).reduce((latest, each) => (each.end > latest ? each.end : latest), "");
  const hours = last ? { start: last, end: last < "22:00" ? hoursLater(last, 2) : LATEST } : { start: "09:00", end: "17:00" };
  return [...rows, { key: newId(), day, on: true, ...hours }];
}

function hoursLater(time, hours) {
  return `${String(Number(time.slice(0, 2)) + hours).padStart(2, "0")}${time.slice(2)}`;
}

export function changed(rows, key, values) {
  return rows.map((each) => (each.key === key ? { ...each, ...values } : each));
}

export function removed(rows, key) {
  return rows.filter((each) => each.key !== key);
}

/** These days as this one is, in place of what they had. */
export function copied(rows, day, days) {
  const targets = days.filter((each) => each !== day);
  const pattern = ofDay(rows, day);
  const others = rows.filter((each) => !targets.includes(each.day));
  return [...others, ...targets.flatMap((each) => pattern.map((row) => ({ ...row, key: newId(), day: each })))];
}

export function isOn(rows, day) {
  return ofDay(rows, day).some((each) => each.on);
}

/** A whole day on or off. Without hours it gets the usual ones. */
export function switched(rows, day, on) {
  if (on && ofDay(rows, day).length === 0) return added(rows, day);
  return rows.map((each) => (each.day === day ? { ...each, on } : each));
}

/** The name of a day by its number, as it stands in a sentence. */
export function nameOf(day) {
  return DAYS.find((each) => each.day === day).name;
}

/** Words as a heading has them: French writes days small where a sentence goes on. */
export function asHeading(words) {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** What the server would refuse, beside the row it is about: {key: words}. */
export function faultsOf(rows) {
  const faults = {};
  for (const row of rows) {
    if (!row.start || !row.end) faults[row.key] = say("Both times are required.");
    else if (row.end <= row.start) faults[row.key] = say("This ends before it starts. Work past midnight is two blocks, one on each day.");
    else if (rows.some((other) => overlaps(row, other))) faults[row.key] = say("This overlaps other hours of the day.");
  }
  return faults;
}

function overlaps(row, other) {
  return row.key !== other.key && row.day === other.day && other.start && other.start < row.end && row.start < other.end;
}
