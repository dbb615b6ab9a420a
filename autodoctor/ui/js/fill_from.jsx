// A button that fills fields of its form with values that are known already.
import { useRef } from "react";
import { fill } from "./fields.js";

export function FillFrom({ label, values }) {
  const button = useRef(null);
  const apply = () => {
    const fields = button.current.closest("form").elements;
    for (const [name, value] of Object.entries(values)) fill(fields.namedItem(name), value);
  };
  return (
    <button ref={button} type="button" className="fill-from" onClick={apply}>
      {label}
    </button>
  );
}
