"""The rules of the components that every page is built of, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

LAYOUT = """
.page { min-height: 100dvh; display: flex; flex-direction: column; }
.page-main { flex: 1; width: 100%; max-width: calc(var(--width-page) + 2 * var(--space-4)); margin: 0 auto;
  padding: var(--space-6) var(--space-4) var(--space-8); display: flex; flex-direction: column; gap: var(--space-7); }
main:focus { outline: none; }
.skip { position: absolute; left: var(--space-4); top: -100px; z-index: 20; padding: var(--space-3) var(--space-4);
  background: var(--surface-raised); color: var(--accent-text); border-radius: var(--radius-control); }
.skip:focus { top: var(--space-2); }
.section { display: flex; flex-direction: column; gap: var(--space-4); }
.stack { display: flex; flex-direction: column; gap: var(--space-3); min-width: 0; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); min-width: 0; }
.row > .field { flex: 1 1 220px; }
.row > .vin-decode { align-self: end; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
.narrow { width: 100%; max-width: var(--width-form); margin: 0 auto; }
.reading { max-width: var(--width-reading); }
.site-header { border-bottom: 1px solid var(--line); background: var(--surface); }
.site-bar { max-width: calc(var(--width-page) + 2 * var(--space-4)); margin: 0 auto; padding: var(--space-2) var(--space-4); display: flex;
  flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-4); }
.site-name { display: inline-flex; align-items: center; gap: var(--space-2); min-height: var(--hit); font-family: var(--font-heading);
  font-weight: 700; font-size: var(--text-l); letter-spacing: -0.01em; margin-inline-end: auto; }
.site-name svg { color: var(--accent); flex: none; }
.site-nav { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-4); }
.site-nav a, .site-nav button { display: inline-flex; align-items: center; min-height: var(--hit); min-width: var(--hit);
  color: var(--text-muted); cursor: pointer; border-bottom: 2px solid transparent; }
.site-nav a:hover, .site-nav button:hover { color: var(--text); }
.site-nav a[aria-current="page"] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
.site-nav .button { color: var(--on-accent); border: 0; }
.site-nav .button:hover { color: var(--on-accent); }
@media (max-width: 479px) { .site-nav { gap: var(--space-1) var(--space-3); font-size: var(--text-s); } }
.site-footer { border-top: 1px solid var(--line); color: var(--text-muted); font-size: var(--text-s); }
.site-footer > div { max-width: calc(var(--width-page) + 2 * var(--space-4)); margin: 0 auto; padding: var(--space-4); display: flex;
  flex-wrap: wrap; align-items: center; gap: 0 var(--space-5); }
.site-footer p { margin-inline-end: auto; padding: var(--space-2) 0; }
.site-footer nav { display: flex; flex-wrap: wrap; gap: 0 var(--space-5); }
.site-footer a { display: inline-flex; align-items: center; min-height: var(--hit); min-width: var(--hit); }
.site-footer a:hover { color: var(--text); text-decoration: underline; }
.languages button { min-height: var(--hit); cursor: pointer; }
.languages button:hover { color: var(--text); text-decoration: underline; }
.languages button[aria-current] { color: var(--text); font-weight: 600; }
.plain-list { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: var(--space-3); }
.chip-row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); }
"""

TEXT = """
.heading1, .heading2, .heading3 { font-family: var(--font-heading); font-weight: 700; line-height: 1.2; letter-spacing: -0.01em;
  text-wrap: balance; }
.heading1 { font-size: var(--text-2xl); }
.heading2 { font-size: var(--text-l); }
.heading3 { font-size: var(--text-m); line-height: 1.4; }
@media (min-width: 720px) { .heading2 { font-size: var(--text-xl); } .heading1 { font-size: var(--text-3xl); } }
.card .heading2, .list-card .heading2 { font-size: var(--text-l); }
.body { max-width: var(--width-reading); text-wrap: pretty; }
.muted { color: var(--text-muted); font-size: var(--text-s); max-width: var(--width-reading); }
.link { color: var(--accent-text); text-decoration: underline; text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
.link:hover { text-decoration-thickness: 2px; }
.section > .link, .stack > .link, .check > .link { display: flex; align-items: center; min-height: var(--hit); }
@media (pointer: coarse) {
  .row > .link { display: inline-flex; align-items: center; min-width: var(--hit); min-height: var(--hit); }
}
.history-title { font-weight: 600; display: inline-flex; align-items: center; min-height: var(--hit); }
.history-title:hover { text-decoration: underline; text-underline-offset: 0.2em; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr)); gap: var(--space-4); margin: 0; }
.figures dt { color: var(--text-muted); font-size: var(--text-s); }
.figures dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.stars { color: var(--accent-text); letter-spacing: 0.1em; font-size: var(--text-l); line-height: 1; }
.stars-line { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); }
"""

BUTTONS = """
.button { display: inline-flex; align-items: center; justify-content: center; gap: var(--space-2); min-height: var(--hit);
  padding: var(--space-2) var(--space-4); border: 1px solid transparent; border-radius: var(--radius-control); font-weight: 600;
  line-height: 1.2; text-align: center; cursor: pointer; transition: background var(--moving), border-color var(--moving); }
.button-primary { background: var(--accent); color: var(--on-accent); }
.button-primary:hover { background: var(--accent-hover); }
.button-secondary { background: var(--surface-raised); color: var(--text); border-color: var(--line-strong); }
.button-secondary:hover { background: var(--surface-sunken); }
.button-quiet { color: var(--accent-text); padding-inline: var(--space-3); }
.button-quiet:hover { background: var(--surface-sunken); }
.button-large { min-height: 52px; padding-inline: var(--space-5); font-size: var(--text-m); }
.button[disabled]:not([data-loading="yes"]), .button[aria-disabled="true"]:not([data-loading="yes"]) { background: var(--surface-sunken);
  color: var(--text-muted); border-color: transparent; cursor: default; }
.button[data-loading="yes"] { cursor: progress; }
.button[data-loading="yes"]::after { content: ""; width: 14px; height: 14px; border-radius: 50%; border: 2px solid currentColor;
  border-right-color: transparent; animation: turning 800ms linear infinite; }
@keyframes turning { to { transform: rotate(1turn); } }
.fill-from { min-height: var(--hit); padding: 0 var(--space-4); border: 1px solid var(--line-strong); border-radius: 22px;
  background: var(--surface-raised); color: var(--text); cursor: pointer; }
.fill-from:hover { border-color: var(--accent); color: var(--accent-text); }
"""

CARDS = """
.card { padding: var(--space-5); border: 1px solid var(--line); border-radius: var(--radius-card); background: var(--surface-raised);
  box-shadow: var(--shadow); display: flex; flex-direction: column; gap: var(--space-4); min-width: 0; }
.list-card { padding: var(--space-4); border: 1px solid var(--line); border-radius: var(--radius-card); background: var(--surface-raised); }
.list-card > .row { justify-content: space-between; }
@media (max-width: 479px) { .card { padding: var(--space-4); } }
.chip { display: inline-flex; align-items: center; gap: 0.3em; min-height: 24px; padding: 1px 10px; border-radius: 12px;
  font-size: var(--text-s); font-weight: 500; background: var(--surface-sunken); color: var(--text); font-variant-numeric: tabular-nums; }
.chip[data-tone="info"] { background: var(--accent-soft); color: var(--accent-text); }
.chip[data-tone="good"] { background: var(--good-soft); color: var(--good-text); }
.chip[data-tone="soon"] { background: var(--soon-soft); color: var(--soon-text); }
.chip[data-tone="now"] { background: var(--now-soft); color: var(--now-text); }
"""

FORMS = """
.form { display: flex; flex-direction: column; gap: var(--space-5); align-items: stretch; min-width: 0; }
.form-foot { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); }
.narrow .form-foot .button { flex: 1; }
.form-fields { display: flex; flex-direction: column; gap: var(--space-4); min-width: 0; }
.form-fields:empty { display: none; }
.form-fields > .stack { gap: var(--space-4); }
.form-fields > .stack + .stack { border-top: 1px solid var(--line); padding-top: var(--space-5); margin-top: var(--space-2); }
.field { display: flex; flex-direction: column; gap: var(--space-1); min-width: 0; }
.field-label { font-weight: 600; }
.field-help { color: var(--text-muted); font-size: var(--text-s); }
.field-control { position: relative; display: flex; }
.field-input { width: 100%; min-height: var(--hit); padding: 10px var(--space-3); font-size: 1rem; line-height: 1.4; color: var(--text);
  background: var(--surface-raised); border: 1px solid var(--line-strong); border-radius: var(--radius-control); }
textarea.field-input { min-height: 112px; resize: vertical; }
select.field-input { appearance: auto; }
.field-input[aria-invalid="true"] { border-color: var(--now-text); border-width: 2px; padding: 9px 11px; }
.field-input[type="password"], .field-input[data-secret] { padding-inline-end: 72px; }
.field-show { position: absolute; inset-block: 0; inset-inline-end: 0; min-width: 64px; min-height: var(--hit); color: var(--accent-text);
  font-size: var(--text-s); font-weight: 600; cursor: pointer; border-radius: var(--radius-control); }
.field-problem, .form-problem { color: var(--now-text); font-size: var(--text-s); font-weight: 500; }
.form-problem { padding: var(--space-3) var(--space-4); border-radius: var(--radius-control); background: var(--now-soft);
  font-size: var(--text-m); }
.form-problem a { text-decoration: underline; text-underline-offset: 0.2em; }
.form-done { color: var(--good-text); font-weight: 500; }
.form-done:empty { position: absolute; }
.check { display: grid; grid-template-columns: 24px 1fr; gap: 0 var(--space-3); align-items: start; }
.check + .check { margin-top: calc(-1 * var(--space-3)); }
.check-box { width: 24px; height: 24px; margin: 10px 0; accent-color: var(--accent); cursor: pointer; }
.check-label { padding: 10px 0; min-height: var(--hit); cursor: pointer; }
.check > .field-help, .check > .field-problem, .check > .link { grid-column: 2; }
"""

STATES = """
.empty { padding: var(--space-6) var(--space-4); border: 1px dashed var(--line-strong); border-radius: var(--radius-card); display: flex;
  flex-direction: column; align-items: center; gap: var(--space-3); text-align: center; }
.error-box { padding: var(--space-4); border-radius: var(--radius-card); background: var(--now-soft); color: var(--now-text); display: flex;
  flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-3); font-weight: 500; }
.notice { padding: var(--space-4); border-radius: var(--radius-card); background: var(--accent-soft); color: var(--accent-text);
  font-weight: 500; max-width: var(--width-reading); }
.address-notice:empty { position: absolute; }
.notice[data-tone="now"] { background: var(--now-soft); color: var(--now-text); }
.connection { position: sticky; top: 0; z-index: 10; }
.connection-words { padding: var(--space-2) var(--space-4); background: var(--soon-soft); color: var(--soon-text); font-size: var(--text-s);
  font-weight: 500; text-align: center; border-bottom: 1px solid var(--line); }
.room > .connection { position: static; flex: none; }
.skeleton { display: flex; flex-direction: column; gap: var(--space-4); }
.skeleton-line, .skeleton-box { border-radius: var(--radius-control); background: var(--surface-sunken);
  animation: breathing 1.6s ease-in-out infinite; }
.skeleton-line { height: 16px; }
.skeleton-grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); gap: var(--space-4); }
.skeleton-room { flex: 1; display: flex; flex-direction: column; justify-content: flex-end; gap: var(--space-3); padding: var(--space-4); }
@keyframes breathing { 50% { opacity: 0.5; } }
.dialog { margin: auto; width: min(440px, calc(100vw - 2 * var(--space-4))); padding: var(--space-5); border: 1px solid var(--line);
  border-radius: var(--radius-card); background: var(--surface-raised); color: var(--text); box-shadow: var(--shadow); }
.dialog::backdrop { background: var(--backdrop); }
.dialog[open] { animation: coming 160ms ease-out; }
@keyframes coming { from { opacity: 0; transform: translateY(8px); } }
.dialog-content { display: flex; flex-direction: column; gap: var(--space-4); }
.dialog-buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: var(--space-3); }
.dialog-trigger { display: contents; }
.palette-button kbd { margin-inline-start: var(--space-2); padding: 0 var(--space-2); border: 1px solid var(--line-strong);
  border-radius: var(--radius-control); font-family: var(--font-text); font-size: var(--text-s); }
.palette { width: min(600px, calc(100vw - 2 * var(--space-4))); margin-top: 12vh; padding: var(--space-3); }
.palette-list { max-height: min(50vh, 420px); overflow-y: auto; margin-top: var(--space-2); }
.palette-note { padding: var(--space-3); color: var(--text-muted); }
.palette [cmdk-group-heading] { padding: var(--space-3) var(--space-3) var(--space-1); color: var(--text-muted); font-size: var(--text-s); }
.palette-item { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 var(--space-4);
  min-height: var(--hit); padding: var(--space-1) var(--space-3); border-radius: var(--radius-control); cursor: pointer; }
.palette-item > span { min-width: 0; overflow-wrap: anywhere; }
.palette-item[data-selected="true"] { background: var(--surface-sunken); box-shadow: inset 2px 0 var(--accent); }
@media (max-width: 719px) { .palette-button kbd { display: none; } }
[data-sonner-toaster] { --normal-bg: var(--surface-raised) !important; --normal-text: var(--text) !important;
  --normal-border: var(--line) !important; --border-radius: var(--radius-control) !important; font-family: var(--font-text) !important; }
[data-sonner-toast] { box-shadow: var(--shadow) !important; font-size: var(--text-s) !important; }
[data-sonner-toast] [data-button] { min-height: var(--hit) !important; padding-inline: var(--space-4) !important;
  font-size: var(--text-s) !important; }
[data-sonner-toast] [data-close-button] { position: static !important; order: 3; flex: none; width: var(--hit) !important;
  height: var(--hit) !important;
  transform: none !important; border: 0 !important; background: none !important; color: inherit !important; }
"""

RULES = "\n".join((LAYOUT, TEXT, BUTTONS, CARDS, FORMS, STATES))
