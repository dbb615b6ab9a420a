// A mechanic's week of working hours as a form: rows of times by day. What a week is stands in week.js.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { call, post } from "./http.js";
import { DAYS, added, bodyOf, changed, copied, faultsOf, ofDay, removed, rowsOf } from "./week.js";

const URL = "/api/mechanics/availability";

export function WeekHours({ zones }) {
  const week = useWeek();
  const detected = useDetectedZone(zones);
  if (week.state === "loading") return <Coming />;
  if (week.state === "broken") {
    return (
      <div role="alert" className="error-box">
        <p>{week.words}</p>
        <button type="button" className="button button-secondary" onClick={week.load}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <form className="hours" noValidate onSubmit={week.save}>
      <Zone zones={zones} zone={week.zone} detected={detected} onChange={week.setZone} />
      {week.rows.length === 0 && (
        <p className="notice">You have no weekly hours yet. Add some to be booked and to be online in them, or go online by the switch whenever you like.</p>
      )}
      {DAYS.map(({ day, name }) => (
        <Day key={day} day={day} name={name} week={week} />
      ))}
      {week.words && (
        <p role="alert" className="form-problem">
          {week.words}
        </p>
      )}
      <div className="form-foot hours-foot">
        <button type="submit" className="button button-primary" aria-disabled={week.state === "saving"} data-loading={week.state === "saving" ? "yes" : "no"}>
          Save
        </button>
        <p role="status" className="form-done">
          {week.isUnsaved ? "You have changes that aren't saved." : week.state === "saved" ? "Saved." : ""}
        </p>
      </div>
    </form>
  );
}

function Zone({ zones, zone, detected, onChange }) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Time zone
      </label>
      <select id={id} className="field-input" value={zone} onChange={(event) => onChange(event.target.value)} aria-describedby={`${id}-help`}>
        {zones.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <p className="field-help" id={`${id}-help`}>
        All times below are of this zone; its summer time is followed.
      </p>
      {detected && detected !== zone && (
        <button type="button" className="button button-quiet" onClick={() => onChange(detected)}>
          Use {detected}, where you seem to be
        </button>
      )}
    </div>
  );
}

function Day({ day, name, week }) {
  const rows = ofDay(week.rows, day);
  return (
    <fieldset className="hours-day">
      <legend className="heading3">{name}</legend>
      {rows.length === 0 && <p className="muted">No hours</p>}
      {rows.map((row, index) => (
        <Row key={row.key} row={row} what={rows.length > 1 ? `${name}, block ${index + 1}` : name} fault={week.faults[row.key]} week={week} />
      ))}
      <div className="hours-ways">
        <button type="button" className="button button-quiet" data-add={day} onClick={() => week.add(day)}>
          Add hours<span className="visually-hidden"> on {name}</span>
        </button>
        {rows.length > 0 && (
          <button type="button" className="button button-quiet" onClick={() => week.copy(day)}>
            Copy to all weekdays<span className="visually-hidden"> from {name}</span>
          </button>
        )}
      </div>
    </fieldset>
  );
}

function Row({ row, what, fault, week }) {
  const id = useId();
  const time = (field, words) => (
    <input
      type="time"
      className="field-input"
      aria-label={`${what}: ${words}`}
      aria-invalid={fault ? true : undefined}
      aria-describedby={fault ? `${id}-fault` : undefined}
      data-row={field === "start" ? row.key : undefined}
      value={row[field]}
      onChange={(event) => week.change(row.key, { [field]: event.target.value })}
    />
  );
  return (
    <div className="hours-row" data-off={row.on ? undefined : ""}>
      {time("start", "from")}
      <span aria-hidden="true">–</span>
      {time("end", "to")}
      <button type="button" role="switch" aria-checked={row.on} className="switch" aria-label={`${what}: on`} onClick={() => week.change(row.key, { on: !row.on })}>
        <span className="switch-track">
          <span className="switch-knob" />
        </span>
      </button>
      <button type="button" className="photo-upload-remove" aria-label={`Remove ${what}`} onClick={() => week.remove(row)}>
        ×
      </button>
      {fault && (
        <p className="field-problem" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** The week being edited: read once, saved whole. Faults are told from the first try to save on. */
function useWeek() {
  const [state, setState] = useState("loading");
  const [rows, setRows] = useState([]);
  const [zone, setZone] = useState("UTC");
  const [words, setWords] = useState("");
  const [isUnsaved, setUnsaved] = useState(false);
  const [isTried, setTried] = useState(false);
  const focus = useRef("");
  useLeaving(isUnsaved);

  const take = useCallback((data) => {
    setRows(rowsOf(data.blocks));
    setZone(data.timeZone);
    setUnsaved(false);
    setTried(false);
    setWords("");
  }, []);
  const load = useCallback(async () => {
    setState("loading");
    const answer = await call("GET", URL);
    if (answer.ok) take(answer.data);
    else setWords(answer.words);
    setState(answer.ok ? "ready" : "broken");
  }, [take]);
  useEffect(() => void load(), [load]);
  useEffect(() => {
    if (focus.current) document.querySelector(focus.current)?.focus();
    focus.current = "";
  }, [rows]);

  const edit = (next) => {
    setRows(next);
    setUnsaved(true);
  };
  const faults = isTried ? faultsOf(rows) : {};
  const save = async (event) => {
    event.preventDefault();
    if (state === "saving") return;
    setTried(true);
    const [wrong] = Object.keys(faultsOf(rows));
    if (wrong) return document.querySelector(`[data-row="${wrong}"]`)?.focus();
    setState("saving");
    const answer = await post(URL, bodyOf(rows, zone));
    if (answer.ok) take(answer.data);
    else setWords(answer.data?.errors?.map((each) => each.message).join(" ") ?? answer.words);
    setState(answer.ok ? "saved" : "ready");
  };
  return {
    state, rows, zone, words, isUnsaved, faults, load, save,
    setZone: (value) => {
      setZone(value);
      setUnsaved(true);
    },
    add: (day) => {
      const next = added(rows, day);
      focus.current = `[data-row="${next.at(-1).key}"]`;
      edit(next);
    },
    change: (key, values) => edit(changed(rows, key, values)),
    remove: (row) => {
      focus.current = `[data-add="${row.day}"]`;
      edit(removed(rows, row.key));
    },
    copy: (day) => edit(copied(rows, day)),
  };
}

/** The browser asks before a page with unsaved changes is closed. */
function useLeaving(isUnsaved) {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const ask = (event) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);
}

function useDetectedZone(zones) {
  const [zone, setZone] = useState("");
  useEffect(() => {
    const found = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setZone(zones.includes(found) ? found : "");
  }, [zones]);
  return zone;
}

function Coming() {
  return (
    <div className="skeleton" aria-busy="true">
      <p className="visually-hidden">Loading</p>
      {DAYS.map(({ day }) => (
        <div key={day} className="skeleton-box" style={{ height: "84px" }} />
      ))}
    </div>
  );
}
