"""The rules for the mechanic's dashboard, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

CONTROLS = """
.board-head { justify-content: space-between; }
.switch { display: inline-flex; align-items: center; gap: var(--space-3); min-height: var(--hit); padding: 0 var(--space-2);
  font-weight: 600; cursor: pointer; border-radius: var(--radius-control); }
.switch-track { position: relative; width: 52px; height: 32px; border-radius: 16px; background: var(--line-strong); flex: none;
  transition: background var(--moving); }
.switch-knob { position: absolute; top: 4px; left: 4px; width: 24px; height: 24px; border-radius: 50%; background: var(--surface-raised);
  transition: transform var(--moving); }
.switch[aria-checked="true"] .switch-track { background: var(--accent); }
.switch[aria-checked="true"] .switch-knob { transform: translateX(20px); }
.switch[disabled] { color: var(--text-muted); cursor: default; }
.switch[disabled] .switch-track { background: var(--line); }
.tabs { display: flex; flex-direction: column; gap: var(--space-5); min-width: 0; }
.tabs-names { display: flex; gap: var(--space-2); border-bottom: 1px solid var(--line); }
.tabs-name { min-height: 48px; padding: 0 var(--space-4); color: var(--text-muted); cursor: pointer; border-bottom: 2px solid transparent;
  margin-bottom: -1px; }
.tabs-name:hover { color: var(--text); }
.tabs-name[aria-selected="true"] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
.tabs-panel { min-width: 0; }
.tabs-panel[hidden] { display: none; }
.keep-focus:focus { outline: none; }
.alerts { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3);
  margin-inline-start: calc(-1 * var(--space-3)); }
.alerts .muted { margin-inline-start: var(--space-3); }
.alerts .button-secondary { margin-inline-start: var(--space-3); }
"""

REQUESTS = """
.requests { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); gap: var(--space-4);
  align-items: start; }
.request { animation: coming 180ms ease-out; gap: var(--space-3); overflow: hidden; }
.request-head { display: flex; justify-content: space-between; align-items: baseline; gap: var(--space-3); }
.request-head .heading3 { font-size: var(--text-xl); line-height: 1.2; overflow-wrap: anywhere; min-width: 0; }
.request-earn { flex: none; display: flex; flex-direction: column; align-items: flex-end; font-size: var(--text-l); font-weight: 700;
  line-height: 1.2; font-variant-numeric: tabular-nums; }
.request-earn span { font-size: var(--text-xs); font-weight: 500; color: var(--text-muted); }
.request-about { gap: var(--space-2); }
.request-who { font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.request-words { white-space: pre-line; overflow-wrap: anywhere; font-size: var(--text-l); line-height: 1.4;
  max-width: var(--width-reading); }
.request-details { font-size: var(--text-m); color: var(--text-muted); }
.request-photos { list-style: none; margin: 0; padding: 0; display: flex; gap: var(--space-2); }
.request-photos { overflow-x: auto; padding: 4px; margin: -4px; }
.request-photos li { flex: none; width: 88px; }
.request-photos .file-picture { width: 88px; height: 88px; }
.request-photos .file-paper { height: 88px; grid-template-columns: 1fr; align-content: start; overflow: hidden; }
.request-photos .file-kind { grid-row: auto; }
.request-photos .file-name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.offer { display: flex; flex-direction: column; gap: var(--space-1); }
.offer-track { height: 6px; border-radius: 3px; background: var(--surface-sunken); overflow: hidden; }
.offer-left { height: 100%; border-radius: 3px; background: var(--good); transition: width 1s linear; }
.offer[data-tone="soon"] .offer-left { background: var(--soon); }
.offer[data-tone="now"] .offer-left { background: var(--now); }
.offer-words { font-size: var(--text-s); color: var(--text-muted); font-variant-numeric: tabular-nums; }
.offer[data-tone="now"] .offer-words { color: var(--now-text); font-weight: 500; }
.request-foot { display: flex; align-items: center; gap: var(--space-2); }
.request-foot .button-large { flex: 1; }
.job-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-start; gap: var(--space-4); }
.review { margin: var(--space-3) 0 0; padding-inline-start: var(--space-3); border-inline-start: 3px solid var(--line);
  max-width: var(--width-reading); overflow-wrap: anywhere; }
.table-frame { overflow-x: auto; position: relative; }
.table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.table th { text-align: start; font-size: var(--text-s); font-weight: 500; color: var(--text-muted); }
.table th, .table td { padding: var(--space-3) var(--space-4) var(--space-3) 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.table th:nth-child(n+3), .table td:nth-child(n+3) { text-align: end; }
"""

RULES = "\n".join((CONTROLS, REQUESTS))
