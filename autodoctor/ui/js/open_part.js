// One part of a page asks for another to be opened: a pane, a tab in it.
import { useEffect } from "react";

const ASKED = "autodoctor-open";

/** Ask for the parts with these names to be opened, wherever they are. */
export function openParts(names) {
  window.dispatchEvent(new CustomEvent(ASKED, { detail: names }));
}

/** `open(index)` is called when one of `names` is asked for. */
export function useAsked(names, open) {
  useEffect(() => {
    const hear = (event) => {
      const index = names.findIndex((name) => event.detail.includes(name));
      if (index >= 0) open(index);
    };
    window.addEventListener(ASKED, hear);
    return () => window.removeEventListener(ASKED, hear);
  }, [names.join(), open]); // eslint-disable-line react-hooks/exhaustive-deps
}
