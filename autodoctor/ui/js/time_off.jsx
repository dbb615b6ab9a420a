// A mechanic's time off: what is planned, what is booked in it all the same, and a form for more. What is asked stands in days_off.js.
import { useId, useRef, useState } from "react";
import { again, bodyOf, daysWords, useTimeOff } from "./days_off.js";
import { locale, say, sayN } from "./words.js";

const EMPTY = { firstDay: "", lastDay: "", isPart: false, startTime: "", endTime: "", note: "" };

export function TimeOff() {
  const off = useTimeOff();
  const [done, setDone] = useState({ words: "", undo: null });
  const list = useRef(null);
  if (off.state === "loading") {
    return (
      <div className="skeleton" aria-busy="true">
        <p className="visually-hidden">{say("Loading")}</p>
        <div className="skeleton-box" style={{ height: "120px" }} />
      </div>
    );
  }
  if (off.state === "broken") {
    return (
      <div role="alert" className="error-box">
        <p>{off.words}</p>
        <button type="button" className="button button-secondary" onClick={off.load}>
          {say("Try again")}
        </button>
      </div>
    );
  }
  const remove = async (item) => {
    const answer = await off.remove(item);
    list.current?.focus();
    const undo = async () => {
      const back = await off.add(again(item));
      setDone({ words: back.ok ? say("{days} is time off again.", { days: daysWords(item) }) : back.words, undo: null });
      list.current?.focus();
    };
    setDone(answer.ok ? { words: say("Removed {days}.", { days: daysWords(item) }), undo } : { words: answer.words, undo: null });
  };
  return (
    <div className="time-off">
      <div className="stack" ref={list} tabIndex={-1} aria-label={say("Planned time off")} role="group">
        {off.items.length === 0 && <p className="muted">{say("Nothing planned.")}</p>}
        {off.items.map((item) => (
          <Item key={item.id} item={item} onRemove={() => remove(item)} />
        ))}
        <div className="week-note" data-empty={done.words ? undefined : ""}>
          <p role="status">{done.words}</p>
          {done.undo && (
            <button type="button" className="button button-quiet" onClick={done.undo}>
              {say("Undo")}
            </button>
          )}
        </div>
      </div>
      <Form onAdd={off.add} onDone={(item) => setDone({ words: say("Added {days}. Nobody can book you then.", { days: daysWords(item) }), undo: null })} />
    </div>
  );
}

function Item({ item, onRemove }) {
  const days = daysWords(item);
  return (
    <article className="list-card" aria-label={days}>
      <div className="row">
        <div>
          <p className="week-off-days">{days}</p>
          {item.note && <p className="muted">{item.note}</p>}
        </div>
        <button type="button" className="button button-secondary" aria-label={say("Remove {what}", { what: days })} onClick={onRemove}>
          {say("Remove")}
        </button>
      </div>
      {item.booked.length > 0 && <Booked booked={item.booked} />}
    </article>
  );
}

/** Sessions that were booked before: they stay, unless the mechanic gives them back. */
function Booked({ booked }) {
  const format = new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
  return (
    <div className="notice" data-tone="soon">
      <p>
        <strong>{sayN("{n} session is booked in this time.", "{n} sessions are booked in this time.", booked.length)}</strong>{" "}
        {sayN("It stays booked, and you are expected.", "They stay booked, and you are expected.", booked.length)}
      </p>
      <ul>
        {booked.map((each) => (
          <li key={each.sessionId}>
            {format.format(new Date(each.startsAt))}, {each.customerName}
          </li>
        ))}
      </ul>
      <p>
        <a className="link" href="/mechanic/dashboard">
          {say("Give back what you can't take on your dashboard")}
        </a>
      </p>
    </div>
  );
}

function Form({ onAdd, onDone }) {
  const [fields, setFields] = useState(EMPTY);
  const [faults, setFaults] = useState({});
  const [words, setWords] = useState("");
  const [isSending, setSending] = useState(false);
  const form = useRef(null);
  const set = (name) => (event) => setFields({ ...fields, [name]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
  const field = (name, label, type, more) => <Field {...{ label, type, more }} value={fields[name]} fault={faults[name]} onChange={set(name)} />;

  const refuse = (next, problem) => {
    setFaults(next);
    setWords(problem);
    requestAnimationFrame(() => form.current?.querySelector('[aria-invalid="true"]')?.focus());
  };
  const send = async (event) => {
    event.preventDefault();
    if (isSending) return;
    if (!fields.firstDay) return refuse({ firstDay: say("Choose the first day.") }, "");
    setSending(true);
    const answer = await onAdd(bodyOf(fields));
    setSending(false);
    if (!answer.ok) {
      const errors = Object.fromEntries((answer.data?.errors ?? []).map((each) => [each.field, each.message]));
      return refuse(errors, Object.keys(errors).length ? "" : answer.words);
    }
    setFields(EMPTY);
    refuse({}, "");
    onDone(answer.data);
  };
  return (
    <form ref={form} className="form" noValidate onSubmit={send}>
      <div className="time-off-fields">
        {field("firstDay", fields.isPart ? say("Day") : say("First day"), "date")}
        {!fields.isPart && field("lastDay", say("Last day"), "date", { min: fields.firstDay || undefined })}
        {fields.isPart && field("startTime", say("From"), "time")}
        {fields.isPart && field("endTime", say("To"), "time")}
        {field("note", say("Note, for you alone"), "text", { maxLength: 80, placeholder: say("Holiday") })}
      </div>
      <label className="week-choice">
        <input type="checkbox" checked={fields.isPart} onChange={set("isPart")} />
        {say("Only a part of one day")}
      </label>
      {words && (
        <p role="alert" className="form-problem">
          {words}
        </p>
      )}
      <div className="form-foot">
        <button type="submit" className="button button-primary" aria-disabled={isSending} data-loading={isSending ? "yes" : "no"}>
          {say("Add time off")}
        </button>
      </div>
    </form>
  );
}

function Field({ label, type, value, fault, onChange, more = {} }) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input {...more} id={id} type={type} className="field-input" value={value} onChange={onChange} aria-invalid={fault ? true : undefined} aria-describedby={fault ? `${id}-fault` : undefined} />
      {fault && (
        <p className="field-problem" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
