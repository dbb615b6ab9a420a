// `Decode` beside the field `VIN`: fills year, make and model of the same form, or says in words why it can't.
import { useCallback, useRef, useState } from "react";
import { fill } from "./fields.js";
import { post } from "./http.js";
import { say } from "./words.js";

const FILLED = ["year", "make", "model"];

export function VinDecode() {
  const button = useRef(null);
  const [working, setWorking] = useState(false);
  const [answer, setAnswer] = useState({ words: "", wrong: false });

  const decode = useCallback(async () => {
    if (working) return;
    const form = button.current.closest("form");
    const vin = form.elements.namedItem("vin").value.trim();
    if (!vin) return setAnswer({ words: say("Type the 17 characters of the VIN first."), wrong: true });
    setWorking(true);
    setAnswer({ words: "", wrong: false });
    const { ok, data, words } = await post("/api/vin/decode", { vin });
    setWorking(false);
    if (!ok) return setAnswer({ words, wrong: true });
    for (const name of FILLED) fill(form.elements.namedItem(name), data[name]);
    setAnswer({ words: say("Found: {vehicle}.", { vehicle: FILLED.map((name) => data[name]).filter(Boolean).join(" ") }), wrong: false });
  }, [working]);

  return (
    <div className="vin-decode">
      <button ref={button} type="button" className="vin-decode-button" aria-disabled={working} aria-busy={working} onClick={decode}>
        {working ? say("Decoding…") : say("Decode")}
      </button>
      <p className="vin-decode-answer" data-wrong={answer.wrong ? "" : undefined} aria-live="polite">
        {answer.words}
      </p>
    </div>
  );
}
