// Notes that save themselves.
import { useEffect, useId, useState } from "react";
import { call } from "./http.js";
import { useSaving } from "./saving.js";

/** A text area that is kept at `url` (PATCH {[name]: text}). `value` is what the server had when the page was loaded. */
export function Autosave({ url, name, label, value = "", placeholder = "" }) {
  const [text, setText] = useState(value);
  const saving = useSaving(value, (written) => call("PATCH", url, { [name]: written }));
  const id = useId();

  useEffect(() => {
    if (!saving.isIdle) return; // what is being written here wins over what is loaded
    setText(value);
    saving.wanted.current = value;
  }, [value]); // eslint-disable-line react-hooks/exhaustive-deps

  const change = (event) => {
    setText(event.target.value);
    saving.change(event.target.value);
  };

  return (
    <div className="autosave">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} value={text} placeholder={placeholder} maxLength={10000} onChange={change} onBlur={() => saving.state === "dirty" && saving.flush()} />
      <p className="autosave-state" data-state={saving.state} role="status">
        {saving.words}
      </p>
    </div>
  );
}
