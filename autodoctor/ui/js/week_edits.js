// The week being edited: read once, changed step by step with a way back, and saved by itself.
import { useCallback, useEffect, useRef, useState } from "react";
import { call, post, recall, remember } from "./http.js";
import { useSaving } from "./saving.js";
import { added, bodyOf, changed, copied, faultsOf, nameOf, removed, rowsOf, switched } from "./week.js";
import { placed } from "./week_grid.js";
import { rowWords, turnedWords } from "./week_words.js";
import { say } from "./words.js";

const URL = "/api/mechanics/availability";
const STEPS_BACK = 50;
const FAULTY = say("Not saved yet: mend the times that are marked first.");
const NOTHING = { words: "", canUndo: false };
const UNSAVED_IS_BACK = say("What you had changed and could not be saved is back.");

/** `owner` is whose week it is: what isn't saved yet is kept in this window under that name, and survives a reload. */
export function useWeek(owner) {
  const [state, setState] = useState("loading");
  const [broken, setBroken] = useState("");
  const [week, setWeek] = useState({ rows: [], zone: "UTC" });
  const [past, setPast] = useState([]);
  const [note, setNote] = useState(NOTHING); // what was done last, in words
  const run = useRef(""); // one key pressed again and again is one step back
  const keeping = useKeeping(`autodoctor.hours.${owner}`);
  const saving = useSaving(week, keeping.send);
  const { put: goTo, done } = useFocusAfter(week);

  const announce = (words) => setNote({ words, canUndo: false });
  const take = (next) => {
    setWeek(next);
    saving.change(next);
    keeping.keep(next);
  };
  const load = useCallback(async () => {
    setState("loading");
    const answer = await call("GET", URL);
    if (!answer.ok) {
      setBroken(answer.words);
      return setState("broken");
    }
    setWeek({ rows: rowsOf(answer.data.blocks), zone: answer.data.timeZone });
    const unsaved = keeping.begin(answer.data);
    if (unsaved) {
      take({ rows: rowsOf(unsaved.blocks), zone: unsaved.timeZone });
      announce(UNSAVED_IS_BACK);
    }
    return setState("ready");
  }, []); // eslint-disable-line react-hooks/exhaustive-deps
  useEffect(() => void load(), [load]);

  /** Change the rows and say what was done; it can be undone. `focus` is where the focus goes; edits of the same `series` are one. */
  const edit = (rows, words, { focus, series = "" } = {}) => {
    if (!series || series !== run.current) setPast((before) => [...before.slice(-STEPS_BACK), week]);
    run.current = series;
    setNote({ words, canUndo: true });
    goTo(focus);
    take({ ...week, rows });
  };
  const undo = () => {
    if (past.length === 0) return;
    setPast(past.slice(0, -1));
    run.current = "";
    announce(say("Undone."));
    take(past.at(-1));
  };
  const write = (next) => {
    setPast([]); // typing isn't undone by steps
    run.current = "";
    setNote(NOTHING);
    take(next);
  };
  return {
    state, broken, load, done, note, announce, undo,
    rows: week.rows,
    zone: week.zone,
    faults: faultsOf(week.rows),
    saving: { state: saving.state, words: saving.words, again: saving.flush },
    setZone: (zone) => write({ ...week, zone }),
    change: (key, values) => write({ ...week, rows: changed(week.rows, key, values) }),
    add: (day) => {
      const next = added(week.rows, day);
      edit(next, say("Added {hours}.", { hours: rowWords(next.at(-1)) }), { focus: `[data-row="${next.at(-1).key}"]` });
    },
    remove: (row, focus) => edit(removed(week.rows, row.key), say("Deleted {hours}.", { hours: rowWords(row) }), { focus }),
    copy: (day, days) => edit(copied(week.rows, day, days), say("Copied {day} to {days}.", { day: nameOf(day), days: days.map(nameOf).join(", ") })),
    turn: (day, on) => edit(switched(week.rows, day, on), turnedWords(nameOf(day), on)),
    place: (row, words, how) => edit(placed(week.rows, row), words, how),
  };
}

/** Saves one after the other, so that the last one stands, and keeps in this window what isn't saved yet. */
function useKeeping(place) {
  const tail = useRef(Promise.resolve());
  const seen = useRef("");
  const last = useRef(null);

  const begin = (data) => {
    seen.current = JSON.stringify(bodyOf(rowsOf(data.blocks), data.timeZone));
    const kept = recall(place, null, sessionStorage);
    return kept?.seen === seen.current ? kept.week : null; // changed elsewhere since: that stands
  };
  const keep = (week) => {
    last.current = week;
    remember(place, { seen: seen.current, week: bodyOf(week.rows, week.zone) }, sessionStorage);
  };
  const save = async (week) => {
    const body = bodyOf(week.rows, week.zone);
    const answer = await post(URL, body);
    if (!answer.ok) return { ...answer, words: answer.data?.errors?.map((each) => each.message).join(" ") ?? answer.words };
    seen.current = JSON.stringify(body);
    if (last.current === week) remember(place, [], sessionStorage);
    else keep(last.current);
    return answer;
  };
  const send = (week) => {
    if (Object.keys(faultsOf(week.rows)).length > 0) return Promise.resolve({ ok: false, status: 422, words: FAULTY });
    tail.current = tail.current.then(() => save(week));
    return tail.current;
  };
  return { begin, keep, send };
}

/** The focus goes where the last edit wants it, once that is drawn. */
function useFocusAfter(week) {
  const wanted = useRef("");
  const put = (selector) => {
    wanted.current = selector ?? "";
  };
  const done = useCallback(() => {
    if (wanted.current) document.querySelector(wanted.current)?.focus();
    wanted.current = "";
  }, []);
  useEffect(done, [week, done]);
  return { put, done };
}
