// Back from the payment page: asks the server to make the session, which works before Stripe's own word has arrived.
import { useCallback, useEffect, useRef, useState } from "react";
import { loginFrom } from "./forms.js";
import { mayPass, post } from "./http.js";
import { locale, say, sayN } from "./words.js";

const PAUSES_MS = [400, 800, 1300, 2000, 3000];
const NOT_YET = "not_paid";
const ASKED_WHILE_UNPAID = 3;
const LEAD_BACK_MS = 1200;

export function CheckoutReturn() {
  const [step, setStep] = useState({ name: "asking", words: "" });
  const timer = useRef(null);

  const ask = useCallback(async (attempt = 0) => {
    const checkout = new URLSearchParams(window.location.search).get("session_id") ?? "";
    if (!checkout) return setStep({ name: "unknown", words: "" });
    setStep({ name: "asking", words: "" });
    const answer = await post("/api/checkout/resolve", { stripe_session_id: checkout });
    if (answer.ok) return setStep(onward(answer.data));
    if (answer.status === 401) return window.location.replace(loginFrom(window.location));
    const isUnpaid = answer.data?.code === NOT_YET;
    const again = isUnpaid || mayPass(answer.status);
    if (again && attempt < (isUnpaid ? ASKED_WHILE_UNPAID : PAUSES_MS.length)) {
      timer.current = setTimeout(() => ask(attempt + 1), PAUSES_MS[attempt]);
      return undefined;
    }
    return setStep({ name: isUnpaid ? "unpaid" : again ? "later" : "unknown", words: answer.words });
  }, []);

  useEffect(() => {
    ask();
    return () => clearTimeout(timer.current);
  }, [ask]);

  return <div aria-live="polite">{SCREENS[step.name]({ ...step, again: () => ask() })}</div>;
}

/** Back to the room whose time has grown; to the description; or what is booked for its time; or, with none of these, what goes back. */
function onward({ sessionId, requestId, scheduledFor, addedMinutes, roomPath, tipCents }) {
  if (tipCents === 0) return { name: "tipBack", words: "", sessionId };
  if (tipCents) return backFromThanks(sessionId);
  if (addedMinutes === 0) return { name: "tooLate", words: "", sessionId };
  if (addedMinutes) return backToTheRoom(addedMinutes, roomPath);
  if (scheduledFor) return { name: "booked", words: inWords(scheduledFor), sessionId };
  if (!requestId) return { name: "refunded", words: "" };
  window.location.replace(`/intake?session_id=${encodeURIComponent(sessionId)}`);
  return { name: "paid", words: "" };
}

/** The room is open in the tab that this one was opened from: close this one. Where it isn't, lead to it. */
function backToTheRoom(minutes, roomPath) {
  if (window.opener && !window.opener.closed) window.close();
  setTimeout(() => window.location.replace(roomPath), LEAD_BACK_MS);
  return { name: "added", words: sayN("{n} minute was added", "{n} minutes were added", minutes) };
}

function backFromThanks(sessionId) {
  setTimeout(() => window.location.replace(`/session/complete?sessionId=${encodeURIComponent(sessionId)}`), LEAD_BACK_MS);
  return { name: "thanked", words: "" };
}

function inWords(moment) {
  return new Date(moment).toLocaleString(locale(), { dateStyle: "full", timeStyle: "short" });
}

const SCREENS = {
  asking: () => (
    <Screen title={say("One moment")} busy>
      <p>{say("We are looking for your payment. This takes a second or two.")}</p>
    </Screen>
  ),
  paid: () => (
    <Screen title={say("Paid. Thank you")} busy>
      <p>{say("Mechanics see that you are waiting. Next you tell them what is wrong.")}</p>
    </Screen>
  ),
  added: ({ words }) => (
    <Screen title={words} busy>
      <p>{say("Back to the room. Its clock has grown already.")}</p>
    </Screen>
  ),
  tooLate: ({ sessionId }) => (
    <Screen title={say("We are refunding this payment")}>
      <p>{say("Your session was over when the payment came. All you paid for the extra minutes goes back; a mail tells you how much.")}</p>
      <Ways>
        <Way href={`/session/complete?sessionId=${encodeURIComponent(sessionId)}`} kind="primary" words={say("To your session")} />
      </Ways>
    </Screen>
  ),
  thanked: () => (
    <Screen title={say("Thank you")} busy>
      <p>{say("Your tip is paid, and all of it goes to your mechanic. Back to your session.")}</p>
    </Screen>
  ),
  tipBack: ({ sessionId }) => (
    <Screen title={say("We are refunding this tip")}>
      <p>{say("This tip doesn't reach a mechanic, so all of it goes back to you. A mail tells you how much.")}</p>
      <Ways>
        <Way href={`/customer/sessions/${encodeURIComponent(sessionId)}`} kind="primary" words={say("To your session")} />
      </Ways>
    </Screen>
  ),
  booked: ({ words, sessionId }) => (
    <Screen title={say("Booked. Thank you")}>
      <p>{say("Your session is on {when}. The receipt in your mail has a calendar file, and we remind you before it starts.", { when: words })}</p>
      <p>{say("Tell your mechanic what is wrong, now or any time before: then none of your minutes go into it.")}</p>
      <Ways>
        <Way href={`/intake?session_id=${encodeURIComponent(sessionId)}`} kind="primary" words={say("Tell us about the problem")} />
        <Way href="/customer/dashboard" kind="secondary" words={say("Your sessions")} />
      </Ways>
    </Screen>
  ),
  refunded: () => (
    <Screen title={say("We are refunding this payment")}>
      <p>{say("You had an open consultation already, or the time you chose was gone when the payment came. Everything goes back; a mail tells you why and how much.")}</p>
      <Ways>
        <Way href="/customer/dashboard" kind="primary" words={say("Your sessions")} />
      </Ways>
    </Screen>
  ),
  unpaid: ({ again }) => (
    <Screen title={say("This checkout isn't paid")}>
      <p>{say("We have no payment for it yet. If you did pay, your bank is still at work: as soon as it has finished, your request starts by itself and you get a mail. If you didn't, nothing was charged.")}</p>
      <Ways>
        <Again onClick={again} />
        <Way href="/pricing" kind="secondary" words={say("Back to the plans")} />
      </Ways>
    </Screen>
  ),
  later: ({ words, again }) => (
    <Screen title={say("We can't look up your payment right now")}>
      <p>{words}</p>
      <p>{say("If you paid, your request starts by itself as soon as this works again, and you get a mail. Nothing is lost.")}</p>
      <Ways>
        <Again onClick={again} />
        <Way href="/customer/dashboard" kind="secondary" words={say("Your sessions")} />
      </Ways>
    </Screen>
  ),
  unknown: () => (
    <Screen title={say("We don't know this checkout")}>
      <p>{say("The address may be cut off, or the checkout belongs to another account. If you paid, your request is with your sessions.")}</p>
      <Ways>
        <Way href="/customer/dashboard" kind="primary" words={say("Your sessions")} />
        <Way href="/contact" kind="secondary" words={say("Write to us")} />
      </Ways>
    </Screen>
  ),
};

function Screen({ title, busy = false, children }) {
  return (
    <section className="section narrow" aria-busy={busy ? "true" : undefined}>
      <h1 className="heading1">{title}</h1>
      {children}
    </section>
  );
}

function Ways({ children }) {
  return <div className="row">{children}</div>;
}

function Way({ href, kind, words }) {
  return (
    <a className={`button button-${kind}`} href={href}>
      {words}
    </a>
  );
}

function Again({ onClick }) {
  return (
    <button type="button" className="button button-primary" onClick={onClick}>
      {say("Check again")}
    </button>
  );
}
