"""The rules for what mechanics see of their money, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

PAGE = """
.earnings { display: flex; flex-direction: column; gap: var(--space-6); min-width: 0; }
.asked-for { list-style: disc; padding-inline-start: var(--space-5); display: flex; flex-direction: column; gap: var(--space-1); }
.waiting-note:empty { position: absolute; }
.waiting-note .notice { justify-content: space-between; max-width: none; font-size: var(--text-m); }
.page:has(.tabs-panel:not([hidden]) .earnings) .waiting-note { display: none; }
.tiles-sums { grid-template-columns: repeat(auto-fill, minmax(min(132px, 100%), 1fr)); }
@media (min-width: 720px) { .tiles-sums { grid-template-columns: repeat(3, 1fr); } }
.tiles-waiting { grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr)); }
.bars-labels { display: flex; gap: 2px; font-size: var(--text-xs); color: var(--text-muted); }
.bars-labels span { flex: 1 1 0; min-width: 0; text-align: center; white-space: nowrap; }
@media (max-width: 719px) { .bars-labels span:nth-child(3n+2), .bars-labels span:nth-child(3n) { visibility: hidden; width: 0; } }
"""

TABLES = """
.weeks th:nth-child(n+2):nth-child(-n+4), .weeks td:nth-child(n+2):nth-child(-n+4) { text-align: end; }
.stacked th:last-child, .stacked td:last-child { padding-inline-end: 0; }
.stacked .row { flex-wrap: nowrap; }
.stacked .cell-beside .row { justify-content: flex-end; }
.stacked td .link { display: inline-flex; align-items: center; min-height: 24px; }
.stacked .cell-state .muted { display: block; }
@media (max-width: 639px) {
  .stacked, .stacked tbody { display: block; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-1) var(--space-4); align-items: baseline;
    padding: var(--space-3) 0; border-bottom: 1px solid var(--line); }
  .stacked td:nth-child(n) { padding: 0; border: 0; text-align: start; white-space: normal; }
  .stacked .cell-what { order: 1; font-weight: 600; }
  .stacked .cell-what .muted { font-weight: 400; }
  .stacked td .link { min-height: var(--hit); margin-block: -10px; }
  .stacked .cell-beside:nth-child(n) { order: 2; text-align: end; }
  .stacked .cell-below { order: 3; color: var(--text-muted); font-size: var(--text-s); }
  .stacked .cell-state:nth-child(n) { order: 4; text-align: end; }
  .stacked .cell-named:nth-child(n) { order: 5; font-size: var(--text-s); display: flex; gap: var(--space-2); }
  .stacked td[data-label]::before { content: attr(data-label); color: var(--text-muted); }
  .weeks tr:nth-child(n) { grid-template-columns: 1fr 1fr 1fr; }
  .weeks .cell-what { grid-column: span 2; }
  .weeks .cell-named:nth-child(n) { flex-direction: column; gap: 0; text-align: start; }
  .weeks .cell-named:nth-child(4) { text-align: end; }
  .shares .cell-named + .cell-named { justify-content: flex-end; }
}
"""

RULES = "\n".join((PAGE, TABLES))
