// Notes that save themselves: shortly after the last key, again when the server comes back, and before the page goes.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { call, mayPass } from "./http.js";

const QUIET_MS = 800;
const AGAIN_MS = 4000;
const WORDS = { clean: "", dirty: "Not saved yet", saving: "Saving…", saved: "Saved", failed: "Not saved, will try again" };

/** A text area that is kept at `url` (PATCH {[name]: text}). `value` is what the server had when the page was loaded. */
export function Autosave({ url, name, label, value = "", placeholder = "" }) {
  const [text, setText] = useState(value);
  const [state, setState] = useState("clean");
  const [refusal, setRefusal] = useState("");
  const wanted = useRef(value);
  const timer = useRef(null);
  const id = useId();

  useEffect(() => {
    if (state !== "clean" && state !== "saved") return; // what is being written here wins over what is loaded
    setText(value);
    wanted.current = value;
  }, [value]); // eslint-disable-line react-hooks/exhaustive-deps

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    const sent = wanted.current;
    setState("saving");
    const answer = await call("PATCH", url, { [name]: sent });
    if (wanted.current !== sent) return; // typing went on: its own timer saves again
    setState(answer.ok ? "saved" : "failed");
    setRefusal(answer.ok || mayPass(answer.status) ? "" : answer.words);
    if (!answer.ok && mayPass(answer.status)) timer.current = setTimeout(save, AGAIN_MS);
  }, [url, name]);

  const unsaved = useRef(false);
  unsaved.current = state === "dirty" || state === "failed";
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (unsaved.current) call("PATCH", url, { [name]: wanted.current }); // the session has ended under the pen
    },
    [url, name],
  );
  useEffect(() => {
    if (state !== "dirty" && state !== "failed") return undefined;
    const warn = (event) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [state]);

  const change = (event) => {
    setText(event.target.value);
    wanted.current = event.target.value;
    setState("dirty");
    clearTimeout(timer.current);
    timer.current = setTimeout(save, QUIET_MS);
  };

  return (
    <div className="autosave">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} value={text} placeholder={placeholder} maxLength={10000} onChange={change} onBlur={() => state === "dirty" && save()} />
      <p className="autosave-state" data-state={state} role="status">
        {refusal || WORDS[state]}
      </p>
    </div>
  );
}
