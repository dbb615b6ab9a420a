"""The rules for weekly hours and booked times, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

HOURS = """
.hours { display: flex; flex-direction: column; gap: var(--space-5); }
.hours-day { border: 0; border-top: 1px solid var(--line); margin: 0; padding: var(--space-4) 0 0; min-width: 0;
  display: flex; flex-direction: column; gap: var(--space-2); }
.hours-day legend { padding: 0; float: left; }
.hours-row { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr) auto 44px; align-items: center; gap: var(--space-2); }
.hours-row[data-off] .field-input { color: var(--text-muted); text-decoration: line-through; }
.hours-row .field-input { padding-inline: var(--space-2); min-width: 0; }
.hours-row .photo-upload-remove { min-width: var(--hit); min-height: var(--hit); }
.hours-row .field-problem { grid-column: 1 / -1; }
.hours-ways { display: flex; flex-wrap: wrap; gap: var(--space-2); margin-inline-start: calc(-1 * var(--space-3)); }
.hours > .field > .button { align-self: flex-start; text-align: start; margin-inline-start: calc(-1 * var(--space-3)); }
@media (max-width: 479px) {
  .hours-row { grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); }
  .hours-row .switch { grid-column: 1; justify-self: start; }
  .hours-row .photo-upload-remove { grid-column: 3; justify-self: end; }
}
"""

SLOTS = """
.slots { gap: var(--space-6); }
.slots-part { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-direction: column; gap: var(--space-3); }
.slots-part legend { padding: 0; margin-bottom: var(--space-3); }
.slots-plans { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: var(--space-3); }
.slots-days { display: grid; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); gap: var(--space-2); }
.slots-days .choice-face { align-items: center; text-align: center; gap: 0; }
.slots-weekday { font-size: var(--text-s); }
.slots-hours { display: flex; flex-direction: column; gap: var(--space-2); }
.slots-times { display: grid; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); gap: var(--space-2); }
.slots-times .choice-face { align-items: center; font-variant-numeric: tabular-nums; }
.slots-foot { display: flex; flex-direction: column; gap: var(--space-2); padding-block: var(--space-3);
  background: var(--surface); border-top: 1px solid var(--line); }
.slots-foot[data-chosen] { position: sticky; bottom: 0; }
.slots-foot .form-foot { justify-content: space-between; }
.slots-chosen { display: flex; flex-direction: column; font-weight: 600; flex: 1 1 220px; }
.choice { display: block; position: relative; cursor: pointer; min-width: 0; }
.choice-face { display: flex; flex-direction: column; justify-content: center; min-height: var(--hit); height: 100%;
  padding: var(--space-2) var(--space-3); border: 1px solid var(--line-strong); border-radius: var(--radius-control);
  background: var(--surface-raised); transition: background var(--moving), border-color var(--moving); }
.choice:hover .choice-face { border-color: var(--accent); }
.choice input:checked + .choice-face { border-color: var(--accent); background: var(--accent-soft); color: var(--accent-text);
  box-shadow: inset 0 0 0 1px var(--accent); }
.choice input:checked + .choice-face .muted { color: inherit; }
.choice input:focus-visible + .choice-face { outline: 2px solid var(--accent); outline-offset: 2px; }
.choice input:disabled + .choice-face { background: var(--surface-sunken); border-color: transparent; color: var(--text-muted);
  cursor: default; }
@media (max-width: 479px) {
  .slots-days { grid-template-columns: repeat(auto-fill, minmax(76px, 1fr)); }
  .slots-days .choice-face { padding-inline: var(--space-1); }
  .slots-times { grid-template-columns: repeat(auto-fill, minmax(84px, 1fr)); }
  .slots-foot .button-primary { flex: 1 1 100%; }
}
"""

RULES = HOURS + SLOTS
