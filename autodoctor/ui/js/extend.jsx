// More time: a click opens the payment page in a tab of its own, so that nobody has to leave the room to pay.
import { useCallback, useEffect, useState } from "react";
import { post } from "./http.js";
import { say } from "./words.js";

const PAYING = say("You pay in the other tab. The minutes count when that is done before the clock is at zero; else your money comes back.");

export function Extend({ sessionId, price, minutes, endsAt = "" }) {
  const [asking, setAsking] = useState(false);
  const [words, setWords] = useState("");
  useEffect(() => setWords(""), [endsAt]); // they have been added

  const press = useCallback(async () => {
    if (asking) return;
    setAsking(true);
    const tab = window.open("about:blank"); // now, while the browser sees a click; the address comes later
    const answer = await post("/api/session/extend", { sessionId });
    setAsking(false);
    setWords(answer.ok ? PAYING : answer.words);
    if (!answer.ok) tab?.close();
    else if (tab && !tab.closed) tab.location.replace(answer.data.checkoutUrl);
    else window.location.assign(answer.data.checkoutUrl);
  }, [asking, sessionId]);

  return (
    <>
      <button
        type="button"
        className="button button-secondary room-extend"
        data-loading={asking ? "yes" : "no"}
        aria-disabled={asking ? "true" : "false"}
        aria-label={say("Extend by {minutes} minutes for {price}", { minutes, price })}
        onClick={press}
      >
        {say("Extend")} <span className="room-extend-price">{price}</span>
      </button>
      <p className="room-extend-words" role="status" data-shown={words ? "" : undefined}>
        {words}
      </p>
    </>
  );
}
