"""The rules for what is written about a car (codes, plan, report), in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

CODES = """
.codes { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; align-items: flex-start; gap: var(--space-2); }
.codes > li { max-width: 100%; }
.code { max-width: var(--width-reading); border: 1px solid var(--line-strong); border-radius: var(--radius-control); color: var(--text);
  background: var(--surface-raised); font-size: var(--text-s); }
.code summary { display: flex; align-items: baseline; gap: var(--space-2); min-height: 32px; padding: 5px var(--space-3);
  cursor: pointer; list-style: none; }
.code summary::-webkit-details-marker { display: none; }
.code summary::after { content: "+"; margin-inline-start: auto; padding-inline-start: var(--space-2); color: var(--text-muted); }
.code[open] summary::after { content: "–"; }
.code summary b { font-weight: 600; font-variant-numeric: tabular-nums; }
.code-more { padding: 0 var(--space-3) var(--space-3); display: flex; flex-direction: column; gap: var(--space-2); }
.code-urgency { font-weight: 600; }
.code-urgency[data-tone="now"] { color: var(--now-text); }
.code-urgency[data-tone="soon"] { color: var(--soon-text); }
.code-about { color: var(--text-muted); }
.code-hints:empty { display: none; }
.chat-message .codes { margin-top: var(--space-2); }
@media (pointer: coarse) { .code summary { min-height: var(--hit); padding-block: 10px; } }
"""

RULES = CODES
