// What has the focus may go away: taken by a push, removed by its own press, or drawn anew. Then what was drawn in its place takes the
// focus, or the nearest of its surroundings that still stand, so that a keyboard or a screen reader goes on from there and not from the
// top of the page.
import { useEffect } from "react";
import { arrive, watchFocus } from "./keep_focus.js";

/** Once on each page. */
export function FocusKeeper() {
  useEffect(() => {
    arrive();
    return watchFocus();
  }, []);
  return null;
}

/** Surroundings with a name: they come before any nearer ones that have none. */
export function KeepFocus({ label, children }) {
  return (
    <div tabIndex={-1} role="group" aria-label={label} data-keeps-focus="" className="keep-focus">
      {children}
    </div>
  );
}
