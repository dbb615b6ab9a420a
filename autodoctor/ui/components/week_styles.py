"""The rules for the calendar of a week and for time off, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

FRAME = """
.week { --week-hour: 40px; display: flex; flex-direction: column; min-width: 0; border: 1px solid var(--line);
  border-radius: var(--radius-card); background: var(--surface-raised); }
.week-tabs { display: none; }
.week-board { display: grid; grid-template-columns: 64px repeat(7, minmax(0, 1fr)); padding: 0 var(--space-2) var(--space-1) 0; }
.week-day { display: flex; flex-direction: column; min-width: 0; }
.week-head { display: flex; flex-direction: column; gap: 2px; padding: var(--space-3) var(--space-1) var(--space-1) var(--space-2);
  height: 116px; }
.week-name { font-weight: 600; line-height: 1.3; }
.week-sum { color: var(--text-muted); font-size: var(--text-s); font-variant-numeric: tabular-nums;
  white-space: nowrap; }
.week-day[data-off] .week-name { color: var(--text-muted); }
.week-ways { display: flex; flex-wrap: wrap; align-items: center; margin-top: auto; gap: var(--space-1); }
.week-ways .switch { margin-inline-start: calc(-1 * var(--space-2)); }
.week-copy { display: grid; place-items: center; width: var(--hit); height: var(--hit); border-radius: var(--radius-control);
  color: var(--text-muted); cursor: pointer; }
.week-copy:hover { background: var(--surface-sunken); color: var(--text); }
.week-scale { display: flex; flex-direction: column; padding-top: 116px; color: var(--text-muted); font-size: var(--text-xs);
  font-variant-numeric: tabular-nums; text-align: end; }
.week-scale span { height: var(--week-hour); padding-inline-end: var(--space-2); line-height: 1; transform: translateY(-0.5em); }
.week-track { position: relative; display: flex; flex-direction: column; border-inline-start: 1px solid var(--line);
  border-bottom: 1px solid var(--line); touch-action: pan-y pinch-zoom; user-select: none; -webkit-user-select: none;
  -webkit-touch-callout: none; }
.week-day[data-off] .week-track { background: var(--surface-sunken); }
.week-cell { display: block; width: 100%; height: var(--week-hour); padding: 0; border-top: 1px solid var(--line); cursor: cell;
  transition: background var(--moving); }
.week-cell:focus-visible { outline-offset: -2px; z-index: 1; }
@media (hover: hover) { .week-cell:not(div):hover { background: var(--accent-soft); } }
.week-board[data-drawing], .week-board[data-drawing] * { cursor: grabbing; }
.week-board[data-drawing] .week-cell:hover { background: none; }
.week-below { padding: var(--space-1) var(--space-2); }
"""

BLOCKS = """
.week-block { position: absolute; inset-inline: 2px 3px; z-index: 2; padding-block: 1px; }
.week-face { display: flex; flex-wrap: wrap; align-content: flex-start; column-gap: 0.3em; width: 100%; height: 100%; overflow: hidden;
  padding: 6px var(--space-2); border-radius: 6px; border: 1px solid var(--accent); border-inline-start-width: 4px;
  background: var(--accent-soft); color: var(--accent-text); font-size: var(--text-s); font-weight: 600; line-height: 1.3;
  font-variant-numeric: tabular-nums; text-align: start; white-space: nowrap; cursor: grab;
  transition: background var(--moving), box-shadow var(--moving); }
.week-face > :nth-child(3) { flex-basis: 100%; }
.week-block[data-size] .week-face { padding-block: 0; line-height: 1.1; font-size: var(--text-xs); flex-wrap: nowrap; align-items: center; }
.week-block[data-size="sliver"] .week-face { color: transparent; }
.week-block[data-off] .week-face { border-style: dashed; border-inline-start-style: solid;
  border-color: var(--line-strong); background: var(--surface-raised); color: var(--text-muted); }
.week-block[data-selected] { z-index: 3; }
.week-block[data-selected] .week-face { box-shadow: inset 0 0 0 1px currentColor, var(--shadow); touch-action: none; }
.week-block[data-drawn] { z-index: 4; opacity: 0.9; }
.week-block[data-drawn] .week-face { box-shadow: var(--shadow); }
.week-edge { position: absolute; inset-inline: 0; height: 10px; cursor: ns-resize; touch-action: none; }
.week-edge[data-edge="start"] { top: -2px; }
.week-edge[data-edge="end"] { bottom: -2px; }
.week-block[data-selected] .week-edge::after { content: ""; position: absolute; inset-inline-start: 50%; width: 24px; height: 4px;
  margin-inline-start: -12px; border-radius: 2px; background: var(--accent); top: 3px; }
.week-block[data-off][data-selected] .week-edge::after { background: var(--line-strong); }
@media (pointer: coarse) {
  .week-edge { display: none; height: 28px; }
  .week-block[data-selected] .week-edge { display: block; }
  .week-edge[data-edge="start"] { top: -16px; }
  .week-edge[data-edge="end"] { bottom: -16px; }
  .week-block[data-selected] .week-edge::after { width: 40px; height: 8px; margin-inline-start: -20px; border-radius: 4px; top: 10px;
    border: 1px solid var(--surface-raised); }
}
"""

FOOT = """
.week-foot { z-index: 5; display: flex; flex-direction: column; background: var(--surface-raised);
  border-top: 1px solid var(--line); border-radius: 0 0 var(--radius-card) var(--radius-card); }
.week-foot[data-stays] { position: sticky; bottom: 0; }
.week-note { display: flex; align-items: center; justify-content: space-between; gap: var(--space-2); min-height: var(--hit);
  padding-inline: var(--space-4) var(--space-2); background: var(--accent-soft); color: var(--accent-text); }
.time-off .week-note { border-radius: var(--radius-control); }
.week-note[data-empty] { display: contents; }
.week-bar { display: flex; align-items: center; justify-content: space-between; flex-wrap: wrap; gap: 0 var(--space-4);
  min-height: 60px; padding: var(--space-1) var(--space-4); }
.week-chosen { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-4); }
.week-choices { display: flex; gap: var(--space-2); }
.week-hint { color: var(--text-muted); font-size: var(--text-s); flex: 1 1 200px; }
.week-hint[data-for="finger"] { display: none; }
@media (pointer: coarse) { .week-hint[data-for="finger"] { display: block; } .week-hint[data-for="mouse"] { display: none; } }
.week-exact .week-saving { justify-content: flex-end; min-height: var(--hit); }
.week-saving { display: flex; align-items: center; margin-inline-start: auto; color: var(--text-muted); font-size: var(--text-s); }
.week-saving[data-state="saved"] { color: var(--good-text); }
.week-saving[data-state="failed"] { color: var(--now-text); font-weight: 500; }
"""

AROUND = """
.week-zone { max-width: var(--width-form); }
.week-exact { border-block: 1px solid var(--line); }
.week-exact > summary { min-height: var(--hit); padding-block: 10px; font-weight: 600; cursor: pointer; }
.week-exact-days { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); align-items: start;
  gap: var(--space-4) var(--space-6); padding-bottom: var(--space-5); }
.week-days { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 0 var(--space-3); }
.week-choice { display: flex; align-items: center; gap: var(--space-3); min-height: var(--hit); cursor: pointer; }
.week-choice input { width: 20px; height: 20px; accent-color: var(--accent); flex: none; }
.time-off { display: flex; flex-direction: column; gap: var(--space-5); }
.time-off > .stack:focus { outline: none; }
.time-off > .form { gap: var(--space-3); }
.time-off ul { margin: 0; padding-inline-start: var(--space-5); list-style: disc; }
.time-off .notice { margin-top: var(--space-3); }
.time-off-fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: var(--space-4);
  align-items: start; max-width: 820px; }
.week-off-days { font-weight: 600; font-variant-numeric: tabular-nums; }
"""

PHONE = """
@media (max-width: 799px) {
  .week { --week-hour: 44px; }
  .week-tabs { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); position: sticky; top: 0; z-index: 6;
    background: var(--surface-raised); border-bottom: 1px solid var(--line); border-radius: var(--radius-card) var(--radius-card) 0 0; }
  .week-tab { position: relative; min-height: 48px; padding: 0; font-size: var(--text-s); color: var(--text-muted); cursor: pointer;
    border-bottom: 3px solid transparent; }
  .week-tab[aria-pressed="true"] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
  .week-tab[data-on]::after { content: ""; position: absolute; inset-inline-start: calc(50% - 3px); bottom: 5px; width: 6px; height: 6px;
    border-radius: 50%; background: var(--accent); }
  .week-tab:focus-visible { outline-offset: -2px; }
  .week-board { grid-template-columns: 56px minmax(0, 1fr); padding-inline-end: var(--space-3); }
  .week-day:not([data-shown]) { display: none; }
  .week-head { flex-direction: row; align-items: center; gap: var(--space-3); height: 64px; padding: var(--space-1) 0; }
  .week-ways { margin: 0 0 0 auto; flex-wrap: nowrap; }
  .week-scale { padding-top: 64px; }
  .week-face { font-size: var(--text-m); }
  .week-bar { padding-inline: var(--space-3); }
}
"""

RULES = FRAME + BLOCKS + FOOT + AROUND + PHONE
