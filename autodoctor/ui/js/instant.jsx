// Controls that answer the finger at once, and take it back when the server says no.
import { useCallback, useEffect, useState } from "react";

/** `pending` from the press until `answered` (which names the server's last answer) has changed. */
function usePending(answered) {
  const [pending, setPending] = useState(null);
  useEffect(() => setPending(null), [answered]);
  return [pending, setPending];
}

/** A button that shows `waitingLabel` from the press on. It keeps its focus and does nothing more meanwhile. */
export function InstantButton({ label, waitingLabel, kind = "primary", large = false, about = "", answered, onPress }) {
  const [pending, setPending] = usePending(answered);
  const press = useCallback(() => {
    if (pending) return;
    setPending(true);
    onPress?.();
  }, [pending, setPending, onPress]);
  return (
    <button
      type="button"
      className={`button button-${kind}${large ? " button-large" : ""}`}
      data-loading={pending ? "yes" : "no"}
      aria-disabled={pending ? "true" : "false"}
      onClick={press}
    >
      {pending ? waitingLabel : label}
      {about && <span className="visually-hidden">{`: ${about}`}</span>}
    </button>
  );
}

/** A switch that turns at once; it turns back when the server didn't follow. */
export function InstantSwitch({ label, checked, answered, disabled = false, onFlip }) {
  const [wanted, setWanted] = usePending(answered);
  const shown = wanted ?? checked;
  const flip = useCallback(() => {
    setWanted(!shown);
    onFlip?.(!shown);
  }, [shown, setWanted, onFlip]);
  return (
    <button type="button" role="switch" className="switch" aria-checked={shown} disabled={disabled} onClick={flip}>
      <span className="switch-track" aria-hidden="true">
        <span className="switch-knob" />
      </span>
      {label}
    </button>
  );
}
