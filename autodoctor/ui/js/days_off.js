// Time off as data: what is asked of the server, and how days are said. Draws nothing.
import { useCallback, useEffect, useState } from "react";
import { call, post } from "./http.js";
import { locale, say } from "./words.js";

const URL = "/api/mechanics/time-off";

/** {state, items, words, load, add, remove}: what of the time off isn't over, soonest first. */
export function useTimeOff() {
  const [state, setState] = useState("loading");
  const [items, setItems] = useState([]);
  const [words, setWords] = useState("");

  const load = useCallback(async () => {
    const answer = await call("GET", URL);
    setState(answer.ok ? "ready" : "broken");
    if (answer.ok) setItems(answer.data.items);
    else setWords(answer.words);
  }, []);
  useEffect(() => void load(), [load]);

  const add = async (body) => {
    const answer = await post(URL, body);
    if (answer.ok) setItems((before) => inOrder([...before.filter((each) => each.id !== answer.data.id), answer.data]));
    return answer;
  };
  const remove = async (item) => {
    const answer = await call("DELETE", `${URL}/${item.id}`);
    const isGone = answer.ok || answer.status === 404;
    if (isGone) setItems((before) => before.filter((each) => each.id !== item.id));
    return { ...answer, ok: isGone };
  };
  return { state, items, words, load, add, remove };
}

/** What is sent: the form's fields, without times where the whole day is meant. */
export function bodyOf({ firstDay, lastDay, isPart, startTime, endTime, note }) {
  const part = isPart ? { startTime: startTime || null, endTime: endTime || null } : {};
  return { firstDay, lastDay: isPart || !lastDay ? firstDay : lastDay, note: note.trim() || null, ...part };
}

/** The same time off again. */
export function again({ firstDay, lastDay, startTime, endTime, note }) {
  return { firstDay, lastDay, startTime, endTime, note };
}

/** The days of an item in the reader's language: "Thu, Dec 24 – Sat, Dec 26, 2026", with its times where it has any. */
export function daysWords({ firstDay, lastDay, startTime, endTime }) {
  const format = new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const days = format.formatRange(new Date(firstDay), new Date(lastDay));
  if (!startTime) return days;
  return say("{day}, {start} to {end}", { day: days, start: timeWords(startTime), end: timeWords(endTime) });
}

function timeWords(time) {
  const format = new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  return format.format(new Date(`2026-01-05T${time.slice(0, 5)}:00Z`));
}

function inOrder(items) {
  return items.sort((one, other) => one.firstDay.localeCompare(other.firstDay) || (one.startTime ?? "").localeCompare(other.startTime ?? ""));
}
