// What had the focus may go away by a push. Then its surroundings take the focus, so that a keyboard or a screen reader goes on
// from there and not from the top of the page.
import { useEffect, useRef } from "react";

export function KeepFocus({ label, children }) {
  const box = useRef(null);
  useEffect(() => {
    const around = box.current;
    let last = null;
    const note = (event) => {
      last = event.target;
    };
    const mend = () => {
      if (!last || around.contains(last) || document.activeElement !== document.body) return;
      last = null;
      around.focus({ preventScroll: true });
    };
    const watcher = new MutationObserver(mend);
    watcher.observe(around, { childList: true, subtree: true });
    around.addEventListener("focusin", note);
    return () => {
      watcher.disconnect();
      around.removeEventListener("focusin", note);
    };
  }, []);
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label={label} className="keep-focus">
      {children}
    </div>
  );
}
