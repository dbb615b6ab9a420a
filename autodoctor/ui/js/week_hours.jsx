// A mechanic's week of working hours: a calendar, and the same as a list of exact times. It saves itself.
import { useId } from "react";
import { DAYS, WEEKDAYS, asHeading, ofDay } from "./week.js";
import { WeekCalendar } from "./week_calendar.jsx";
import { useWeek } from "./week_edits.js";
import { WeekSaving } from "./week_saving.jsx";
import { WeekZone } from "./week_zone.jsx";
import { say } from "./words.js";

export function WeekHours({ zones, owner }) {
  const week = useWeek(owner);
  if (week.state === "loading") return <Coming />;
  if (week.state === "broken") {
    return (
      <div role="alert" className="error-box">
        <p>{week.broken}</p>
        <button type="button" className="button button-secondary" onClick={week.load}>
          {say("Try again")}
        </button>
      </div>
    );
  }
  return (
    <div className="hours">
      <WeekZone zones={zones} zone={week.zone} onChange={week.setZone} />
      {week.rows.length === 0 && (
        <p className="notice">
          {say("You have no weekly hours yet. Add some to be booked and to be online in them, or go online by the switch whenever you like.")}
        </p>
      )}
      <WeekCalendar week={week} />
      <details className="week-exact">
        <summary>{say("Exact times, as a list")}</summary>
        <div className="week-exact-days">
          {DAYS.map(({ day, name }) => (
            <Day key={day} day={day} name={name} week={week} />
          ))}
        </div>
        <WeekSaving week={week} />
      </details>
    </div>
  );
}

function Day({ day, name, week }) {
  const rows = ofDay(week.rows, day);
  return (
    <fieldset className="hours-day">
      <legend className="heading3">{asHeading(name)}</legend>
      {rows.length === 0 && <p className="muted">{say("No hours")}</p>}
      {rows.map((row, index) => (
        <Row key={row.key} row={row} what={rows.length > 1 ? say("{day}, block {number}", { day: name, number: index + 1 }) : name} fault={week.faults[row.key]} week={week} />
      ))}
      <div className="hours-ways">
        <button type="button" className="button button-quiet" data-add={day} aria-label={say("Add hours on {day}", { day: name })} onClick={() => week.add(day)}>
          {say("Add hours")}
        </button>
        {rows.length > 0 && (
          <button
            type="button"
            className="button button-quiet"
            aria-label={say("Copy to all weekdays from {day}", { day: name })}
            onClick={() => week.copy(day, WEEKDAYS.filter((each) => each !== day))}
          >
            {say("Copy to all weekdays")}
          </button>
        )}
      </div>
    </fieldset>
  );
}

function Row({ row, what, fault, week }) {
  const id = useId();
  const time = (field, label) => (
    <input
      type="time"
      className="field-input"
      aria-label={label}
      aria-invalid={fault ? true : undefined}
      aria-describedby={fault ? `${id}-fault` : undefined}
      data-row={field === "start" ? row.key : undefined}
      value={row[field]}
      onChange={(event) => week.change(row.key, { [field]: event.target.value })}
    />
  );
  return (
    <div className="hours-row" data-off={row.on ? undefined : ""}>
      {time("start", say("{day}: from", { day: what }))}
      <span aria-hidden="true">–</span>
      {time("end", say("{day}: to", { day: what }))}
      <button type="button" role="switch" aria-checked={row.on} className="switch" aria-label={say("{day}: on", { day: what })} onClick={() => week.change(row.key, { on: !row.on })}>
        <span className="switch-track">
          <span className="switch-knob" />
        </span>
      </button>
      <button type="button" className="photo-upload-remove" aria-label={say("Remove {what}", { what })} onClick={() => week.remove(row, `[data-add="${row.day}"]`)}>
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

function Coming() {
  return (
    <div className="skeleton" aria-busy="true">
      <p className="visually-hidden">{say("Loading")}</p>
      <div className="skeleton-box" style={{ height: "84px" }} />
      <div className="skeleton-box" style={{ height: "560px" }} />
    </div>
  );
}
