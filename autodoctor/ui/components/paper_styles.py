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

PAPERS = """
.tip { display: flex; flex-direction: column; gap: var(--space-3); }
.tip-amounts, .tip-own { display: flex; flex-wrap: wrap; gap: var(--space-3); align-items: center; }
.tip-own .field-input { width: 120px; }
.plan-card { display: flex; flex-direction: column; gap: var(--space-3); padding: var(--space-4); border: 1px solid var(--line-strong);
  border-inline-start: 4px solid var(--accent); border-radius: var(--radius-control);
  background: var(--surface-raised); color: var(--text); }
.chat-plan { align-self: center; width: min(100%, 560px); display: flex; flex-direction: column; gap: var(--space-1); }
.room-reminder { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); flex: none;
  padding: var(--space-2) var(--space-4); background: var(--soon-soft); color: var(--soon-text); font-weight: 500; }
.pane-content .tabs-name { padding-inline: var(--space-2); white-space: nowrap; }
.card > .plan-card { padding: 0; border: 0; }
.plan-card-title { font-family: var(--font-heading); font-weight: 700; font-size: var(--text-m); }
.plan-steps { list-style: decimal; padding-inline-start: var(--space-5); display: flex; flex-direction: column; gap: var(--space-2); }
.plan-steps li > .chip { margin-inline-end: var(--space-2); }
.report { display: flex; flex-direction: column; gap: var(--space-4); }
.report-state { align-self: flex-start; padding: var(--space-1) var(--space-3); border-radius: var(--radius-control);
  background: var(--soon-soft); color: var(--soon-text); font-size: var(--text-s); font-weight: 500; }
.report-findings { list-style: none; margin: var(--space-2) 0 0; padding: 0; display: flex; flex-direction: column; gap: var(--space-3); }
.report-findings > li { display: grid; grid-template-columns: 72px minmax(0, 1fr); gap: var(--space-2); align-items: start; }
.report-findings > li > .chip { justify-self: start; }
.report-cost { display: inline-block; margin-inline-end: var(--space-4); color: var(--text-muted); font-size: var(--text-s);
  font-variant-numeric: tabular-nums; }
.report-sums { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-5); margin: 0; padding: var(--space-3);
  border-radius: var(--radius-control); background: var(--surface-sunken); font-variant-numeric: tabular-nums; }
.report-sums dt { color: var(--text-muted); font-size: var(--text-s); }
.report-sums dd { margin: 0; font-weight: 600; }
"""

EDITORS = """
.editor { display: flex; flex-direction: column; gap: var(--space-4); min-width: 0; }
.editor-lines { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: var(--space-3); }
.editor-line { display: flex; flex-direction: column; gap: var(--space-2); padding: var(--space-3); border: 1px solid var(--line);
  border-radius: var(--radius-control); background: var(--surface-raised); }
.editor-line textarea.field-input { min-height: var(--hit); field-sizing: content; resize: none; }
.editor-tools { display: flex; align-items: center; gap: var(--space-2); }
.editor-tools > input.field-input { flex: 1; min-width: 0; }
.editor-tools > select.field-input { flex: none; width: auto; }
.editor-tools > .composer-small { flex: none; min-width: var(--hit); min-height: var(--hit); }
.editor-money { display: grid; grid-template-columns: 1fr 1fr; gap: var(--space-3); }
.editor-group { margin: 0; padding: 0; border: 0; min-width: 0; display: flex; flex-direction: column; align-items: flex-start;
  gap: var(--space-3); }
.editor-group > ol { width: 100%; }
.editor-group legend { padding: 0; margin-bottom: var(--space-2); font-weight: 600; }
.editor-foot { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); }
.editor-total { font-weight: 600; font-variant-numeric: tabular-nums; }
"""

RULES = "\n".join((CODES, PAPERS, EDITORS))
