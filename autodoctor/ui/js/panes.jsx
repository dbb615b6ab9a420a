// Panes side by side on a desk; on a phone one of them, with a tab for each. The first child is the stage: it stands above the middle
// pane on a desk, above the tabs on a phone, and is always there.
import { Children, useCallback, useEffect, useId, useState } from "react";
import { useAsked } from "./open_part.js";
import { say } from "./words.js";

const ARROWS = { ArrowRight: 1, ArrowLeft: -1 };

export function Panes({ names, first = 0, wideFrom = 1000, children }) {
  const [open, setOpen] = useState(first);
  const narrow = useNarrow(wideFrom);
  const id = useId();
  const [stage, ...panes] = Children.toArray(children);
  useAsked(names, setOpen);

  const move = useCallback(
    (event) => {
      const step = ARROWS[event.key];
      if (!step) return;
      const next = (open + step + names.length) % names.length;
      setOpen(next);
      event.currentTarget.children[next].focus();
    },
    [open, names.length],
  );

  return (
    <div className="panes" data-narrow={narrow ? "" : undefined}>
      {stage}
      {narrow && (
        <div className="panes-tabs" role="tablist" aria-label={say("Parts of the room")} onKeyDown={move}>
          {names.map((name, index) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}-tab-${index}`}
              className="panes-tab"
              aria-selected={index === open}
              aria-controls={`${id}-pane-${index}`}
              tabIndex={index === open ? 0 : -1}
              onClick={() => setOpen(index)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      {panes.map((pane, index) => (
        <section
          key={names[index]}
          id={`${id}-pane-${index}`}
          className="panes-pane"
          role={narrow ? "tabpanel" : "region"}
          aria-label={narrow ? undefined : names[index]}
          aria-labelledby={narrow ? `${id}-tab-${index}` : undefined}
          hidden={narrow && index !== open}
          tabIndex={index === first ? undefined : 0} // what is only read scrolls with the keyboard too
        >
          {pane}
        </section>
      ))}
    </div>
  );
}

function useNarrow(wideFrom) {
  const [narrow, setNarrow] = useState(() => typeof window !== "undefined" && window.innerWidth < wideFrom);
  useEffect(() => {
    const wide = window.matchMedia(`(min-width: ${wideFrom}px)`);
    const note = () => setNarrow(!wide.matches);
    note();
    wide.addEventListener("change", note);
    return () => wide.removeEventListener("change", note);
  }, [wideFrom]);
  return narrow;
}
