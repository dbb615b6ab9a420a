// What the palette opens: a field, and below it the pages that fit and, for those who may look for them, sessions and people.
import { Command } from "cmdk";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { say } from "./words.js";

const PAUSE_MS = 250;
const SHORTEST = 3;

export default function Commands({ pages, canFind, answer, onFind, onLeave }) {
  const [words, setWords] = useState("");
  const wanted = words.trim();
  const navigate = useNavigate();
  const asks = canFind && wanted.length >= SHORTEST;
  const box = useRef(null);
  useChosenTold(box);
  useAsking(asks ? wanted : "", onFind);
  const isAnswered = asks && answer?.words === wanted;
  const found = isAnswered ? answer.found : [];
  const go = (href) => {
    onLeave();
    navigate(href);
  };

  return (
    <Command ref={box} label={say("Go to")} shouldFilter={false} loop>
      <Command.Input
        autoFocus
        value={words}
        onValueChange={setWords}
        maxLength={100}
        className="field-input"
        placeholder={canFind ? say("A page, a session's number, a name or an email address") : say("A page")}
      />
      <Command.List className="palette-list" label={say("What fits")}>
        <Command.Empty className="palette-note">{asks && !isAnswered ? say("Looking…") : say("Nothing fits.")}</Command.Empty>
        <Group heading={say("Pages")} lines={pages.filter((page) => fits(page, wanted))} onGo={go} />
        <Group heading={say("Found")} lines={found} onGo={go} />
      </Command.List>
      {isAnswered && answer.note && (
        <p className="palette-note" role="status">
          {answer.note}
        </p>
      )}
    </Command>
  );
}

function Group({ heading, lines, onGo }) {
  if (lines.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {lines.map((line) => (
        <Command.Item key={line.href} value={`${heading} ${line.href}`} className="palette-item" onSelect={() => onGo(line.href)}>
          <span>{line.label}</span>
          {line.about && <span className="muted">{line.about}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Whether every word stands in a page's name or in what it is about. */
function fits(page, wanted) {
  const text = `${page.label} ${page.about}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The field says which line Enter would take, from the first one on: the library says so only once the choice has moved. */
function useChosenTold(box) {
  useEffect(() => {
    const field = box.current.querySelector("[role=combobox]");
    const tell = () => {
      const chosen = box.current?.querySelector("[role=option][aria-selected=true]");
      if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
      else field.removeAttribute("aria-activedescendant");
    };
    tell();
    const watcher = new MutationObserver(tell);
    watcher.observe(box.current, { subtree: true, childList: true, attributeFilter: ["aria-selected"] });
    return () => watcher.disconnect();
  }, [box]);
}

/** Asks once somebody has stopped typing. */
function useAsking(words, onFind) {
  useEffect(() => {
    if (!words || !onFind) return undefined;
    const timer = setTimeout(() => onFind(words), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]); // eslint-disable-line react-hooks/exhaustive-deps -- the handler is drawn anew with every answer
}
