"""The rules for what mechanics see of their money, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

RULES = """
.asked-for { list-style: disc; padding-inline-start: var(--space-5); display: flex; flex-direction: column; gap: var(--space-1); }
.waiting-note:empty { position: absolute; }
.waiting-note .notice { justify-content: space-between; max-width: none; font-size: var(--text-m); }
.bars-labels { display: flex; gap: 2px; font-size: var(--text-xs); color: var(--text-muted); }
.bars-labels span { flex: 1 1 0; min-width: 0; text-align: center; white-space: nowrap; }
@media (max-width: 719px) { .bars-labels span:nth-child(3n+2), .bars-labels span:nth-child(3n) { visibility: hidden; width: 0; } }
.weeks th:nth-child(n+2):nth-child(-n+4), .weeks td:nth-child(n+2):nth-child(-n+4) { text-align: end; }
.weeks th:last-child, .weeks td:last-child, .shares th:last-child, .shares td:last-child { padding-inline-end: 0; }
.weeks .row, .shares .row { flex-wrap: nowrap; justify-content: flex-start; }
.weeks td:last-child .row { justify-content: flex-end; }
.weeks td .link, .shares td .link { display: inline-flex; align-items: center; min-height: 24px; }
.shares td .chip + .muted { display: block; }
"""
