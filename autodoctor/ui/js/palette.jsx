// One key that leads anywhere in a workplace: Ctrl or Cmd with K, or the button in the navigation. What it opens is loaded then.
import { Suspense, lazy, useCallback, useEffect, useRef, useState } from "react";
import { say } from "./words.js";

const Commands = lazy(() => import("./palette_commands.jsx"));

/** `pages`: `{label, href, about}`. With `canFind` `onFind(words)` is called when somebody stops typing; `answer` is what was found:
 * `{words, found: [{label, about, href}], note}`. */
export function Palette({ pages, canFind = false, answer, onFind }) {
  const dialog = useRef(null);
  const [opened, setOpened] = useState(0); // how often: a palette that is opened anew begins empty
  const open = useCallback(() => {
    if (!dialog.current || dialog.current.open) return;
    setOpened((before) => before + 1);
    dialog.current.showModal();
  }, []);
  const close = useCallback(() => dialog.current?.close(), []);
  useShortcut(open, close, dialog);

  return (
    <>
      <button type="button" onClick={open} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" className="palette-button">
        {say("Go to")}
        <kbd aria-hidden="true">{say("Ctrl K")}</kbd>
      </button>
      <dialog ref={dialog} className="dialog palette" aria-label={say("Go to")} onClick={(event) => event.target === dialog.current && close()}>
        {opened > 0 && (
          <Suspense fallback={<p className="palette-note">{say("Loading…")}</p>}>
            <Commands key={opened} pages={pages} canFind={canFind} answer={answer} onFind={onFind} onLeave={close} />
          </Suspense>
        )}
      </dialog>
    </>
  );
}

function useShortcut(open, close, dialog) {
  useEffect(() => {
    const press = (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const other = document.querySelector("dialog[open]");
      if (other && other !== dialog.current) return; // a question waits for its answer
      event.preventDefault();
      if (dialog.current?.open) close();
      else open();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [open, close, dialog]);
}
