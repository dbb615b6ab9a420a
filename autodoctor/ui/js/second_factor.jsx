// Logging in with a code: set up an authenticator app, keep recovery codes, make new ones, turn it off. What is secret is shown once and
// stays in this page's memory alone.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { Notes } from "./api_form.jsx";
import { filled } from "./filled.jsx";
import { leaveFor, loginFrom, placed } from "./forms.js";
import { call } from "./http.js";
import { locale, say, sayN } from "./words.js";

const NOTHING = { step: "rest", enrolment: null, codes: [], note: "" };

export function SecondFactor({ url }) {
  const [standing, setStanding] = useState(null);
  const [words, setWords] = useState("");
  const [now, setNow] = useState(NOTHING);
  const look = useCallback(async () => {
    const answer = await call("GET", url);
    if (answer.status === 401) return leaveFor(loginFrom(window.location));
    setWords(answer.ok ? "" : answer.words);
    if (answer.ok) setStanding(answer.data);
  }, [url]);
  useEffect(() => {
    look();
  }, [look]);
  const rest = (note = "") => {
    setNow({ ...NOTHING, note });
    look();
  };

  if (words) return <Failed words={words} retry={look} />;
  if (!standing) return <div className="skeleton-box" style={{ height: "96px" }} aria-busy="true" />;
  if (now.codes.length > 0) return <Codes codes={now.codes} done={() => rest(say("Your recovery codes are kept."))} />;
  if (now.step === "scan") {
    return <Scan url={url} enrolment={now.enrolment} back={() => rest()} done={(data) => setNow({ ...NOTHING, codes: data.recoveryCodes })} />;
  }
  if (now.step === "begin") {
    const done = (enrolment) => setNow({ ...NOTHING, step: "scan", enrolment });
    return <Ask url={url} fields={["password"]} submit={say("Go on")} back={() => rest()} done={done} />;
  }
  if (now.step === "renew") {
    const done = (data) => setNow({ ...NOTHING, codes: data.recoveryCodes });
    return <Ask url={`${url}/recovery-codes`} fields={["totp"]} submit={say("Make new recovery codes")} back={() => rest()} done={done} />;
  }
  if (now.step === "off") {
    const done = () => rest(say("Logging in asks for the password alone again."));
    return <Ask url={`${url}/off`} fields={["password", "totp"]} submit={say("Turn codes off")} back={() => rest()} done={done} />;
  }
  return <Rest standing={standing} note={now.note} go={(step) => setNow({ ...NOTHING, step })} />;
}

function Failed({ words, retry }) {
  return (
    <div role="alert" className="error-box">
      <p>{words}</p>
      <button type="button" className="button button-secondary" onClick={retry}>
        {say("Try again")}
      </button>
    </div>
  );
}

function Rest({ standing, note, go }) {
  const box = useRef(null);
  useEffect(() => {
    if (note) box.current?.focus();
  }, [note]);
  return (
    <div className="stack factor" ref={box} tabIndex={-1}>
      <p role="status" className="login-note">
        {note}
      </p>
      {standing.isOn ? <On standing={standing} go={go} /> : <Off standing={standing} go={go} />}
    </div>
  );
}

function Off({ standing, go }) {
  return (
    <>
      {standing.isRequired && (
        <p className="notice" data-tone="now">
          {say("Administrators log in with a code here. Set it up now; the other pages open afterwards.")}
        </p>
      )}
      <p className="body">{say("An app on your phone shows a new code every 30 seconds. Who knows your password alone doesn’t get in.")}</p>
      <div className="row">
        <button type="button" className="button button-primary" onClick={() => go("begin")}>
          {say("Set up a code")}
        </button>
      </div>
    </>
  );
}

function On({ standing, go }) {
  const left = standing.recoveryCodesLeft;
  return (
    <>
      <div className="row">
        <span className="chip" data-tone="good">
          {say("On")}
        </span>
        <span className="muted">{say("since {date}", { date: new Date(standing.since).toLocaleDateString(locale(), { dateStyle: "medium" }) })}</span>
      </div>
      <p className={left < 3 ? "notice" : "body"} data-tone={left < 3 ? "now" : undefined}>
        {sayN("{n} recovery code is left.", "{n} recovery codes are left.", left)} {left < 3 && say("Make new ones before you need them.")}
      </p>
      <div className="row">
        <button type="button" className="button button-secondary" onClick={() => go("renew")}>
          {say("Make new recovery codes")}
        </button>
        {!standing.isRequired && (
          <button type="button" className="button button-quiet" onClick={() => go("off")}>
            {say("Turn codes off")}
          </button>
        )}
      </div>
    </>
  );
}

/** The picture to scan, the same to type, and the first code. */
function Scan({ url, enrolment, back, done }) {
  const { qr, secret, uri } = enrolment;
  return (
    <div className="stack factor">
      <ol className="numbered">
        <li>{say("Open an authenticator app on your phone and scan this picture.")}</li>
        <li>{say("Type the code that it shows.")}</li>
      </ol>
      <svg className="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={say("QR code for your authenticator app")} shapeRendering="crispEdges">
        <rect width={qr.size} height={qr.size} fill="#fff" />
        <path d={qr.path} fill="#000" />
      </svg>
      <p className="muted">
        {filled(say("On this phone? {link}. Or type this key: {key}"), {
          link: <a className="link" href={uri}>{say("Open it in the app")}</a>,
          key: <code className="factor-secret">{grouped(secret)}</code>,
        })}
      </p>
      <Ask url={`${url}/confirm`} fields={["totp"]} submit={say("Turn codes on")} back={back} done={done} />
    </div>
  );
}

function grouped(secret) {
  return secret.match(/.{1,4}/g).join(" ");
}

/** Shown once: kept by hand before anything else. */
function Codes({ codes, done }) {
  const box = useRef(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => box.current?.focus(), []);
  const text = codes.join("\n");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false); // without https there is no clipboard to write to: they can be downloaded
    }
  };
  return (
    <div className="stack factor" ref={box} tabIndex={-1} role="status">
      <h3 className="heading3">{say("Keep your recovery codes")}</h3>
      <p className="body">{say("Each gets you in once when your phone is lost. We show them this one time. Keep them where your password isn’t.")}</p>
      <ul className="recovery-codes" aria-label={say("Recovery codes")}>
        {codes.map((each) => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <button type="button" className="button button-secondary" onClick={copy}>
          {copied ? say("Copied") : say("Copy")}
        </button>
        <a
          className="button button-secondary"
          download="auto-doctor-recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
        >
          {say("Download")}
        </a>
        <button type="button" className="button button-primary" onClick={done}>
          {say("I have kept them")}
        </button>
      </div>
    </div>
  );
}

const FIELDS = {
  password: { label: say("Password"), type: "password", autoComplete: "current-password" },
  totp: { label: say("Code"), type: "text", autoComplete: "one-time-code", inputMode: "numeric", help: say("What your authenticator app shows now.") },
};

/** A small form for what proves that it is really you. */
function Ask({ url, fields, submit, back, done }) {
  const id = useId();
  const form = useRef(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState({ problems: {}, words: "" });
  useEffect(() => form.current.elements[0]?.focus(), []);
  const send = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefusal({ problems: {}, words: "" });
    const body = Object.fromEntries(fields.map((name) => [name, form.current.elements[name].value]));
    const answer = await call("POST", url, body);
    setBusy(false);
    if (answer.ok) return done(answer.data);
    if (answer.status === 401) return leaveFor(loginFrom(window.location));
    const found = placed(answer, new Set(fields));
    setRefusal(found);
    const wrong = fields.find((name) => name in found.problems) ?? fields[fields.length - 1];
    form.current.elements[wrong].focus();
  };
  return (
    <form ref={form} className="form factor" method="post" noValidate onSubmit={send}>
      <div className="form-fields">
        {fields.map((name) => (
          <AskField key={name} id={`${id}-${name}`} name={name} problem={refusal.problems[name]} {...FIELDS[name]} />
        ))}
      </div>
      {refusal.words && (
        <p role="alert" className="form-problem">
          {refusal.words}
        </p>
      )}
      <div className="form-foot">
        <button type="submit" className="button button-primary" data-loading={busy ? "yes" : "no"} aria-disabled={busy}>
          {submit}
        </button>
        <button type="button" className="button button-secondary" onClick={back}>
          {say("Cancel")}
        </button>
      </div>
    </form>
  );
}

function AskField({ id, name, label, help, problem, ...input }) {
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-control">
        <input
          id={id}
          name={name}
          className="field-input"
          required
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={problem ? true : undefined}
          aria-describedby={described || undefined}
          {...input}
        />
      </div>
      <Notes id={id} help={help} problem={problem} />
    </div>
  );
}
