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
.hours-foot { position: sticky; bottom: 0; background: var(--surface); padding-block: var(--space-3); border-top: 1px solid var(--line); }
.hours > .field > .button { align-self: flex-start; text-align: start; margin-inline-start: calc(-1 * var(--space-3)); }
@media (max-width: 479px) {
  .hours-row { grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); }
  .hours-row .switch { grid-column: 1; justify-self: start; }
  .hours-row .photo-upload-remove { grid-column: 3; justify-self: end; }
}
"""

RULES = HOURS
