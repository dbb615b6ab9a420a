// Writing the diagnostic report: it saves itself as a draft, and is finished by one explicit act.
import { useId, useMemo, useRef, useState } from "react";
import { call, post } from "./http.js";
import { changed, enterLast, line, problemsOf, values, without } from "./lines.js";
import { moneyOf } from "./money.js";
import { useSaving } from "./saving.js";
import { say } from "./words.js";

const SYSTEMS = [say("Engine"), say("Brakes"), say("Exhaust"), say("Fuel"), say("Cooling"), say("Battery and electrics"), say("Gearbox"), say("Suspension"), say("Steering"), say("Tyres"), say("Air conditioning"), say("Body")];
const PRIORITY = [
  ["now", say("Now")],
  ["soon", say("Soon")],
  ["watch", say("Watch")],
];
const MOST_FINDINGS = 40;
const MOST_STEPS = 20;
const MOST_CENTS = 10000000;
const AMOUNT = /^(\d{1,6})(?:[.,](\d{0,2}))?$/;

/** `report`: {findings: [{system, finding, priority, parts_cents, labour_cents}], summary, next_steps}, as it was when the page was loaded. */
export function ReportEditor({ url, report }) {
  const [draft, setDraft] = useState(() => started(report));
  const [wrong, setWrong] = useState({});
  const saving = useSaving(draft, async (written) => {
    const answer = await call("PUT", url, bodyOf(written));
    setWrong(problemsOf(answer));
    return answer;
  });
  const write = (change) => {
    const next = { ...draft, ...change };
    setDraft(next);
    saving.change(next);
  };
  const total = useMemo(() => draft.findings.reduce((sum, each) => sum + (centsOf(each.parts) ?? 0) + (centsOf(each.labour) ?? 0), 0), [draft.findings]);

  return (
    <section className="editor" aria-label={say("Report")}>
      <p className="pane-muted">{say("Your customer can read along. Once it is finished they are told, and hand it to a garage.")}</p>
      <label className="field">
        <span className="field-label">{say("Summary")}</span>
        <textarea
          className="field-input"
          maxLength={4000}
          value={draft.summary}
          placeholder={say("The car in three sentences, for somebody who isn't a mechanic.")}
          onChange={(event) => write({ summary: event.target.value })}
        />
      </label>
      <Findings findings={draft.findings} wrong={wrong} onWrite={(findings) => write({ findings })} />
      <p className="editor-total">{say("Parts and labour together: {amount}", { amount: moneyOf(total) })}</p>
      <NextSteps steps={draft.steps} onWrite={(steps) => write({ steps })} />
      <p className="autosave-state" data-state={saving.state} role="status">
        {saving.words}
      </p>
      <Finish url={url} saving={saving} isReadable={draft.findings.every(isReadable)} onWrong={setWrong} />
    </section>
  );
}

function Findings({ findings, wrong, onWrite }) {
  const systems = useId();
  const list = useRef(null);
  const add = () => {
    onWrite([...findings, line(BLANK)]);
    enterLast(list);
  };
  return (
    <fieldset className="editor-group">
      <legend>{say("Findings")}</legend>
      <datalist id={systems}>
        {SYSTEMS.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ol ref={list} className="editor-lines">
        {findings.map((each, index) => (
          <Finding
            key={each.key}
            finding={each}
            number={index + 1}
            systems={systems}
            problem={(name) => wrong[`findings.${index}.${name}`]}
            onChange={(change) => onWrite(changed(findings, each.key, change))}
            onRemove={() => onWrite(without(findings, each.key))}
          />
        ))}
      </ol>
      <button type="button" className="button button-secondary" disabled={findings.length >= MOST_FINDINGS} onClick={add}>
        {say("Add finding")}
      </button>
    </fieldset>
  );
}

function Finding({ finding, number, systems, problem, onChange, onRemove }) {
  const words = problem("system") || problem("finding") || problem("partsCents") || problem("labourCents");
  return (
    <li className="editor-line">
      <div className="editor-tools">
        <input
          className="field-input"
          list={systems}
          aria-label={say("System of finding {number}", { number })}
          aria-invalid={problem("system") ? true : undefined}
          maxLength={60}
          placeholder={say("System, like Brakes")}
          value={finding.system}
          onChange={(event) => onChange({ system: event.target.value })}
        />
        <select className="field-input" aria-label={say("Priority of finding {number}", { number })} value={finding.priority} onChange={(event) => onChange({ priority: event.target.value })}>
          {PRIORITY.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <button type="button" className="composer-small" aria-label={say("Remove finding {number}", { number })} onClick={onRemove}>
          ×
        </button>
      </div>
      <textarea
        className="field-input"
        aria-label={say("Finding {number}", { number })}
        aria-invalid={problem("finding") ? true : undefined}
        rows={2}
        maxLength={1000}
        placeholder={say("What you found, and how you know")}
        value={finding.finding}
        onChange={(event) => onChange({ finding: event.target.value })}
      />
      <div className="editor-money">
        <Amount label={say("Parts, USD")} about={say("Parts for finding {number}, in dollars", { number })} value={finding.parts} onChange={(parts) => onChange({ parts })} />
        <Amount label={say("Labour, USD")} about={say("Labour for finding {number}, in dollars", { number })} value={finding.labour} onChange={(labour) => onChange({ labour })} />
      </div>
      {words && <p className="field-problem">{words}</p>}
    </li>
  );
}

function Amount({ label, about, value, onChange }) {
  const isWrong = centsOf(value) === null;
  return (
    <label className="field">
      <span className="field-help">{label}</span>
      <input
        className="field-input"
        inputMode="decimal"
        aria-label={about}
        aria-invalid={isWrong ? true : undefined}
        placeholder="0"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {isWrong && <span className="field-problem">{say("An amount like 85 or 85.50")}</span>}
    </label>
  );
}

function NextSteps({ steps, onWrite }) {
  const list = useRef(null);
  const add = () => {
    onWrite([...steps, line({ text: "" })]);
    enterLast(list);
  };
  return (
    <fieldset className="editor-group">
      <legend>{say("Next steps")}</legend>
      <ol ref={list} className="editor-lines">
        {steps.map((each, index) => (
          <li key={each.key} className="editor-tools">
            <input
              className="field-input"
              aria-label={say("Next step {number}", { number: index + 1 })}
              maxLength={300}
              value={each.text}
              onChange={(event) => onWrite(changed(steps, each.key, { text: event.target.value }))}
            />
            <button type="button" className="composer-small" aria-label={say("Remove next step {number}", { number: index + 1 })} onClick={() => onWrite(without(steps, each.key))}>
              ×
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="button button-secondary" disabled={steps.length >= MOST_STEPS} onClick={add}>
        {say("Add next step")}
      </button>
    </fieldset>
  );
}

/** The last word: asked twice, since it can't be taken back. */
function Finish({ url, saving, isReadable, onWrong }) {
  const [asked, setAsked] = useState(false);
  const [words, setWords] = useState("");
  const [working, setWorking] = useState(false);
  const finish = async () => {
    if (working) return;
    setWorking(true);
    const answer = (await saving.flush()) ? await post(`${url}/finish`, {}) : { ok: false, words: say("The last change isn't saved. Please look at it.") };
    setWorking(false);
    setAsked(false);
    setWords(answer.ok ? say("Finished. Your customer has been told.") : answer.words);
    if (!answer.ok && answer.data) onWrong(problemsOf(answer));
  };
  return (
    <div className="editor-foot">
      {asked ? (
        <>
          <p>{say("Finish it? It can't be changed afterwards, and your customer is told.")}</p>
          <button type="button" className="button button-primary" data-loading={working ? "yes" : "no"} aria-disabled={working} onClick={finish}>
            {say("Finish and tell the customer")}
          </button>
          <button type="button" className="button button-quiet" autoFocus onClick={() => setAsked(false)}>
            {say("Go on writing")}
          </button>
        </>
      ) : (
        <button type="button" className="button button-primary" onClick={() => (isReadable ? setAsked(true) : setWords(say("One of the amounts can't be read.")))}>
          {say("Finish report")}
        </button>
      )}
      <p className="autosave-state" role="status">
        {words}
      </p>
    </div>
  );
}

const BLANK = { system: "", finding: "", priority: "soon", parts: "", labour: "" };

function started({ findings = [], summary = "", next_steps = [] }) {
  const lines = findings.map(({ parts_cents, labour_cents, ...words }) => line({ ...words, parts: dollarsOf(parts_cents), labour: dollarsOf(labour_cents) }));
  return { summary, findings: lines.length > 0 ? lines : [line(BLANK)], steps: next_steps.map((text) => line({ text })) };
}

function bodyOf({ summary, findings, steps }) {
  return {
    summary,
    findings: findings.map(({ system, finding, priority, parts, labour }) => ({ system, finding, priority, partsCents: centsOf(parts) ?? 0, labourCents: centsOf(labour) ?? 0 })),
    nextSteps: values(steps).map(({ text }) => text),
  };
}

/** What somebody typed in dollars, in cents; null when it is no amount. */
function centsOf(text) {
  if (!text.trim()) return 0;
  const found = AMOUNT.exec(text.trim());
  if (!found) return null;
  const cents = Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
  return cents <= MOST_CENTS ? cents : null;
}

function isReadable({ parts, labour }) {
  return centsOf(parts) !== null && centsOf(labour) !== null;
}

function dollarsOf(cents) {
  if (!cents) return "";
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}
