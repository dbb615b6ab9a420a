// A form that speaks to the REST API: sends JSON, puts each refusal beside its field, keeps what was typed, leads on.
import { Children, createContext, useCallback, useContext, useEffect, useId, useMemo, useRef, useState } from "react";
import { useDraft } from "./drafts.js";
import { aboutToLeave, bodyOf, leaveFor, loginFrom, missingIn, ownPath, placed } from "./forms.js";
import { call } from "./http.js";
import { say } from "./words.js";

const FormContext = createContext({ problems: {}, register: () => {}, clear: () => {}, body: {} });
const NOTHING = { problems: {}, words: "", login: false };

export function ApiForm(props) {
  const { submit, kind = "primary", doneText = "", hasDone = false, children } = props;
  const form = useRef(null);
  const { state, refusal, body, send, touch, context } = useSending(form, props);
  const [fields, done] = Children.toArray(children);

  if (state === "done" && hasDone) {
    return (
      <FormContext.Provider value={{ ...context, body }}>
        <Done>{done}</Done>
      </FormContext.Provider>
    );
  }
  return (
    <FormContext.Provider value={context}>
      <form ref={form} className="form" method="post" noValidate onSubmit={send} onInput={touch} onChange={touch}>
        {fields}
        {refusal.words && <FormProblem refusal={refusal} />}
        <div className="form-foot">
          <button
            type="submit"
            className={`button button-${kind}`}
            disabled={state === "starting"}
            data-loading={state === "sending" ? "yes" : state === "starting" ? undefined : "no"}
            aria-disabled={state === "sending"}
          >
            {submit}
          </button>
          <p role="status" className="form-done">
            {state === "done" ? doneText : ""}
          </p>
        </div>
      </form>
    </FormContext.Provider>
  );
}

/** The life of one form: starting (the page isn't alive yet), ready, sending, done. */
function useSending(form, { url, method = "POST", nextPath = "", nextFromQuery = false, draftKey = "", onDone }) {
  const [state, setState] = useState("starting");
  const [refusal, setRefusal] = useState(NOTHING);
  const [body, setBody] = useState({});
  const known = useRef(new Set());
  const draft = useDraft(form, draftKey);
  useEffect(() => setState("ready"), []);

  const refuse = useCallback(
    (answer) => {
      const { problems, words } = placed(answer, known.current);
      setRefusal({ problems, words, login: answer.status === 401 && answer.data?.code === "unauthenticated" });
      setState("ready");
      const first = Array.from(form.current.elements).find((field) => field.name in problems);
      first?.focus();
    },
    [form],
  );

  const send = useCallback(
    async (event) => {
      event.preventDefault();
      if (state === "sending") return;
      const missing = missingIn(form.current);
      if (missing.length > 0) return refuse({ status: 422, data: { errors: missing } });
      const sent = bodyOf(form.current);
      setRefusal(NOTHING);
      setState("sending");
      const next = nextOf(nextPath, nextFromQuery);
      aboutToLeave(Boolean(next));
      const answer = await call(method, url, sent);
      aboutToLeave(Boolean(next) && answer.ok);
      if (!answer.ok) return refuse(answer);
      draft.forget();
      setBody(sent);
      onDone?.();
      if (next) leaveFor(next);
      else setState("done");
    },
    [state, form, method, url, nextPath, nextFromQuery, refuse, draft, onDone],
  );

  const touch = useCallback(() => {
    draft.save();
    setState((now) => (now === "done" ? "ready" : now));
  }, [draft]);

  const context = useMemo(
    () => ({
      problems: refusal.problems,
      body: {},
      register: (name) => {
        known.current.add(name);
        return () => known.current.delete(name);
      },
      clear: (name) => setRefusal((now) => (name in now.problems ? { ...now, problems: without(now.problems, name) } : now)),
    }),
    [refusal.problems],
  );
  return { state, refusal, body, send, touch, context };
}

function nextOf(nextPath, nextFromQuery) {
  const { origin, search } = window.location;
  const asked = nextFromQuery ? ownPath(new URLSearchParams(search).get("next"), origin) : "";
  return asked || ownPath(nextPath, origin);
}

function without(problems, name) {
  return Object.fromEntries(Object.entries(problems).filter(([each]) => each !== name));
}

function FormProblem({ refusal }) {
  return (
    <p role="alert" className="form-problem">
      {refusal.words}
      {refusal.login && (
        <>
          {" "}
          <a href={loginFrom(window.location)}>{say("Log in")}</a>
        </>
      )}
    </p>
  );
}

/** What stands in a sent form's place takes the focus, so that nobody is left in the void. */
function Done({ children }) {
  const box = useRef(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} role="status">
      {children}
    </div>
  );
}

export function Sent({ name }) {
  return <strong>{useContext(FormContext).body[name]}</strong>;
}

/** What every field has in common: its problem, and the attributes that tie label, help and problem to it. */
function useField(name, help) {
  const { problems, register, clear } = useContext(FormContext);
  const id = useId();
  const problem = problems[name] ?? "";
  useEffect(() => register(name), [register, name]);
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(" ");
  const attributes = {
    id,
    name,
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": described || undefined,
    onInput: () => clear(name),
  };
  return { id, problem, attributes };
}

/** What stands below a field: help, and what is wrong. */
export function Notes({ id, help, problem }) {
  return (
    <>
      {help && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && (
        <p className="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function Labelled({ id, label, help, problem, children }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children}
      <Notes id={id} help={help} problem={problem} />
    </div>
  );
}

export function Field({ label, name, kind = "text", required = false, initial = "", help = "", autocomplete = "", inputmode = "", sends = "" }) {
  const { id, problem, attributes } = useField(name, help);
  const [shown, setShown] = useState(false);
  const isSecret = kind === "password";
  return (
    <Labelled id={id} label={label} help={help} problem={problem}>
      <div className="field-control">
        <input
          {...attributes}
          className="field-input"
          type={isSecret && shown ? "text" : kind}
          data-secret={isSecret ? "" : undefined}
          data-kind={sends || undefined}
          defaultValue={initial}
          required={required}
          autoComplete={autocomplete || undefined}
          inputMode={inputmode || undefined}
          autoCapitalize={kind === "email" || isSecret ? "none" : undefined}
          spellCheck={isSecret ? false : undefined}
        />
        {isSecret && (
          <button type="button" className="field-show" aria-controls={id} aria-label={shown ? say("Hide what I type") : say("Show what I type")} onClick={() => setShown(!shown)}>
            {shown ? say("Hide") : say("Show")}
          </button>
        )}
      </div>
    </Labelled>
  );
}

export function TextArea({ label, name, required = false, initial = "", help = "" }) {
  const { id, problem, attributes } = useField(name, help);
  return (
    <Labelled id={id} label={label} help={help} problem={problem}>
      <textarea {...attributes} className="field-input" rows={4} defaultValue={initial} required={required} />
    </Labelled>
  );
}

export function Select({ label, name, options, required = false, initial = "", help = "" }) {
  const { id, problem, attributes } = useField(name, help);
  return (
    <Labelled id={id} label={label} help={help} problem={problem}>
      <select {...attributes} className="field-input" defaultValue={initial} required={required}>
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function Check({ label, name, required = false, initial = false, help = "", children }) {
  const { id, problem, attributes } = useField(name, help);
  return (
    <div className="check">
      <input {...attributes} type="checkbox" className="check-box" defaultChecked={initial} required={required} />
      <label className="check-label" htmlFor={id}>
        {label}
      </label>
      {children}
      <Notes id={id} help={help} problem={problem} />
    </div>
  );
}
