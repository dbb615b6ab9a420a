// What a page that chooses a time asks of the server, and what it has chosen so far. Draws nothing.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { leaveFor, loginFrom, ownPath } from "./forms.js";
import { call, post } from "./http.js";
import { ANYBODY, byDay, dayOf, withMechanic } from "./slots.js";
import { say } from "./words.js";

const HORIZON_DAYS = 14;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const LEFT = say("You left the payment page. Nothing was charged, and the time isn't kept for you any more.");
const NOT_MOVABLE = say("This session can't be moved: it starts within the hour, it is over, or it belongs to another account.");
const CHOOSE = say("Please choose a day and a time first.");

/** The address says what it is about: `?plan=`, `?left=1` (back from the payment page), `?move=` (a session that is paid). */
export function useBooking(plans) {
  const [step, setStep] = useState("starting");
  const [moving, setMoving] = useState(null);
  const [planCode, setPlanCode] = useState(plans[0].code);
  const [note, setNote] = useState("");
  const [words, setWords] = useState("");
  const plan = plans.find((each) => each.code === planCode);
  const times = useTimes(step === "choosing" ? planCode : "");
  const sending = useSending({ plan, moving, times });

  useEffect(() => {
    begin(plans).then((found) => {
      if (found.login) return;
      setMoving(found.moving ?? null);
      setPlanCode(found.planCode);
      setNote(found.note ?? "");
      setWords(found.words ?? "");
      setStep(found.words ? "fixed" : "choosing");
    });
  }, []); // eslint-disable-line react-hooks/exhaustive-deps -- the plans are the same as long as the page stands

  return {
    ...times,
    ...sending,
    step, moving, plan, note,
    words: step === "fixed" ? words : times.words,
    isEmpty: times.state === "ready" && times.slots.length === 0,
    horizon: HORIZON_DAYS + 1,
    choosePlan: setPlanCode,
    chooseTime: (at) => {
      sending.forget();
      times.chooseTime(at);
    },
  };
}

/** What the address asks for: {planCode, note} to book, {planCode, moving} to move, {words} when that can't be. */
async function begin(plans) {
  const asked = new URLSearchParams(window.location.search);
  const wanted = plans.find((each) => each.code === asked.get("plan"))?.code ?? plans[0].code;
  if (asked.get("move")) return beginMove(asked.get("move"), plans);
  if (!asked.get("left")) return { planCode: wanted };
  const answer = await call("DELETE", "/api/customer/schedule/hold");
  if (answer.status === 401) return toLogin();
  asked.delete("left");
  window.history.replaceState(window.history.state, "", `${window.location.pathname}?${asked}`);
  return { planCode: wanted, note: LEFT };
}

async function beginMove(sessionId, plans) {
  const answer = await call("GET", "/api/customer/schedule");
  if (answer.status === 401) return toLogin();
  if (!answer.ok) return { planCode: plans[0].code, words: answer.words };
  const found = answer.data.items.find((each) => each.sessionId === sessionId);
  if (!found?.canMove) return { planCode: plans[0].code, words: NOT_MOVABLE };
  return { planCode: found.plan, moving: found };
}

function toLogin() {
  window.location.replace(loginFrom(window.location));
  return { login: true };
}

/** The free times of a plan and what is chosen of them. A plan's times are read anew whenever it is chosen. */
function useTimes(planCode) {
  const [state, setState] = useState("loading");
  const [slots, setSlots] = useState([]);
  const [words, setWords] = useState("");
  const [mechanicId, setMechanicId] = useState(ANYBODY);
  const [wantedDay, setDay] = useState("");
  const [at, setAt] = useState("");
  const newest = useRef(0);

  const load = useCallback(async () => {
    if (!planCode) return;
    const mine = ++newest.current;
    setState("loading");
    const answers = await bothWeeks(planCode);
    if (mine !== newest.current) return; // another plan was chosen meanwhile
    const refused = answers.find((each) => !each.ok);
    if (refused?.status === 401) return void toLogin();
    if (refused) setWords(refused.words);
    else setSlots(answers.flatMap((each) => each.data.items));
    setState(refused ? "broken" : "ready");
  }, [planCode]);
  useEffect(() => void load(), [load]);

  const theirs = useMemo(() => withMechanic(slots, mechanicId), [slots, mechanicId]);
  const days = useMemo(() => byDay(theirs), [theirs]);
  const day = days[wantedDay] ? wantedDay : (Object.keys(days).sort()[0] ?? "");
  const slot = state === "ready" ? theirs.find((each) => each.startsAt === at && dayOf(each.startsAt) === day) : undefined;
  return { state, slots, words, mechanicId, day, slot, load, chooseMechanic: setMechanicId, chooseDay: setDay, chooseTime: setAt };
}

/** A week's answer is small enough; two of them are asked for at once. */
function bothWeeks(planCode) {
  const middle = new Date(Date.now() + WEEK_MS).toISOString();
  const end = new Date(Date.now() + 2 * WEEK_MS + 60_000).toISOString();
  const plan = encodeURIComponent(planCode);
  return Promise.all([
    call("GET", `/api/customer/slots?plan=${plan}&to=${middle}`),
    call("GET", `/api/customer/slots?plan=${plan}&from=${middle}&to=${end}`),
  ]);
}

/** Sends what is chosen. A time that was taken meanwhile is told of, and the times are read anew. */
function useSending({ plan, moving, times }) {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState("");
  const { slot } = times;
  useEffect(() => {
    const comeBack = (event) => event.persisted && setSending(false); // by the browser's own way back from the payment page
    window.addEventListener("pageshow", comeBack);
    return () => window.removeEventListener("pageshow", comeBack);
  }, []);

  const send = async (event) => {
    event.preventDefault();
    if (isSending) return;
    if (!slot) return setProblem(CHOOSE);
    setSending(true);
    setProblem("");
    const chosen = { startsAt: slot.startsAt, mechanicId: times.mechanicId || null };
    const answer = moving
      ? await post(`/api/customer/schedule/${moving.sessionId}/move`, chosen)
      : await post("/api/customer/schedule", { plan: plan.code, ...chosen });
    if (answer.ok) return onward(answer.data);
    if (answer.status === 401) return toLogin();
    setProblem(answer.words);
    setSending(false);
    if (answer.status === 409 || answer.status === 422) await times.load();
  };
  return { isSending, problem, send, forget: () => setProblem("") };
}

/** To the payment page, which may be another site's; after a move to the sessions. */
function onward({ checkoutUrl }) {
  if (checkoutUrl) window.location.assign(checkoutUrl);
  else leaveFor(ownPath("/customer/dashboard", window.location.origin));
}
