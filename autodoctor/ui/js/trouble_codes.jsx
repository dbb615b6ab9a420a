// Trouble codes, each opening to what it means; and the same under a form while somebody types.
import { useEffect, useRef, useState } from "react";
import { say } from "./words.js";

const QUIET_MS = 300;
const MOST = 12;
const CODE = /\b[PBCU][0-3][0-9A-F]{3}\b/gi;
const URGENCY = {
  now: say("Have it looked at before you drive on."),
  soon: say("Have it looked at within days."),
  later: say("It can wait for the next visit to the garage."),
};

/** The codes as a list of things to open; nothing when there are none. */
export function TroubleCodes({ codes = [] }) {
  if (codes.length === 0) return null;
  return (
    <ul className="codes" aria-label={say("Trouble codes")}>
      {codes.map((each) => (
        <li key={each.code}>
          <Code {...each} />
        </li>
      ))}
    </ul>
  );
}

function Code({ code, meaning, about, causes, urgency }) {
  return (
    <details className="code">
      <summary>
        <b>{code}</b> <span>{meaning}</span>
      </summary>
      <div className="code-more">
        {URGENCY[urgency] && (
          <p className="code-urgency" data-tone={urgency === "later" ? "neutral" : urgency}>
            {URGENCY[urgency]}
          </p>
        )}
        {causes && <p>{say("Usual causes: {causes}.", { causes })}</p>}
        <p className="code-about">{about}</p>
      </div>
    </details>
  );
}

/** What the codes mean that stand in these fields of the form around it. A code is asked for once. */
export function CodeHints({ fields }) {
  const place = useRef(null);
  const known = useRef({});
  const [codes, setCodes] = useState([]);

  useEffect(() => {
    const form = place.current.closest("form");
    let timer = null;
    let gone = false;
    const look = async () => {
      const found = codesIn(fields.map((name) => form.elements.namedItem(name)?.value ?? ""));
      await learn(known.current, found);
      if (!gone) setCodes(found.map((code) => known.current[code]).filter(Boolean));
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(look, QUIET_MS);
    };
    form.addEventListener("input", wait);
    wait(); // what is filled in already: a draft, or what was told before
    return () => {
      gone = true;
      clearTimeout(timer);
      form.removeEventListener("input", wait);
    };
  }, [fields.join()]); // eslint-disable-line react-hooks/exhaustive-deps

  return (
    <div ref={place} className="code-hints" aria-live="polite">
      <TroubleCodes codes={codes} />
    </div>
  );
}

function codesIn(texts) {
  const found = texts.flatMap((text) => text.match(CODE) ?? []).map((code) => code.toUpperCase());
  return [...new Set(found)].slice(0, MOST);
}

/** Ask for what isn't known yet. Without an answer the codes stay what they are: text. */
async function learn(known, codes) {
  const missing = codes.filter((code) => !(code in known));
  if (missing.length === 0) return;
  try {
    const answer = await fetch(`/api/trouble-codes?codes=${missing.join(",")}`, { headers: { Accept: "application/json" } });
    if (answer.ok) for (const each of (await answer.json()).items) known[each.code] = each;
  } catch {
    console.warn("trouble codes can't be looked up just now");
  }
}
