"""The rules for what single pages need beside the components, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

HOME = """
.hero { display: grid; gap: var(--space-6); align-items: center; }
.hero-words { gap: var(--space-4); align-items: flex-start; }
.hero-title { font-size: var(--text-2xl); line-height: 1.1; }
.hero-words .body { font-size: var(--text-m); color: var(--text-muted); }
.proof { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-3); min-height: 24px; color: var(--text-muted);
  font-size: var(--text-s); }
.proof-online::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-inline-end: var(--space-2); border-radius: 50%;
  background: var(--good); }
.sample { border: 1px solid var(--line); border-radius: var(--radius-card); background: var(--surface-raised); box-shadow: var(--shadow);
  overflow: hidden; }
.sample .chat-message { font-size: var(--text-s); }
.how { counter-reset: step; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); gap: var(--space-5); }
.how > li { counter-increment: step; display: grid; grid-template-columns: 40px 1fr; gap: var(--space-1) var(--space-3);
  align-content: start; }
.how > li::before { content: counter(step); grid-row: span 2; width: 36px; height: 36px; display: grid; place-items: center;
  border: 2px solid var(--accent); border-radius: 50%; color: var(--accent-text); font-family: var(--font-heading); font-weight: 700; }
.how .heading3 { align-self: center; min-height: 36px; display: flex; align-items: center; }
.how .body { color: var(--text-muted); }
.reviews { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); gap: var(--space-4); }
.reviews .card { height: 100%; box-shadow: none; }
.questions { border-top: 1px solid var(--line); }
.question { border-bottom: 1px solid var(--line); }
.question summary { display: flex; align-items: center; justify-content: space-between; gap: var(--space-4); min-height: 56px;
  font-weight: 600; cursor: pointer; list-style: none; }
.question summary::-webkit-details-marker { display: none; }
.question summary::after { content: "+"; font-size: var(--text-l); font-weight: 400; color: var(--text-muted); }
.question[open] summary::after { content: "–"; }
.question .body { padding-bottom: var(--space-4); color: var(--text-muted); }
.thumb { display: none; }
@media (max-width: 719px) {
  .hero-words > .button { display: none; }
  .thumb { display: flex; position: sticky; bottom: 0; z-index: 5; margin: 0 calc(-1 * var(--space-4)) calc(-1 * var(--space-8));
    padding: var(--space-3) var(--space-4) max(var(--space-3), env(safe-area-inset-bottom)); background: var(--surface);
    border-top: 1px solid var(--line); }
  .thumb .button { flex: 1; }
}
@media (min-width: 900px) {
  .hero { grid-template-columns: minmax(0, 1.05fr) minmax(0, 1fr); gap: var(--space-7); padding-block: var(--space-5); }
  .hero-title { font-size: clamp(var(--text-3xl), 3.8vw, 3.1rem); }
  .hero-words .body { font-size: var(--text-l); }
}
"""

PLANS = """
.plans { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(290px, 100%), 1fr)); gap: var(--space-4); align-items: stretch; }
.plan > .notice, .plan > .muted + .button { margin-top: auto; }
.plan-cost { color: var(--text-muted); }
.plan-price { font-family: var(--font-heading); font-size: var(--text-2xl); font-weight: 700; line-height: 1.1; color: var(--text);
  font-variant-numeric: tabular-nums; }
.plan-promises { list-style: none; display: flex; flex-direction: column; gap: var(--space-2); }
.plan-promises li { display: grid; grid-template-columns: 20px 1fr; gap: var(--space-2); }
.plan-promises .icon { margin-top: 2px; color: var(--accent-text); }
.notice[data-tone="soon"] { padding: var(--space-3); background: var(--soon-soft); color: var(--soon-text); font-size: var(--text-s); }
"""

TEXTS = """
.numbered { list-style: decimal; padding-inline-start: var(--space-5); display: flex; flex-direction: column; gap: var(--space-2); }
.reading .heading2 { font-size: var(--text-l); margin-top: var(--space-4); }
.mechanic-bio { white-space: pre-line; max-width: var(--width-reading); }
.plain-row { list-style: none; margin: 0; padding: 0; }
.mail-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.mail-link { overflow-wrap: anywhere; font-size: var(--text-s); display: inline-flex; align-items: center; min-height: var(--hit); }
"""

RULES = "\n".join((HOME, PLANS, TEXTS))
