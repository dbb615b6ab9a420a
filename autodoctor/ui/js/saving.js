// Saving by itself what is being written: shortly after the last key, again when the server comes back, and before the page goes.
import { useCallback, useEffect, useRef, useState } from "react";
import { mayPass } from "./http.js";
import { say } from "./words.js";

const QUIET_MS = 800;
const AGAIN_MS = 4000;
export const SAVING_WORDS = {
  clean: "",
  dirty: say("Not saved yet"),
  saving: say("Saving…"),
  saved: say("Saved"),
  failed: say("Not saved, will try again"),
};

/**
 * `send(value)` resolves to {ok, status, words}. Answers {state, words, change, flush, isIdle}: `change(value)` after every key,
 * `flush()` to save now (resolves to whether all of it is saved), `words` for the reader. While `isIdle` nothing waits to be saved.
 */
export function useSaving(initial, send) {
  const [state, setState] = useState("clean");
  const [refusal, setRefusal] = useState("");
  const wanted = useRef(initial);
  const timer = useRef(null);
  const call = useRef(send);
  call.current = send;
  const unsaved = useRef(false);
  unsaved.current = state === "dirty" || state === "failed";

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    const sent = wanted.current;
    setState("saving");
    const answer = await call.current(sent);
    if (wanted.current !== sent) return false; // typing went on: its own timer saves again
    setState(answer.ok ? "saved" : "failed");
    setRefusal(answer.ok || mayPass(answer.status) ? "" : answer.words);
    if (!answer.ok && mayPass(answer.status)) timer.current = setTimeout(save, AGAIN_MS);
    return answer.ok;
  }, []);

  const change = useCallback(
    (value) => {
      wanted.current = value;
      setState("dirty");
      clearTimeout(timer.current);
      timer.current = setTimeout(save, QUIET_MS);
    },
    [save],
  );

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (unsaved.current) call.current(wanted.current); // the session has ended under the pen
    },
    [],
  );
  useEffect(() => {
    if (state !== "dirty" && state !== "failed") return undefined;
    const warn = (event) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [state]);

  const isIdle = state === "clean" || state === "saved";
  return { state, words: refusal || SAVING_WORDS[state], change, flush: save, isIdle, wanted };
}
