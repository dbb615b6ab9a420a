// Whether a week is saved, in words, and the way on where it isn't.
import { say } from "./words.js";

/** `role` is "status" in the one place where it is announced. */
export function WeekSaving({ week, role }) {
  const { state, words, again } = week.saving;
  const isFaulty = Object.keys(week.faults).length > 0;
  return (
    <div className="week-saving" data-state={state}>
      <p role={role}>{words}</p>
      {state === "failed" && !isFaulty && (
        <button type="button" className="button button-quiet" onClick={again}>
          {say("Try again")}
        </button>
      )}
    </div>
  );
}
