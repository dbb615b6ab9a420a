"""The rules for conversation, room and uploads, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

ROOM = """
.room { display: flex; flex-direction: column; height: var(--visible-height, 100dvh); overflow: hidden; background: var(--surface); }
.room-bar { display: flex; align-items: center; gap: var(--space-3); padding: var(--space-2) var(--space-4);
  border-bottom: 1px solid var(--line); flex: none; }
.room-back { display: grid; place-items: center; width: 44px; height: 44px; border-radius: var(--radius-control); flex: none;
  font-size: var(--text-l); }
.room-back:hover { background: var(--surface-sunken); }
.room-who { flex: 1; min-width: 0; display: flex; flex-direction: column; }
.room-who-name { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.room-who-state { font-size: var(--text-s); color: var(--text-muted); display: flex; align-items: center; gap: var(--space-2); }
.room-dot { width: 8px; height: 8px; border-radius: 50%; background: var(--line-strong); flex: none; }
.room-dot[data-here="yes"] { background: var(--good); }
.room-bar { position: relative; flex-wrap: wrap; }
.room-bar > .room-who { flex-basis: 0; }
.countdown { flex: none; min-width: 68px; padding: var(--space-1) 10px; border-radius: 16px; text-align: center; font-weight: 600;
  font-variant-numeric: tabular-nums; }
.countdown[data-tone="good"] { background: var(--good-soft); color: var(--good-text); }
.countdown[data-tone="soon"] { background: var(--soon-soft); color: var(--soon-text); }
.countdown[data-tone="still"] { background: var(--surface-sunken); color: var(--text-muted); }
.countdown[data-tone="now"] { background: var(--now-soft); color: var(--now-text); }
.countdown-warning { position: absolute; width: 1px; height: 1px; overflow: hidden; }
.countdown-warning[data-shown] { position: static; order: 9; flex: 0 0 100%; width: auto; height: auto;
  padding: var(--space-2) var(--space-4);
  border-radius: var(--radius-control); background: var(--soon-soft); color: var(--soon-text); font-size: var(--text-s); font-weight: 600;
  text-align: center; }
.room-acts { display: flex; flex-wrap: wrap; gap: var(--space-2); }
.room-extend { flex: none; gap: var(--space-2); }
.room-extend-price { font-weight: 400; color: var(--text-muted); font-variant-numeric: tabular-nums; }
.room-extend-words { position: absolute; width: 1px; height: 1px; overflow: hidden; margin: 0; }
.room-extend-words[data-shown] { position: static; order: 8; flex: 0 0 100%; width: auto; height: auto; font-size: var(--text-s);
  color: var(--text-muted); }
.invite { width: min(520px, calc(100vw - 2 * var(--space-4))); }
.invite-form { display: grid; gap: var(--space-2); }
.invite-form label { font-size: var(--text-s); font-weight: 600; }
.invite-line { display: flex; flex-wrap: wrap; gap: var(--space-2); }
.invite-field { flex: 1 1 200px; min-width: 0; min-height: 44px; padding: 0 var(--space-3); border: 1px solid var(--line-strong);
  border-radius: var(--radius-control); background: var(--surface); color: var(--text); font: inherit; }
.invite-words { margin: 0; min-height: 1lh; font-size: var(--text-s); color: var(--text-muted); }
.invite-people { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--space-2); }
.invite-people li { display: flex; align-items: center; gap: var(--space-3); }
.invite-who { flex: 1; min-width: 0; display: grid; overflow-wrap: anywhere; }
.invite-who > span { font-size: var(--text-s); color: var(--text-muted); }
@media (max-width: 639px) {
  .room-acts { flex: 0 0 100%; justify-content: flex-end; }
}
@media (max-width: 479px) {
  .room-bar { gap: var(--space-2); padding-inline: var(--space-2); }
  .room-who-state { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .room-bar .button { padding-inline: 10px; font-size: var(--text-s); }
  .countdown { min-width: 60px; padding-inline: 6px; }
}
.room-note { flex: none; padding: var(--space-2) var(--space-4); font-size: var(--text-s); background: var(--accent-soft);
  color: var(--accent-text); border-bottom: 1px solid var(--line); }
.room-alone { flex: none; display: grid; gap: var(--space-3); padding: var(--space-4); background: var(--surface-raised);
  border-bottom: 1px solid var(--line); border-inline-start: 4px solid var(--soon); }
.room-alone h2 { margin: 0; font-size: var(--text-l); }
.room-alone p { margin: 0; }
.panes { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(240px, 300px) minmax(0, 1fr) minmax(240px, 320px); }
.panes { grid-template-rows: auto minmax(0, 1fr); grid-template-areas: "case stage notes" "case talk notes"; }
.panes-stage { grid-area: stage; min-width: 0; }
.panes-stage + .panes-pane { grid-area: case; }
.panes-stage + .panes-pane + .panes-pane { grid-area: talk; }
.panes-stage + .panes-pane + .panes-pane + .panes-pane { grid-area: notes; }
.panes[data-narrow] { display: flex; flex-direction: column; }
.panes[data-narrow] .panes-stage { flex: none; }
.panes-pane { min-height: 0; min-width: 0; overflow: auto; border-right: 1px solid var(--line); }
.panes-pane:last-child { border-right: 0; }
.panes-pane:focus-visible { outline-offset: -2px; }
.panes[data-narrow] .panes-pane { flex: 1; border-right: 0; }
.panes-pane[hidden] { display: none; }
.panes-tabs { flex: none; display: grid; grid-template-columns: repeat(3, 1fr); border-bottom: 1px solid var(--line); }
.panes-tab { min-height: 44px; border: 0; background: none; color: var(--text-muted); font: inherit; cursor: pointer;
  border-bottom: 2px solid transparent; }
.panes-tab[aria-selected="true"] { color: var(--text); border-bottom-color: var(--accent); font-weight: 600; }
.pane-content { padding: var(--space-4); display: flex; flex-direction: column; gap: var(--space-3); }
.pane-content-full { height: 100%; }
.pane-title, .autosave label { font-family: var(--font-heading); font-size: var(--text-l); font-weight: 700; line-height: 1.2; margin: 0; }
.pane-heading { font-size: var(--text-s); font-weight: 600; color: var(--text-muted); margin: var(--space-2) 0 0; }
.pane-facts { margin: 0; display: flex; flex-direction: column; gap: var(--space-1); }
.pane-fact { display: grid; grid-template-columns: 96px 1fr; gap: var(--space-2); font-size: var(--text-s); }
.pane-fact dt { color: var(--text-muted); }
.pane-fact dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.pane-words { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.pane-muted { margin: 0; color: var(--text-muted); font-size: var(--text-s); }
.pane-files { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr));
  gap: var(--space-2); }
.conversation { height: 100%; display: flex; flex-direction: column; }
"""

CHAT = """
.chat-log-frame { position: relative; flex: 1; min-height: 0; }
.chat-log { height: 100%; overflow-y: auto; overscroll-behavior: contain; overflow-anchor: none; }
.chat-log:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.chat-log-content { padding: var(--space-4); display: flex; flex-direction: column; gap: var(--space-2); min-height: 100%;
  justify-content: flex-end; }
.chat-log-older { align-self: center; min-height: 44px; padding: 0 var(--space-4); border: 0; background: none;
  color: var(--accent-text); font: inherit; font-size: var(--text-s); cursor: pointer; }
.afterwards { height: min(560px, 75vh); border: 1px solid var(--line); border-radius: var(--radius-card); overflow: hidden; }
.transcript { display: flex; flex-direction: column; gap: var(--space-2); }
.chat-log-unread { position: absolute; left: 50%; bottom: var(--space-3); transform: translateX(-50%); min-height: 44px;
  padding: 0 var(--space-4); border-radius: 22px; border: 1px solid var(--line); background: var(--surface-raised);
  color: var(--accent-text);
  font: inherit; cursor: pointer; box-shadow: var(--shadow); }
.chat-message { max-width: min(85%, 560px); align-self: flex-start; padding: var(--space-2) var(--space-3);
  border-radius: var(--radius-card);
  background: var(--surface-sunken); display: flex; flex-direction: column; gap: var(--space-1); }
.chat-message[data-mine="yes"] { align-self: flex-end; background: var(--accent-soft); }
.chat-author { margin: 0; font-size: var(--text-xs); font-weight: 600; color: var(--text-muted); }
.chat-text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.chat-text a { color: var(--accent-text); text-decoration: underline; }
.chat-time { margin: 0; font-size: var(--text-xs); color: var(--text-muted); text-align: end; font-variant-numeric: tabular-nums; }
.chat-notice { align-self: center; margin: var(--space-1) 0; font-size: var(--text-s); color: var(--text-muted); text-align: center; }
.chat-day { text-align: center; margin: var(--space-3) 0 var(--space-1); font-size: var(--text-xs); color: var(--text-muted); }
.chat-empty { margin: auto; max-width: 40ch; text-align: center; color: var(--text-muted); }
.chat-typing { min-height: 20px; margin: 0; padding: 0 var(--space-4); font-size: var(--text-xs); color: var(--text-muted); }
.file-preview { color: inherit; text-decoration: none; display: block; border-radius: var(--radius-control); }
.file-picture { display: block; width: 100%; max-width: 320px; max-height: 240px; min-height: var(--hit);
  object-fit: cover; border-radius: var(--radius-control);
  background: var(--line); }
.file-paper { display: grid; grid-template-columns: auto 1fr; gap: 0 var(--space-2); align-items: center; min-height: 44px;
  padding: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius-control); background: var(--surface); }
.file-kind { grid-row: span 2; font-size: var(--text-xs); font-weight: 600; color: var(--accent-text); }
.file-name { font-size: var(--text-s); overflow-wrap: anywhere; text-decoration: underline; }
.file-size { font-size: var(--text-xs); color: var(--text-muted); }
.file-dialog { margin: auto; width: min(960px, 100vw); max-width: 100vw; max-height: 100dvh; padding: 0; border: 0; overflow: hidden;
  border-radius: var(--radius-card); background: var(--surface-raised); color: var(--text); box-shadow: var(--shadow); }
.file-dialog::backdrop { background: var(--backdrop); }
.file-dialog-bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); padding: var(--space-2) var(--space-4); }
.file-dialog-bar h2 { flex: 1 1 160px; min-width: 0; margin: 0; font-size: var(--text-m); overflow-wrap: anywhere; }
.file-dialog-whole { display: block; width: 100%; max-height: calc(100dvh - 128px); object-fit: contain; border: 0;
  background: var(--surface-sunken); }
.file-dialog-paper { height: calc(100dvh - 128px); }
"""

COMPOSER = """
.composer { flex: none; border-top: 1px solid var(--line); padding: var(--space-2) var(--space-3);
  padding-bottom: max(var(--space-2), env(safe-area-inset-bottom)); display: flex; flex-direction: column; gap: var(--space-2); }
.composer-line { display: flex; align-items: flex-end; gap: var(--space-2); }
.composer-field { flex: 1; min-width: 0; min-height: 44px; max-height: 160px; resize: none; padding: 10px var(--space-3); font: inherit;
  font-size: 16px; color: var(--text); background: var(--surface-raised); border: 1px solid var(--line-strong);
  border-radius: var(--radius-control); }
.composer-send, .composer-attach { min-height: 44px; min-width: 44px; border-radius: var(--radius-control); border: 0; font: inherit;
  font-weight: 600; cursor: pointer; }
.composer-send { padding: 0 var(--space-4); background: var(--accent); color: var(--on-accent); }
.composer-send:disabled { background: var(--surface-sunken); color: var(--text-muted); cursor: default; }
.composer-attach { background: none; color: var(--text-muted); display: grid; place-items: center; }
.composer-attach:hover { background: var(--surface-sunken); color: var(--text); }
.composer-note { margin: 0; font-size: var(--text-s); color: var(--text-muted); }
.composer-pending, .composer-files { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: var(--space-1); }
.composer-pending { max-height: 30vh; overflow-y: auto; }
.composer-pending li { align-self: flex-end; max-width: 85%; display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--space-2);
  justify-content: flex-end; padding: var(--space-2) var(--space-3); border: 1px dashed var(--line-strong);
  border-radius: var(--radius-card); }
.composer-pending-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.composer-pending-state { font-size: var(--text-xs); color: var(--text-muted); }
.composer-pending li[data-state="waiting"] .composer-pending-state { color: var(--soon-text); }
.composer-pending li[data-state="refused"] .composer-pending-state { color: var(--now-text); }
.composer-files li { display: flex; align-items: center; gap: var(--space-2); min-height: 44px; padding-left: var(--space-3);
  border: 1px solid var(--line); border-radius: var(--radius-control); font-size: var(--text-s); }
.composer-file-name { overflow-wrap: anywhere; flex: 1; min-width: 0; }
.composer-files li { flex-wrap: wrap; }
.composer-files [role="alert"] { order: 9; flex: 0 0 100%; padding-bottom: var(--space-2); }
.composer-files li[data-failed] { color: var(--now-text); }
.composer-small { min-height: 44px; min-width: 44px; border: 0; background: none; color: var(--accent-text); font: inherit;
  cursor: pointer; }
.composer progress, .photo-upload progress { width: 96px; height: 8px; accent-color: var(--accent); }
"""

FORMS = """
.photo-upload { border: 1px dashed var(--line-strong); border-radius: var(--radius-card); padding: var(--space-4); display: flex;
  flex-direction: column; gap: var(--space-2); align-items: flex-start; }
.photo-upload[data-over] { border-color: var(--accent); background: var(--accent-soft); }
.photo-upload-choose, .vin-decode-button { min-height: 44px; padding: 0 var(--space-4); border-radius: var(--radius-control);
  border: 1px solid var(--line-strong); background: var(--surface-raised); color: var(--text); font: inherit; font-weight: 600;
  cursor: pointer; }
.photo-upload-help, .photo-upload-note, .vin-decode-answer { margin: 0; font-size: var(--text-s); color: var(--text-muted); }
.photo-upload-note:empty, .photo-upload-help:empty, .vin-decode-answer:empty { display: none; }
.photo-upload-list { list-style: none; margin: 0; padding: 0; width: 100%; display: flex; flex-direction: column; gap: var(--space-2); }
.photo-upload-item { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); font-size: var(--text-s); }
.photo-upload-picture { width: 56px; height: 56px; object-fit: cover; border-radius: var(--radius-control);
  background: var(--surface-sunken); }
.photo-upload-name { flex: 1; min-width: 0; overflow-wrap: anywhere; display: flex; flex-direction: column; }
.photo-upload-name small { color: var(--text-muted); }
.photo-upload-item[data-failed] { color: var(--now-text); }
.photo-upload-done { color: var(--good-text); }
.photo-upload-remove { min-width: 44px; min-height: 44px; border: 0; background: none; color: inherit; font-size: var(--text-l);
  cursor: pointer; }
.vin-row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-1) var(--space-3); align-items: start; }
.vin-row .vin-decode { display: contents; }
.vin-row .vin-decode-button { margin-top: 28px; }
.vin-row .vin-decode-answer { grid-column: 1 / -1; }
.vin-decode { display: flex; flex-direction: column; gap: var(--space-2); align-items: flex-start; }
.vin-decode-answer[data-wrong] { color: var(--now-text); }
.autosave { display: flex; flex-direction: column; gap: var(--space-2); height: 100%; }
.autosave textarea { flex: 1; min-height: 200px; padding: var(--space-3); font: inherit; color: var(--text);
  background: var(--surface-raised);
  border: 1px solid var(--line-strong); border-radius: var(--radius-control); resize: vertical; }
.autosave-state { margin: 0; min-height: 20px; font-size: var(--text-s); color: var(--text-muted); }
.autosave-state[data-state="failed"] { color: var(--soon-text); }
.rating { border: 0; margin: 0; padding: 0; display: flex; gap: var(--space-1); }
.rating label { position: relative; display: grid; place-items: center; width: 44px; height: 44px; cursor: pointer;
  border-radius: var(--radius-control); }
.rating input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.rating svg { fill: var(--accent); stroke: var(--accent); }
.rating label:has(~ label input:checked) svg, .rating label:has(input:checked) svg { fill: var(--accent); }
.rating:has(input:checked) label:has(input:checked) ~ label svg, .rating:not(:has(input:checked)) label svg { fill: none; }
.rating label:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
"""

WAITING = """
.steps { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(4, 1fr); }
.steps li { display: flex; flex-direction: column; align-items: center; gap: var(--space-2); font-size: var(--text-s);
  color: var(--text-muted);
  position: relative; }
.steps li + li::before { content: ""; position: absolute; top: 7px; right: calc(50% + 14px); width: calc(100% - 28px); height: 2px;
  background: var(--line-strong); }
.steps li[data-state="done"]::before, .steps li[data-state="now"]::before { background: var(--accent); }
.steps-dot { width: 16px; height: 16px; border-radius: 50%; border: 2px solid var(--line-strong); background: var(--surface); }
.steps li[data-state="done"] .steps-dot { background: var(--accent); border-color: var(--accent); }
.steps li[data-state="now"] .steps-dot { border-color: var(--accent); border-width: 5px; }
.steps li[data-state="now"] { color: var(--text); font-weight: 600; }
.steps { margin-block: var(--space-2); }
.place { display: flex; flex-direction: column; align-items: flex-start; gap: var(--space-2); }
.place-number { font-family: var(--font-heading); font-size: clamp(64px, 16vw, 112px); line-height: 1; font-weight: 700;
  font-variant-numeric: tabular-nums; color: var(--accent-text); }
"""

RULES = "\n".join((ROOM, CHAT, COMPOSER, FORMS, WAITING))
