"""The rules for the administrators' pages, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

RULES = """
.strip { list-style: none; margin: 0 0 var(--space-5); padding: 0; display: grid;
  grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); border: 1px solid var(--line); border-radius: var(--radius-card);
  background: var(--surface-raised); overflow: hidden; min-height: 76px; }
.strip li + li { border-inline-start: 1px solid var(--line); }
.strip-figure { display: flex; flex-direction: column; padding: var(--space-3) var(--space-4); color: var(--text); text-decoration: none; }
a.strip-figure:hover { background: var(--surface-sunken); }
a.strip-figure:focus-visible { outline-offset: -2px; }
.strip-value { font-family: var(--font-heading); font-size: var(--text-xl); font-weight: 700; font-variant-numeric: tabular-nums; }
.strip-name { font-size: var(--text-s); color: var(--text-muted); }
.queue, .candidates, .runs { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--space-3); }
.queue-row, .candidate { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-start;
  gap: var(--space-3) var(--space-4); }
.queue-row > .stack, .candidate > .stack { flex: 1 1 260px; min-width: 0; gap: var(--space-1); overflow-wrap: anywhere; }
.candidates { margin-top: var(--space-3); border-top: 1px solid var(--line); gap: 0; }
.candidates li { padding: var(--space-3) 0; border-bottom: 1px solid var(--line); }
.candidates li:last-child { border-bottom: 0; padding-bottom: 0; }
.candidate-refused { display: grid; gap: var(--space-1); justify-items: end; text-align: end; }
.pick { display: grid; place-items: center; min-width: var(--hit); min-height: var(--hit); margin-inline-start: -10px; cursor: pointer; }
.time-left { font-variant-numeric: tabular-nums; }
.counts { display: grid; gap: var(--space-3); margin: 0; }
.count { display: flex; justify-content: space-between; gap: var(--space-4); }
.count dt { font-weight: 600; }
.count .muted { font-weight: 400; }
.count dd { margin: 0; font-size: var(--text-l); font-weight: 700; font-variant-numeric: tabular-nums; }
.ways { display: flex; gap: var(--space-1) var(--space-4); overflow-x: auto; border-bottom: 1px solid var(--line); }
.ways a { flex: none; display: inline-flex; align-items: center; min-width: var(--hit); min-height: var(--hit); color: var(--text-muted);
  border-bottom: 2px solid transparent; }
.ways a:hover { color: var(--text); }
.ways a:focus-visible { outline-offset: -2px; }
.ways a[aria-current="page"] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
.filter-row { display: flex; flex-wrap: wrap; align-items: flex-end; gap: var(--space-3); }
.filter-row .field { flex: 0 1 260px; }
@media (max-width: 719px) { .filter-row .field { flex-basis: 100%; } }
.filter-fold > summary { display: inline-flex; align-items: center; min-height: var(--hit); color: var(--accent-text); cursor: pointer; }
.filter-fold > summary::before { content: "+"; width: 1.2em; }
.filter-fold[open] > summary::before { content: "–"; }
.search-row { display: flex; gap: var(--space-2); max-width: 480px; margin-top: var(--space-1); }
.search-row .field-input { flex: 1 1 0; min-width: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(150px, 100%), 1fr)); gap: var(--space-4); margin: 0; }
.tiles > div { border-top: 1px solid var(--line); padding-top: var(--space-2); }
.tiles dt { font-size: var(--text-s); color: var(--text-muted); }
.tiles dd { margin: 0; font-size: var(--text-l); font-weight: 700; font-variant-numeric: tabular-nums; }
.tiles .tile-means { font-size: var(--text-s); font-weight: 400; color: var(--text-muted); }
.money-table th:nth-child(n), .money-table td:nth-child(n) { text-align: start; vertical-align: top; }
.money-table th.cell-money:nth-child(n), .money-table td.cell-money:nth-child(n) { text-align: end; font-weight: 600; }
.money-table td.cell-words { white-space: normal; min-width: 220px; overflow-wrap: anywhere; }
.money-table td .link { display: inline-flex; align-items: center; min-height: 24px; }
@media (pointer: coarse) { .money-table td .link { min-width: var(--hit); min-height: var(--hit); } }
.money-table td .row { flex-wrap: nowrap; }
.chart { margin: 0; display: flex; flex-direction: column; gap: var(--space-2); }
.bars { display: flex; align-items: stretch; gap: 2px; height: 140px; border-bottom: 1px solid var(--line-strong); }
.bar-day { flex: 1 1 0; min-width: 0; display: flex; align-items: flex-end; gap: 1px; }
.bar { flex: 1 1 0; background: var(--accent); border-radius: 2px 2px 0 0; }
.bar-back { background: var(--line-strong); }
.bar-lost { background: var(--now); }
.bar-open { background: var(--soon-text); }
.bars-stacked .bar-day { flex-direction: column-reverse; align-items: stretch; justify-content: flex-start; gap: 0; }
.bars-stacked .bar { flex: 0 1 auto; border-radius: 0; }
.bars-stacked .bar + .bar { box-shadow: inset 0 -1px var(--surface-raised); }
.bars-ends { display: flex; justify-content: space-between; gap: var(--space-4); font-size: var(--text-xs); color: var(--text-muted); }
.bars-keys { display: flex; flex-wrap: wrap; gap: 0 var(--space-4); font-size: var(--text-s); color: var(--text-muted); }
.bars-key::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-inline-end: var(--space-2); border-radius: 2px;
  background: var(--accent); }
.bars-key.bar-back, .bars-key.bar-lost, .bars-key.bar-open { background: none; }
.bars-key.bar-back::before { background: var(--line-strong); }
.bars-key.bar-lost::before { background: var(--now); }
.bars-key.bar-open::before { background: var(--soon-text); }
.chart-table summary, .list-card summary { padding: 10px 0; min-height: var(--hit); font-size: var(--text-s);
  color: var(--accent-text); cursor: pointer; }
.chart-table .table-frame { max-height: 320px; overflow-y: auto; }
.chart-table .table th, .chart-table .table td { padding: var(--space-1) var(--space-2) var(--space-1) 0; font-size: var(--text-s); }
.chart-table .table th { font-size: var(--text-xs); }
.overview { display: flex; flex-direction: column; gap: var(--space-6); }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); gap: var(--space-4); }
.panel { box-shadow: none; display: grid; grid-row: span 3; grid-template: subgrid / minmax(0, 1fr); align-content: start; }
.panel .bars { height: 96px; }
.panel .bar-day { gap: 0; }
.panel .bars:has(> :nth-child(60)) { gap: 1px; }
.panel .tiles { align-content: start; grid-template-columns: repeat(auto-fill, minmax(min(110px, 100%), 1fr)); }
.needs { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
  gap: var(--space-3); }
.need { display: flex; align-items: baseline; gap: var(--space-3); height: 100%; padding: var(--space-3) var(--space-4);
  border: 1px solid var(--line); border-inline-start: 4px solid var(--soon-text); border-radius: var(--radius-control);
  background: var(--surface-raised); color: var(--text); }
.need:hover { background: var(--surface-sunken); }
.need[data-tone="now"] { border-inline-start-color: var(--now); }
.need-number { font-family: var(--font-heading); font-size: var(--text-xl); font-weight: 700; font-variant-numeric: tabular-nums; }
.need-title { display: block; font-weight: 600; }
@media (max-width: 559px) {
  .ways { flex-wrap: wrap; row-gap: 0; }
  .money-rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .money-rows, .money-rows tbody { display: block; }
  .money-rows tbody tr { display: grid; grid-template-columns: 1fr auto; gap: var(--space-1) var(--space-3); padding: var(--space-3) 0;
    grid-template-areas: "title money" "words words" "date status" "ways ways"; border-bottom: 1px solid var(--line); }
  .money-rows tbody td:nth-child(n) { display: block; padding: 0; border: 0; min-width: 0; }
  .money-rows .cell-date { grid-area: date; color: var(--text-muted); white-space: normal; }
  .money-rows .cell-title { grid-area: title; font-weight: 600; overflow-wrap: anywhere; white-space: normal; }
  .money-rows .cell-words { grid-area: words; }
  .money-rows .cell-money { grid-area: money; }
  .money-rows .cell-status { grid-area: status; }
  .money-rows .cell-ways { grid-area: ways; }
  .strip { grid-template-columns: 1fr 1fr; }
  .strip li:nth-child(3) { border-inline-start: 0; }
  .strip li:nth-child(n+3) { border-top: 1px solid var(--line); }
  .queue-row > .button, .candidate > .button, .candidate-refused, .candidate-refused > .button { width: 100%; }
  .candidate-refused { justify-items: start; text-align: start; }
}
"""
