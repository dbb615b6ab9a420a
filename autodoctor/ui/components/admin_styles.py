"""The rules for the administrators' pages, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

RULES = """
.strip { list-style: none; margin: 0 0 var(--space-5); padding: 0; display: grid;
  grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); border: 1px solid var(--line); border-radius: var(--radius-card);
  background: var(--surface-raised); overflow: hidden; min-height: 76px; }
.strip li + li { border-inline-start: 1px solid var(--line); }
.strip-figure { display: flex; flex-direction: column; padding: var(--space-3) var(--space-4); color: var(--text); text-decoration: none; }
a.strip-figure:hover { background: var(--surface-sunken); }
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
.time-left { font-variant-numeric: tabular-nums; }
.counts { display: grid; gap: var(--space-3); margin: 0; }
.count { display: flex; justify-content: space-between; gap: var(--space-4); }
.count dt { font-weight: 600; }
.count .muted { font-weight: 400; }
.count dd { margin: 0; font-size: var(--text-l); font-weight: 700; font-variant-numeric: tabular-nums; }
@media (max-width: 559px) {
  .strip { grid-template-columns: 1fr 1fr; }
  .strip li:nth-child(3) { border-inline-start: 0; }
  .strip li:nth-child(n+3) { border-top: 1px solid var(--line); }
  .queue-row > .button, .candidate > .button, .candidate-refused, .candidate-refused > .button { width: 100%; }
  .candidate-refused { justify-items: start; text-align: start; }
}
"""
