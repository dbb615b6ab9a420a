// Thanks in money: a click leads to the payment page; nothing is charged before.
import { useCallback, useState } from "react";
import { mayPass, post } from "./http.js";
import { wholeMoneyOf } from "./money.js";
import { say } from "./words.js";

const AMOUNTS = [200, 500, 1000];
const NOTHING = say("Nothing was charged.");
const NOT_AN_AMOUNT = say("Please give an amount from $1 to $200.");

export function Tip({ sessionId, mechanicName }) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState({ words: "", cents: 0 });
  const [own, setOwn] = useState("");

  const give = useCallback(
    async (cents) => {
      if (asking) return;
      if (!(cents >= 100 && cents <= 20000)) return setProblem({ words: NOT_AN_AMOUNT, cents: 0 });
      setAsking(true);
      setProblem({ words: "", cents: 0 });
      const answer = await post(`/api/sessions/${sessionId}/tip`, { amountCents: cents });
      if (answer.ok) return window.location.assign(answer.data.checkoutUrl);
      setAsking(false);
      const again = mayPass(answer.status);
      const isSaid = !again || answer.words.includes(NOTHING);
      setProblem({ words: isSaid ? answer.words : `${answer.words} ${NOTHING}`, cents: again ? cents : 0 });
    },
    [asking, sessionId],
  );

  const submit = (event) => {
    event.preventDefault();
    give(Math.round(Number(own.replace(",", ".")) * 100));
  };

  return (
    <div className="tip">
      <div className="tip-amounts" role="group" aria-label={say("Thank {name}", { name: mechanicName })}>
        {AMOUNTS.map((cents) => (
          <button key={cents} type="button" className="button button-secondary" aria-disabled={asking} onClick={() => give(cents)}>
            {wholeMoneyOf(cents)}
          </button>
        ))}
      </div>
      <form className="tip-own" onSubmit={submit} noValidate>
        <label className="field-label" htmlFor="tip-own">
          {say("Another amount in US dollars")}
        </label>
        <input id="tip-own" className="field-input" inputMode="decimal" value={own} onChange={(event) => setOwn(event.target.value)} />
        <button type="submit" className="button button-secondary" aria-disabled={asking}>
          {say("Give this tip")}
        </button>
      </form>
      <div role="alert">
        {problem.words && <p className="form-problem">{problem.words}</p>}
        {problem.cents > 0 && (
          <button type="button" className="button button-primary" onClick={() => give(problem.cents)}>
            {say("Try again")}
          </button>
        )}
      </div>
    </div>
  );
}
