"""The rules for the gallery of components, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

RULES = """
.gallery-contents { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 var(--space-5); }
.gallery-contents .link { display: inline-flex; align-items: center; min-height: var(--hit); }
.swatches { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(150px, 100%), 1fr));
  gap: var(--space-3); font-size: var(--text-s); }
.swatches li { display: flex; align-items: center; gap: var(--space-2); }
.swatch { flex: none; width: 32px; height: 32px; border: 1px solid var(--line-strong); border-radius: var(--radius-control); }
.specimens { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(460px, 100%), 1fr)); gap: var(--space-5) var(--space-6); }
.specimen[data-wide="yes"] { grid-column: 1 / -1; }
.specimen { display: flex; flex-direction: column; gap: var(--space-2); padding-top: var(--space-4); border-top: 1px solid var(--line);
  min-width: 0; }
.specimen-states { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
  gap: var(--space-5) var(--space-4); align-items: start; margin-top: var(--space-2); }
[data-wide="yes"] > .specimen-states { grid-template-columns: minmax(0, 1fr); }
.specimen-state { display: flex; flex-direction: column; gap: var(--space-2); margin: 0; min-width: 0; }
.specimen-state > figcaption { color: var(--text-muted); font-size: var(--text-xs); }
.specimen-state .connection { position: static; }
"""
