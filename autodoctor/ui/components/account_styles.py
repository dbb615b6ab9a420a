"""The rules for everybody's own account, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

RULES = """
.logins { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.login { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: var(--space-2) var(--space-4);
  padding: var(--space-3) 0; border-bottom: 1px solid var(--line); }
.login > .stack { flex: 1 1 220px; gap: var(--space-1); overflow-wrap: anywhere; }
.login > .form { gap: 0; }
.login-note { color: var(--good-text); font-weight: 500; }
.login-note:empty { position: absolute; }
.factor:focus { outline: none; }
.factor.stack { gap: var(--space-4); }
.qr { width: min(240px, 100%); border: 1px solid var(--line); border-radius: var(--radius-control); align-self: center; }
.factor-secret { overflow-wrap: anywhere; color: var(--text); }
.recovery-codes { list-style: none; margin: 0; padding: var(--space-4); display: grid; gap: var(--space-2);
  grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr)); background: var(--surface-sunken);
  border-radius: var(--radius-control); font-variant-numeric: tabular-nums; }
.recovery-codes code { overflow-wrap: anywhere; }
"""
