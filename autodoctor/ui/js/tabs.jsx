// Tabs: one panel is seen, the others wait behind their names. Arrow keys move between the names.
import { Children, useCallback, useEffect, useId, useState } from "react";
import { useLocation } from "react-router";
import { useAsked } from "./open_part.js";
import { nameInAddress, namedInAddress } from "./tabs_address.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };

/** One child for each of `names`. `onOpen(key)` is called whenever a tab is opened, and with `param` its key stands in the address: of
 * `keys`, which are the same in every language, else its name. */
export function Tabs({ names, keys = names, label, param = "", onOpen, children }) {
  const [open, setOpen] = useState(0);
  const [opened, setOpened] = useState([0]); // a panel that was never opened isn't there
  const id = useId();
  const panels = Children.toArray(children);

  const show = useCallback(
    (index) => {
      setOpen(index);
      setOpened((before) => (before.includes(index) ? before : [...before, index]));
      if (param) nameInAddress(param, keys, index);
      onOpen?.(keys[index]);
    },
    [keys, param, onOpen],
  );

  const { search } = useLocation(); // another one when a link leads here again, not when a tab puts its own name in
  useEffect(() => {
    const index = param ? Math.max(namedInAddress(param, keys), 0) : open;
    if (index !== open) show(index);
  }, [search]); // eslint-disable-line react-hooks/exhaustive-deps

  useAsked(names, show);

  const move = useCallback(
    (event) => {
      const ends = { Home: 0, End: names.length - 1 };
      const step = STEPS[event.key];
      if (!step && !(event.key in ends)) return;
      event.preventDefault();
      const next = step ? (open + step + names.length) % names.length : ends[event.key];
      show(next);
      event.currentTarget.children[next].focus();
    },
    [open, names.length, show],
  );

  return (
    <div className="tabs">
      <div className="tabs-names" role="tablist" aria-label={label} onKeyDown={move}>
        {names.map((name, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            className="tabs-name"
            aria-selected={index === open}
            aria-controls={`${id}-panel-${index}`}
            tabIndex={index === open ? 0 : -1}
            onClick={() => show(index)}
          >
            {name}
          </button>
        ))}
      </div>
      {panels.map((panel, index) => (
        <div
          key={names[index]}
          id={`${id}-panel-${index}`}
          className="tabs-panel"
          role="tabpanel"
          aria-labelledby={`${id}-tab-${index}`}
          hidden={index !== open}
        >
          {opened.includes(index) && panel}
        </div>
      ))}
    </div>
  );
}
