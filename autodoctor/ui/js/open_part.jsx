// A button that opens other parts of the page.
import { openParts } from "./open_part.js";

export function OpenParts({ names, label }) {
  return (
    <button type="button" className="button button-secondary" onClick={() => openParts(names)}>
      {label}
    </button>
  );
}
