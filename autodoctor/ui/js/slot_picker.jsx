// Choosing a time: plan, mechanic, day, time, and on to the payment; or, for what is paid already, another time. What free times are
// stands in slots.js, what is asked of the server in booking.js.
import { useEffect, useId, useRef } from "react";
import { useBooking } from "./booking.js";
import { filled } from "./filled.jsx";
import { ANYBODY, byDay, byPart, dayOf, daysFrom, mechanicsIn, withMechanic } from "./slots.js";
import { locale, say, sayN } from "./words.js";

export function SlotPicker({ plans }) {
  const booking = useBooking(plans);
  if (booking.step === "starting") return <Coming />;
  if (booking.step === "fixed") return <Fixed words={booking.words} />;
  return (
    <form className="form slots" noValidate onSubmit={booking.send}>
      {booking.note && (
        <p className="notice" role="status">
          {booking.note}
        </p>
      )}
      {booking.moving ? <Before moving={booking.moving} /> : <Plans plans={plans} booking={booking} />}
      <Times booking={booking} />
      {!booking.isEmpty && <Foot booking={booking} />}
    </form>
  );
}

/** What can't be moved, and the way on. */
function Fixed({ words }) {
  return (
    <div role="alert" className="empty">
      <p>{words}</p>
      <a className="button button-primary" href="/customer/dashboard">
        {say("Your sessions")}
      </a>
    </div>
  );
}

function Before({ moving }) {
  const moment = <strong>{inWords(moving.startsAt)}</strong>;
  return (
    <p className="body">
      {moving.mechanicName
        ? filled(say("Now it is on {moment} with {name}. What you have paid stays paid."), { moment, name: moving.mechanicName })
        : filled(say("Now it is on {moment}. What you have paid stays paid."), { moment })}
    </p>
  );
}

function Plans({ plans, booking }) {
  return (
    <fieldset className="slots-part">
      <legend className="heading2">{say("What do you need?")}</legend>
      <div className="slots-plans">
        {plans.map((plan) => (
          <Choice key={plan.code} name="plan" value={plan.code} chosen={booking.plan.code === plan.code} onChoose={booking.choosePlan}>
            <strong>{plan.name}</strong>
            <span className="muted">
              {say("{price}, {minutes} minutes", { price: plan.price, minutes: plan.minutes })}
            </span>
          </Choice>
        ))}
      </div>
      {booking.plan.notYet && (
        <p className="notice" data-tone="soon">
          {booking.plan.notYet}
        </p>
      )}
    </fieldset>
  );
}

function Times({ booking }) {
  const { state, slots, mechanicId } = booking;
  if (state === "loading") return <Coming />;
  if (state === "broken") {
    return (
      <div role="alert" className="error-box">
        <p>{booking.words}</p>
        <button type="button" className="button button-secondary" onClick={booking.load}>
          {say("Try again")}
        </button>
      </div>
    );
  }
  if (booking.isEmpty) return <NoTimes booking={booking} />;
  const days = byDay(withMechanic(slots, mechanicId));
  return (
    <>
      <Mechanic booking={booking} />
      <Days days={days} booking={booking} />
      <Day slots={days[booking.day] ?? []} booking={booking} />
    </>
  );
}

function Mechanic({ booking }) {
  const id = useId();
  const found = mechanicsIn(booking.slots);
  if (found.length < 2 && booking.mechanicId === ANYBODY) return null;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {say("Mechanic")}
      </label>
      <select id={id} className="field-input" value={booking.mechanicId} onChange={(event) => booking.chooseMechanic(event.target.value)}>
        <option value={ANYBODY}>{say("Whoever is free")}</option>
        {found.map((each) => (
          <option key={each.id} value={each.id}>
            {each.rating ? say("{name}, {rating} of 5 stars", { name: each.name, rating: stars(each.rating) }) : each.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Days({ days, booking }) {
  return (
    <fieldset className="slots-part">
      <legend className="heading2">{say("Which day?")}</legend>
      <div className="slots-days">
        {daysFrom(new Date(), booking.horizon).map((date) => {
          const day = dayOf(date);
          const count = days[day]?.length ?? 0;
          return (
            <Choice key={day} name="day" value={day} chosen={booking.day === day} onChoose={booking.chooseDay} disabled={count === 0}>
              <span className="slots-weekday">{words(date, { weekday: "short" })}</span>
              <strong>{words(date, { day: "numeric", month: "short" })}</strong>
              <span className="muted">{count === 0 ? say("no time") : sayN("{n} time", "{n} times", count)}</span>
            </Choice>
          );
        })}
      </div>
    </fieldset>
  );
}

function Day({ slots, booking }) {
  return (
    <fieldset className="slots-part">
      <legend className="heading2">{say("What time?")}</legend>
      {byPart(slots).map((part) => (
        <div key={part.name} className="slots-hours">
          <p className="muted">{part.name}</p>
          <div className="slots-times">
            {part.slots.map((slot) => (
              <Choice
                key={slot.startsAt}
                name="time"
                value={slot.startsAt}
                chosen={booking.slot?.startsAt === slot.startsAt}
                onChoose={booking.chooseTime}
              >
                {timeOf(slot.startsAt)}
              </Choice>
            ))}
          </div>
        </div>
      ))}
      <p className="muted">{say("Times are those of {zone}, where you seem to be.", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}</p>
      {!booking.moving && <p className="muted">{say("The time is kept for you while you pay. Until it starts you can call it off and get all of it back.")}</p>}
    </fieldset>
  );
}

function NoTimes({ booking }) {
  return (
    <div className="empty">
      <p className="heading3">{say("No free times in the next 14 days")}</p>
      <p>{booking.moving ? say("Your session stays where it is.") : say("You don't need one to get help: a mechanic who is online answers a request within minutes.")}</p>
      {!booking.moving && (
        <a className="button button-primary" href={`/api/checkout?plan=${booking.plan.code}`}>
          {say("Talk to a mechanic now")}
        </a>
      )}
    </div>
  );
}

/** What is chosen, what it costs, and the one way on; it stays in reach of the thumb. */
function Foot({ booking }) {
  const { slot, moving, plan, problem, isSending } = booking;
  const box = useRef(null);
  useEffect(() => {
    if (problem) box.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  return (
    <div className="slots-foot" ref={box} data-chosen={slot ? "" : undefined}>
      {problem && (
        <p role="alert" className="form-problem">
          {problem}
        </p>
      )}
      <div className="form-foot">
        <p role="status" className="slots-chosen">
          {slot ? say("{start} to {end}", { start: inWords(slot.startsAt), end: timeOf(slot.endsAt) }) : say("Choose a day and a time.")}
          {!moving && <span className="muted">{`${plan.name}, ${plan.price}`}</span>}
        </p>
        <button type="submit" className="button button-primary" data-loading={isSending ? "yes" : "no"} aria-disabled={isSending}>
          {moving ? say("Move it") : say("Book and pay")}
        </button>
        {moving && (
          <a className="button button-quiet" href="/customer/dashboard">
            {say("Leave it as it is")}
          </a>
        )}
      </div>
    </div>
  );
}

function Choice({ name, value, chosen, disabled = false, onChoose, children }) {
  return (
    <label className="choice">
      <input type="radio" className="visually-hidden" name={name} value={value} checked={chosen} disabled={disabled} onChange={() => onChoose(value)} />
      <span className="choice-face">{children}</span>
    </label>
  );
}

function Coming() {
  return (
    <div className="skeleton" aria-busy="true">
      <p className="visually-hidden">{say("Loading")}</p>
      <div className="skeleton-box" style={{ height: "84px" }} />
      <div className="skeleton-box" style={{ height: "120px" }} />
      <div className="skeleton-box" style={{ height: "160px" }} />
    </div>
  );
}

function words(date, format) {
  return new Intl.DateTimeFormat(locale(), format).format(date);
}

function stars(rating) {
  return rating.toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function timeOf(moment) {
  return words(new Date(moment), { hour: "numeric", minute: "2-digit" });
}

function inWords(moment) {
  return words(new Date(moment), { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
}
