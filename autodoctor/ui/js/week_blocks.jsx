// What stands in a day of the calendar: its free hours, and its blocks. Both are buttons, and both listen to the arrow keys.
import { freePart, hasRoom, movedSpan, neighbour, nextCell, resizedSpan, spanOf, STEP, withSpan } from "./week_grid.js";
import { nameOf } from "./week.js";
import { rowWords, timeWords } from "./week_words.js";
import { say } from "./words.js";

const HOUR = 60;
const HALF_HOUR = 30;
const STEPS = {
  ArrowUp: { by: -1, minutes: -STEP },
  ArrowDown: { by: 1, minutes: STEP },
  PageUp: { by: -1, minutes: -HOUR },
  PageDown: { by: 1, minutes: HOUR },
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
};

/** Where the focus goes when a row is gone: the hour where it began. */
export function cellOf(row, hours) {
  const span = spanOf(row);
  const hour = span ? Math.floor(span.start / HOUR) : hours.from;
  return `[data-cell="${row.day}-${hour}"]`;
}

export function WeekCell({ day, hour, rows, hours, cursor, selected, on }) {
  const free = freePart(rows, day, hour);
  if (!free) return <div className="week-cell" />;
  const add = (event) => {
    if (event.detail > 0 && selected) return on.select(""); // a tap beside the selected block lets go of it
    return on.create(day, hour);
  };
  const keys = (event) => {
    if (event.key === "n" || event.key === "N") return event.ctrlKey || event.metaKey ? undefined : on.create(day, hour);
    const step = STEPS[event.key];
    if (!step || event.shiftKey) return undefined;
    event.preventDefault();
    const next = nextCell(rows, hours, { day, hour }, { days: step.days, by: step.by });
    if (!next) return undefined;
    on.setCursor(next);
    on.show(next.day);
    const board = event.currentTarget.closest(".week-board");
    return requestAnimationFrame(() => board.querySelector(`[data-cell="${next.day}-${next.hour}"]`)?.focus());
  };
  return (
    <button
      type="button"
      className="week-cell"
      data-cell={`${day}-${hour}`}
      tabIndex={isReached(rows, hours, cursor, { day, hour }) ? 0 : -1}
      aria-label={say("{day}, {time}, free", { day: nameOf(day), time: timeWords(hour * HOUR) })}
      onFocus={() => on.setCursor({ day, hour })}
      onKeyDown={keys}
      onClick={add}
    />
  );
}

/** One free hour of a day is reached by Tab: the one that was last on, or the first. */
function isReached(rows, hours, cursor, { day, hour }) {
  const isThere = cursor.day === day && cursor.hour >= hours.from && cursor.hour < hours.to && freePart(rows, day, cursor.hour);
  if (isThere) return hour === cursor.hour;
  return nextCell(rows, hours, { day, hour: hours.from - 1 }, { by: 1 })?.hour === hour;
}

export function WeekBlock({ row, rows, hours, hint, on, isSelected, isDrawn }) {
  const span = spanOf(row);
  if (!span) return null;
  const [from, length] = [hours.from * HOUR, (hours.to - hours.from) * HOUR];
  const style = { top: `${((span.start - from) / length) * 100}%`, height: `${((span.end - span.start) / length) * 100}%` };
  const keys = (event) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      return on.remove(row);
    }
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    event.preventDefault();
    if (event.shiftKey) return resize(row, span, step, on);
    return move(row, span, step, rows, on);
  };
  return (
    <div
      className="week-block"
      style={style}
      data-off={row.on ? undefined : ""}
      data-selected={isSelected ? "" : undefined}
      data-drawn={isDrawn ? "" : undefined}
      data-size={span.end - span.start < HALF_HOUR ? "sliver" : span.end - span.start < HOUR ? "line" : undefined}
    >
      <button
        type="button"
        className="week-face"
        data-block={row.key}
        aria-pressed={isSelected}
        aria-label={row.on ? say("{hours}, on", { hours: rowWords(row) }) : say("{hours}, off", { hours: rowWords(row) })}
        aria-describedby={hint}
        onFocus={() => on.select(row.key)}
        onClick={() => on.select(row.key)}
        onKeyDown={keys}
      >
        <span>{timeWords(span.start)}</span> <span>– {timeWords(span.end)}</span>
        {!row.on && <span>{say("Off")}</span>}
      </button>
      <span className="week-edge" data-block={row.key} data-edge="start" />
      <span className="week-edge" data-block={row.key} data-edge="end" />
    </div>
  );
}

function move(row, span, { minutes = 0, days = 0 }, rows, on) {
  const day = days ? neighbour(row.day, days) : row.day;
  if (day === undefined) return undefined;
  const next = { ...withSpan(row, movedSpan(span, minutes)), day };
  if (next.day === row.day && next.start === row.start && next.end === row.end) return undefined;
  if (!hasRoom(rows, next)) return on.blocked(next);
  return on.place(next, "moved", { isStep: true });
}

function resize(row, span, { minutes = 0, days = 0 }, on) {
  const next = minutes ? resizedSpan(span, "end", span.end + minutes) : resizedSpan(span, "start", span.start + days * STEP);
  if (next.start === span.start && next.end === span.end) return undefined;
  return on.place(withSpan(row, next), "resized", { isStep: true });
}
