// Drawing, moving and resizing blocks of a week by mouse, pen or finger. A finger that doesn't rest first scrolls the page.
import { useEffect, useRef, useState } from "react";
import { newId } from "./http.js";
import { STEP, drawnSpan, movedSpan, resizedSpan, spanOf, withSpan } from "./week_grid.js";

const SLACK_PX = 4;
const FINGER_SLACK_PX = 10;
const REST_MS = 350;
const EDGE_PX = 80;
const SCROLL_PX = 8;
const COARSE_STEP = 30;

/**
 * `board` is the element around the days' tracks (`data-track`), on which `rows` are drawn from hour `from` to hour `to`. Answers
 * {draft, start}: the row as it would be now ({row, kind}, or null), and what to call at pointerdown. `onDone(draft)` takes the row
 * when it is let go of; Escape or the browser's own gesture gives it up.
 */
export function useGestures(board, { rows, hours, selected, onDone }) {
  const [draft, setDraft] = useState(null);
  const gesture = useRef(null);
  const latest = useRef({});
  latest.current = { rows, hours, onDone };

  useEffect(() => {
    const element = board.current;
    const hold = (event) => gesture.current?.isActive && event.preventDefault(); // else the page would scroll under the finger
    element?.addEventListener("touchmove", hold, { passive: false });
    return () => element?.removeEventListener("touchmove", hold);
  }, [board]);
  useEffect(() => () => gesture.current?.end(), []);

  const start = (event) => {
    if (event.button !== 0 || gesture.current) return;
    const aim = aimOf(event, latest.current);
    if (!aim) return;
    const isFinger = event.pointerType === "touch";
    const mustRest = isFinger && !aim.edge && !(aim.row && aim.row.key === selected);
    gesture.current = follow(event, { aim, mustRest, slack: isFinger ? FINGER_SLACK_PX : SLACK_PX });
  };

  function follow(first, { aim, mustRest, slack }) {
    let [x, y, last] = [first.clientX, first.clientY, null];
    let frame = 0;
    const own = { isActive: false };
    const begin = () => {
      own.isActive = true;
      board.current.dataset.drawing = "";
      draw();
      frame = requestAnimationFrame(scroll);
    };
    const draw = () => {
      last = rowAt(aim, board.current, latest.current, x, y);
      setDraft(last);
    };
    const scroll = () => {
      const by = y < EDGE_PX ? -SCROLL_PX : y > innerHeight - EDGE_PX ? SCROLL_PX : 0;
      if (by) {
        window.scrollBy({ top: by, behavior: "instant" });
        draw();
      }
      frame = requestAnimationFrame(scroll);
    };
    const rest = mustRest ? setTimeout(begin, REST_MS) : null;
    const move = (event) => {
      if (event.pointerId !== first.pointerId) return;
      [x, y] = [event.clientX, event.clientY];
      if (own.isActive) return draw();
      if (Math.hypot(x - first.clientX, y - first.clientY) < slack) return undefined;
      return mustRest ? own.end() : begin();
    };
    const up = (event) => {
      if (event.pointerId !== first.pointerId) return;
      const done = own.isActive && event.type === "pointerup" ? last : null;
      if (own.isActive) swallowClick();
      own.end();
      if (done) latest.current.onDone(done);
    };
    const key = (event) => {
      if (event.key !== "Escape" || !own.isActive) return;
      event.stopPropagation();
      swallowClick();
      own.end();
    };
    const listeners = [["pointermove", move], ["pointerup", up], ["pointercancel", up], ["keydown", key]];
    own.end = () => {
      clearTimeout(rest);
      cancelAnimationFrame(frame);
      for (const [name, listener] of listeners) window.removeEventListener(name, listener, true);
      if (board.current) delete board.current.dataset.drawing;
      gesture.current = null;
      setDraft(null);
    };
    for (const [name, listener] of listeners) window.addEventListener(name, listener, true);
    return own;
  }

  return { draft, start };
}

/** What was taken hold of: free time of a day, a block, or its edge. */
function aimOf(event, { rows, hours }) {
  const track = event.target.closest("[data-track]");
  if (!track) return null;
  const edge = event.target.closest("[data-edge]");
  const key = (edge ?? event.target.closest("[data-block]"))?.dataset.block;
  const at = minuteAt(track, hours, event.clientY);
  const row = rows.find((each) => each.key === key);
  return { edge: edge?.dataset.edge, row, at, day: Number(track.dataset.track), step: event.pointerType === "mouse" ? STEP : COARSE_STEP };
}

function rowAt({ edge, row, at, day, step }, board, { hours }, x, y) {
  const tracks = [...board.querySelectorAll("[data-track]")].filter((each) => each.offsetWidth > 0);
  const own = tracks.find((each) => Number(each.dataset.track) === (row?.day ?? day));
  if (!own) return null;
  const now = minuteAt(own, hours, y);
  if (!row) return { kind: "added", row: { ...withSpan({ key: DRAWN, day, on: true }, drawnSpan(at, now, step)), isNew: true } };
  if (edge) return { kind: "resized", row: withSpan(row, resizedSpan(spanOf(row), edge, now)) };
  const over = tracks.find((each) => within(each.getBoundingClientRect(), x)) ?? own;
  return { kind: "moved", row: { ...withSpan(row, movedSpan(spanOf(row), now - at)), day: Number(over.dataset.track) } };
}

const DRAWN = "drawn";

/** A drawn row with a key of its own. */
export function kept(row) {
  const { isNew, ...rest } = row;
  return isNew ? { ...rest, key: newId() } : rest;
}

function minuteAt(track, hours, y) {
  const box = track.getBoundingClientRect();
  return hours.from * 60 + ((y - box.top) / box.height) * (hours.to - hours.from) * 60;
}

function within(box, x) {
  return box.left <= x && x < box.right;
}

/** The click that follows a drag is none. */
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, true), 0);
}
