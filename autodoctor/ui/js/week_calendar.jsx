// A week of working hours as a calendar: drawn, moved and resized by pointer, or by keys. What can be done to blocks stands in
// week_grid.js, how pointers do it in week_gestures.js, what the week is in week_edits.js.
import { useEffect, useId, useRef, useState } from "react";
import { CopyDay } from "./copy_day.jsx";
import { newId } from "./http.js";
import { DAYS, asHeading, isOn, nameOf, ofDay } from "./week.js";
import { cellOf, WeekBlock, WeekCell } from "./week_blocks.jsx";
import { WeekSaving } from "./week_saving.jsx";
import { kept, useGestures } from "./week_gestures.js";
import { freePart, hoursShown, placed, withSpan, workedOn } from "./week_grid.js";
import { hourWords, lengthWords, rowWords, turnedWords } from "./week_words.js";
import { say } from "./words.js";

const DONE = {
  added: (hours) => say("Added {hours}.", { hours }),
  moved: (hours) => say("Moved to {hours}.", { hours }),
  resized: (hours) => say("Changed to {hours}.", { hours }),
};

export function WeekCalendar({ week }) {
  const [selected, setSelected] = useState("");
  const [isWhole, setWhole] = useState(false);
  const [shown, setShown] = useState(DAYS[0].day); // on a phone one day is seen
  const [cursor, setCursor] = useState({ day: DAYS[0].day, hour: 9 });
  const board = useRef(null);
  const hint = useId();
  const hours = hoursShown(week.rows, isWhole);
  const show = (day) => day !== undefined && setShown(day);

  const place = (row, kind, { isStep = false } = {}) => {
    setSelected(row.key);
    show(row.day);
    const [whole] = placed(week.rows, row).slice(-1);
    const focus = `button[data-block="${row.key}"]`;
    week.place(row, DONE[kind](rowWords(whole)), { focus, series: isStep ? `${kind} ${row.key}` : "" });
  };
  const create = (day, hour) => place(withSpan({ key: newId(), day, on: true }, freePart(week.rows, day, hour)), "added");
  const remove = (row) => {
    setSelected("");
    week.remove(row, cellOf(row, hours));
  };
  const { draft, start } = useGestures(board, { rows: week.rows, hours, selected, onDone: ({ row, kind }) => place(kept(row), kind) });
  const rows = draft ? placed(week.rows, draft.row) : week.rows;
  const chosen = week.rows.find((each) => each.key === selected);

  useEffect(week.done, [shown, isWhole, week.done]); // what is to have the focus may only now be seen
  const keys = (event) => {
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      week.undo();
    } else if (event.key === "Escape") setSelected("");
  };
  const blocked = (row) => week.announce(say("There are other hours on {day} at that time. Nothing moved.", { day: nameOf(row.day) }));
  const on = { place, create, remove, blocked, select: setSelected, show, setCursor };
  return (
    <section className="week" aria-label={say("Calendar of the week")} onKeyDown={keys}>
      <Tabs rows={week.rows} shown={shown} onShow={show} />
      <div className="week-board" ref={board} onPointerDown={start} style={{ "--week-hours": hours.to - hours.from }}>
        <Scale hours={hours} />
        {DAYS.map(({ day }) => (
          <Day key={day} {...{ day, rows, hours, selected, cursor, hint, on, week }} isShown={day === shown} drawn={draft?.row.key} />
        ))}
      </div>
      <div className="week-below">
        <button type="button" className="button button-quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? say("Show fewer hours") : say("Show all 24 hours")}
        </button>
      </div>
      <p id={hint} hidden>
        {say("Arrow keys move it, Shift with up and down changes its end, Shift with left and right its start, Delete deletes it.")}
      </p>
      <Foot week={week} chosen={chosen} onRemove={remove} onTurn={(row) => week.place({ ...row, on: !row.on }, turnedWords(rowWords(row), !row.on))} />
    </section>
  );
}

/** On a phone: which day is seen. */
function Tabs({ rows, shown, onShow }) {
  return (
    <div className="week-tabs" role="group" aria-label={say("Day that is shown")}>
      {DAYS.map(({ day, name }) => (
        <button
          key={day}
          type="button"
          className="week-tab"
          aria-label={asHeading(name)}
          aria-pressed={day === shown}
          data-on={isOn(rows, day) ? "" : undefined}
          onClick={() => onShow(day)}
        >
          {asHeading(name).slice(0, 3)}
        </button>
      ))}
    </div>
  );
}

function Scale({ hours }) {
  return (
    <div className="week-scale" aria-hidden="true">
      {hoursOf(hours).map((hour) => (
        <span key={hour}>{hourWords(hour)}</span>
      ))}
    </div>
  );
}

function Day({ day, rows, hours, selected, cursor, hint, on, week, isShown, drawn }) {
  const name = nameOf(day);
  const isWorked = isOn(rows, day);
  const worked = workedOn(rows, day);
  const own = ofDay(rows, day);
  return (
    <div className="week-day" role="group" aria-label={asHeading(name)} data-shown={isShown ? "" : undefined} data-off={isWorked ? undefined : ""}>
      <div className="week-head">
        <p className="week-name">{asHeading(name)}</p>
        <p className="week-sum">{worked ? lengthWords(worked) : say("Off")}</p>
        <div className="week-ways">
          <button type="button" role="switch" className="switch" aria-checked={isWorked} aria-label={say("Work on {day}", { day: name })} onClick={() => week.turn(day, !isWorked)}>
            <span className="switch-track">
              <span className="switch-knob" />
            </span>
          </button>
          <CopyDay day={day} onCopy={(days) => week.copy(day, days)} />
        </div>
      </div>
      <div className="week-track" data-track={day}>
        {hoursOf(hours).map((hour) => (
          // Free as it was when something was taken hold of: a cell that went would take the finger's touches with it.
          <WeekCell key={hour} {...{ day, hour, hours, cursor, selected, on }} rows={week.rows} />
        ))}
        {own.map((row) => (
          <WeekBlock key={row.key} {...{ row, rows, hours, hint, on }} isSelected={row.key === selected} isDrawn={row.key === drawn} />
        ))}
      </div>
    </div>
  );
}

/** What is selected and what can be done with it, what was done last and the way back, and whether it is saved. */
function Foot({ week, chosen, onRemove, onTurn }) {
  const isInSight = chosen || week.note.words || week.saving.state === "failed";
  return (
    <div className="week-foot" data-stays={isInSight ? "" : undefined}>
      <div className="week-note" data-empty={week.note.words ? undefined : ""}>
        <p role="status">{week.note.words}</p>
        {week.note.canUndo && (
          <button type="button" className="button button-quiet" onClick={week.undo}>
            {say("Undo")}
          </button>
        )}
      </div>
      <div className="week-bar">
        {chosen ? (
          <div className="week-chosen" role="group" aria-label={say("Selected hours")}>
            <strong>{asHeading(rowWords(chosen))}</strong>
            <span className="week-choices">
              <button type="button" className="button button-secondary" onClick={() => onTurn(chosen)}>
                {chosen.on ? say("Switch off") : say("Switch on")}
              </button>
              <button type="button" className="button button-secondary" onClick={() => onRemove(chosen)}>
                {say("Delete")}
              </button>
            </span>
          </div>
        ) : (
          <>
            <p className="week-hint" data-for="mouse">
              {say("Drag over free time to add hours. Drag a block to move it, its edges to change it.")}
            </p>
            <p className="week-hint" data-for="finger">
              {say("Tap a free hour to add it, or hold and drag. Tap a block to change it.")}
            </p>
          </>
        )}
        <WeekSaving week={week} role="status" />
      </div>
    </div>
  );
}

function hoursOf({ from, to }) {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
