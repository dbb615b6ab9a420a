// Copying a day of the week to others, which are chosen in the browser's own dialog.
import { useId, useRef, useState } from "react";
import { DAYS, WEEKDAYS, asHeading, nameOf } from "./week.js";
import { say } from "./words.js";

const EVERY_DAY = DAYS.map((each) => each.day);

export function CopyDay({ day, onCopy }) {
  const [days, setDays] = useState([]);
  const dialog = useRef(null);
  const id = useId();
  const name = nameOf(day);
  const others = DAYS.filter((each) => each.day !== day);
  const besides = (all) => all.filter((each) => each !== day);
  const open = () => {
    setDays([]);
    dialog.current.showModal();
  };
  const copy = () => {
    dialog.current.close();
    if (days.length > 0) onCopy(days);
  };
  return (
    <>
      <button type="button" className="week-copy" aria-label={say("Copy {day} to…", { day: name })} title={say("Copy to…")} onClick={open}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round">
          <path d="M9 9h11v11H9zM15 9V4H4v11h5" />
        </svg>
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={id}>
        <div className="dialog-content">
          <h2 className="heading2" id={id}>
            {say("Copy {day} to", { day: name })}
          </h2>
          <p>{say("The days you choose get the hours of {day} in place of their own.", { day: name })}</p>
          <div className="week-days">
            {others.map((each) => (
              <label key={each.day} className="week-choice">
                <input
                  type="checkbox"
                  checked={days.includes(each.day)}
                  onChange={(event) => setDays(event.target.checked ? inOrder([...days, each.day]) : days.filter((other) => other !== each.day))}
                />
                {asHeading(each.name)}
              </label>
            ))}
          </div>
          <div className="row">
            <button type="button" className="button button-quiet" onClick={() => setDays(besides(WEEKDAYS))}>
              {say("All weekdays")}
            </button>
            <button type="button" className="button button-quiet" onClick={() => setDays(besides(EVERY_DAY))}>
              {say("Every day")}
            </button>
          </div>
          <div className="dialog-buttons">
            <button type="button" className="button button-secondary" onClick={() => dialog.current.close()}>
              {say("Cancel")}
            </button>
            <button type="button" className="button button-primary" aria-disabled={days.length === 0} onClick={copy}>
              {say("Copy")}
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}

function inOrder(days) {
  return EVERY_DAY.filter((each) => days.includes(each));
}
