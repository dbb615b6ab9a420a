// Writing an action plan, step by step, and sending it. What isn't sent yet survives a reload.
import { useCallback, useEffect, useRef, useState } from "react";
import { post, recall, remember } from "./http.js";
import { changed, enterLast, line, moved, problemsOf, values, without } from "./lines.js";
import { say } from "./words.js";

const MOST = 12;
const LONGEST = 280;
const URGENCY = [
  ["now", say("Now")],
  ["soon", say("Soon")],
  ["later", say("Later")],
];

/** `sent` is the plan that holds: [{text, urgency}]; the next one starts from it. */
export function PlanEditor({ url, sent = [] }) {
  const [steps, setSteps] = usePlan(url, sent);
  const [state, setState] = useState({ words: "", wrong: {}, sending: false });
  const list = useRef(null);
  const write = (next) => {
    setSteps(next);
    setState({ words: "", wrong: {}, sending: false });
  };
  const add = () => {
    write([...steps, line({ text: "", urgency: "soon" })]);
    enterLast(list);
  };
  const send = async () => {
    if (state.sending) return;
    const filled = steps.filter((each) => each.text.trim());
    if (filled.length === 0) return setState({ words: say("Write a step first."), wrong: {}, sending: false });
    setSteps(filled);
    setState({ words: "", wrong: {}, sending: true });
    const answer = await post(url, { items: values(filled) });
    if (answer.ok) remember(placeOf(url), []);
    setState({ words: answer.ok ? say("Sent. It stands in the conversation.") : answer.words, wrong: problemsOf(answer), sending: false });
  };

  return (
    <section className="editor" aria-label={say("Action plan")}>
      <p className="pane-muted">{say("What to do, in order. Your customer gets it as a card in the conversation. A new one replaces the last.")}</p>
      <ol ref={list} className="editor-lines">
        {steps.map((step, index) => (
          <Step
            key={step.key}
            step={step}
            number={index + 1}
            problem={state.wrong[`items.${index}.text`]}
            onChange={(change) => write(changed(steps, step.key, change))}
            onRemove={() => write(without(steps, step.key))}
            onMove={(by) => write(moved(steps, step.key, by))}
            onNext={add}
          />
        ))}
      </ol>
      <div className="editor-foot">
        <button type="button" className="button button-secondary" disabled={steps.length >= MOST} onClick={add}>
          {say("Add step")}
        </button>
        <button type="button" className="button button-primary" data-loading={state.sending ? "yes" : "no"} aria-disabled={state.sending} onClick={send}>
          {sent.length > 0 ? say("Send the new plan") : say("Send action plan")}
        </button>
      </div>
      <p className="autosave-state" role="status">
        {state.words}
      </p>
    </section>
  );
}

function Step({ step, number, problem, onChange, onRemove, onMove, onNext }) {
  const keys = (event) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onNext();
  };
  return (
    <li className="editor-line">
      <textarea
        className="field-input"
        rows={1}
        aria-label={say("Step {number}", { number })}
        aria-invalid={problem ? true : undefined}
        maxLength={LONGEST}
        value={step.text}
        placeholder={number === 1 ? say("Check the oil level before you drive on") : ""}
        onChange={(event) => onChange({ text: event.target.value })}
        onKeyDown={keys}
      />
      {problem && <p className="field-problem">{problem}</p>}
      <div className="editor-tools">
        <select className="field-input" aria-label={say("Urgency of step {number}", { number })} value={step.urgency} onChange={(event) => onChange({ urgency: event.target.value })}>
          {URGENCY.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <button type="button" className="composer-small" aria-label={say("Move step {number} up", { number })} onClick={() => onMove(-1)}>
          ↑
        </button>
        <button type="button" className="composer-small" aria-label={say("Move step {number} down", { number })} onClick={() => onMove(1)}>
          ↓
        </button>
        <button type="button" className="composer-small" aria-label={say("Remove step {number}", { number })} onClick={onRemove}>
          ×
        </button>
      </div>
    </li>
  );
}

/** The steps as they are being written: a draft of this browser's, else the plan that holds, else one empty line. */
function usePlan(url, sent) {
  const [steps, setSteps] = useState(() => started(sent));
  const touched = useRef(false);
  useEffect(() => {
    const kept = recall(placeOf(url), []);
    if (kept.length > 0) {
      touched.current = true;
      setSteps(kept.map(line));
    } else if (!touched.current && sent.length > 0) setSteps(started(sent));
  }, [url, JSON.stringify(sent)]); // eslint-disable-line react-hooks/exhaustive-deps
  const write = useCallback(
    (next) => {
      touched.current = true;
      setSteps(next);
      remember(placeOf(url), values(next).filter((each) => each.text));
    },
    [url],
  );
  return [steps, write];
}

function started(sent) {
  return sent.length > 0 ? sent.map(({ text, urgency }) => line({ text, urgency })) : [line({ text: "", urgency: "now" })];
}

function placeOf(url) {
  return `autodoctor.draft.${url}`;
}
