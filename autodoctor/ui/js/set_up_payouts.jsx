// To the page where a mechanic fills in their account: the link is for one use within minutes, so it is made when it is followed.
import { useCallback, useEffect, useRef, useState } from "react";
import { loginFrom } from "./forms.js";
import { mayPass, post } from "./http.js";
import { say } from "./words.js";

const READY = { asking: false, words: "", isOver: false };

/** `asking` from the press until the page is left, or until there are `words` that say why not; `isOver` when trying again won't help. */
function useLink() {
  const [state, setState] = useState(READY);
  const follow = useCallback(async () => {
    setState({ ...READY, asking: true });
    const answer = await post("/api/mechanics/stripe/onboard", {});
    if (answer.ok) return window.location.assign(answer.data.url);
    if (answer.status === 401) return window.location.replace(loginFrom(window.location));
    return setState({ asking: false, words: answer.words, isOver: !mayPass(answer.status) });
  }, []);
  useEffect(() => {
    const shownAgain = (event) => event.persisted && setState(READY); // by the browser's way back
    window.addEventListener("pageshow", shownAgain);
    return () => window.removeEventListener("pageshow", shownAgain);
  }, []);
  return [state, follow];
}

export function SetUpPayouts() {
  const [{ asking, words, isOver }, follow] = useLink();
  return (
    <div className="stack">
      <div>
        <button
          type="button"
          className="button button-primary"
          data-loading={asking ? "yes" : "no"}
          aria-disabled={asking}
          onClick={() => asking || follow()}
        >
          {say("Set up payouts")}
        </button>
      </div>
      <div role="alert">
        {words && (
          <p className="form-problem">
            {words} {isOver && <a href="/contact">{say("Write to us")}</a>}
          </p>
        )}
      </div>
    </div>
  );
}

export function NewPayoutLink() {
  const [{ words, isOver }, follow] = useLink();
  const hasAsked = useRef(false);
  useEffect(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    follow();
  }, [follow]);
  return (
    <section className="section narrow" aria-live="polite" aria-busy={words ? undefined : "true"}>
      <h1 className="heading1">{words ? say("We can't lead you to Stripe just now") : say("One moment")}</h1>
      <p>{words || say("The link to Stripe had run out. We are making a new one, and lead you there.")}</p>
      {words && (
        <div className="row">
          <button type="button" className="button button-primary" onClick={follow}>
            {say("Try again")}
          </button>
          <a className="button button-secondary" href={isOver ? "/contact" : "/mechanic/dashboard?tab=earnings"}>
            {isOver ? say("Write to us") : say("To your earnings")}
          </a>
        </div>
      )}
    </section>
  );
}
