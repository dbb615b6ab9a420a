"""The rules for the picture in a room, in the theme's tokens. LiveKit's own style sheet, loaded with its client, stands below these."""

from __future__ import annotations

STAGE = """
.stage { position: relative; display: flex; flex-direction: column; background: var(--surface-sunken);
  border-bottom: 1px solid var(--line); }
.stage[data-lk-theme] { --lk-bg: var(--surface-sunken); --lk-fg: var(--text); --lk-control-bg: var(--surface-raised);
  --lk-border-color: var(--line);
  --lk-accent-bg: var(--accent); --lk-accent-fg: var(--on-accent); --lk-border-radius: var(--radius-control); --lk-grid-gap: 8px;
  font-family: inherit; font-size: inherit; color: var(--text); background: var(--surface-sunken); }
.stage-people { display: flex; flex-direction: column; min-height: 0; }
.stage-people[hidden] { display: none; }
.stage-tiles { position: relative; height: calc(var(--visible-height, 100dvh) * 0.46); min-height: 96px; padding: var(--space-2); }
.stage-tiles .lk-grid-layout, .stage-tiles .lk-focus-layout { height: 100%; width: 100%; }
.stage-tiles .lk-participant-tile { border-radius: var(--radius-control); overflow: hidden; background: var(--surface); }
.stage-tiles .lk-participant-metadata-item { color: var(--on-picture); background: var(--picture-shade); font-size: var(--text-s); }
.stage-tiles .lk-focus-toggle-button { min-width: 44px; min-height: 44px; }
.stage-alone { position: absolute; inset-inline: 0; bottom: var(--space-4); margin: 0 auto; width: fit-content;
  padding: var(--space-1) var(--space-3); border-radius: 16px;
  background: var(--surface-raised); font-size: var(--text-s); box-shadow: var(--shadow); }
.stage-controls { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); padding: 0 var(--space-2) var(--space-2); }
.stage-controls .button { padding-inline: var(--space-3); font-size: var(--text-s); }
.stage-quality { margin-inline-start: auto; color: var(--soon-text); font-size: var(--text-s); font-weight: 500; }
.stage-problem { flex-basis: 100%; color: var(--now-text); font-size: var(--text-s); font-weight: 500; }
.stage-note { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4);
  padding: var(--space-2) var(--space-4); border-bottom: 1px solid var(--line); font-size: var(--text-s); }
.stage-note .button { margin-inline-start: auto; }
.stage .stage-note { border: 0; }
.stage-lost { background: var(--soon-soft); color: var(--soon-text); font-weight: 500; }
.stage-recorded { padding: 0 var(--space-2) var(--space-2); color: var(--now-text); font-size: var(--text-s); font-weight: 500; }
.stage-recorded::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-inline-end: var(--space-2);
  border-radius: 50%; background: var(--now); }
.stage-sound { position: absolute; inset: auto 0 50%; margin: auto; width: fit-content; }
.stage-coming { height: 200px; }
.stage-check { display: grid; grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr); gap: var(--space-4); padding: var(--space-4);
  border-bottom: 1px solid var(--line); max-height: calc(var(--visible-height, 100dvh) * 0.6); overflow-y: auto; }
.stage-preview { display: grid; place-items: center; aspect-ratio: 16 / 9; border-radius: var(--radius-card); overflow: hidden;
  background: var(--surface-sunken); color: var(--text-muted); font-size: var(--text-s); }
.stage-mirror { width: 100%; height: 100%; object-fit: cover; transform: scaleX(-1); }
.stage-checks { display: flex; flex-direction: column; gap: var(--space-1); min-width: 0; }
.stage-checks .row { margin-top: var(--space-2); }
.stage-line { display: grid; grid-template-columns: 96px minmax(0, 1fr); align-items: center; gap: var(--space-2); min-height: var(--hit);
  font-size: var(--text-s); }
.stage-line > :first-child { color: var(--text-muted); }
.stage-line .button { justify-self: start; margin-inline-start: calc(-1 * var(--space-3)); }
.stage-line meter { width: 100%; max-width: 160px; grid-column: 2; }
@media (max-width: 999px) { .stage-tiles { height: calc(var(--visible-height, 100dvh) * 0.34); } }
@media (max-width: 719px) {
  .stage-check { grid-template-columns: minmax(0, 1fr); padding: var(--space-2) var(--space-3); gap: var(--space-2); }
  .stage-preview { aspect-ratio: auto; height: 16vh; }
  .stage-checks .row { position: sticky; bottom: 0; background: var(--surface); padding-block: var(--space-1); }
  .stage-controls .button { flex: 1 1 auto; padding-inline: var(--space-2); }
}
@media (max-height: 520px) {
  .stage-tiles { height: 96px; }
  .stage-controls { display: none; }
}
"""

RULES = STAGE
