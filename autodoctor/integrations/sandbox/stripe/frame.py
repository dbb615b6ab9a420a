"""What the sandbox's pages have in common: look, notes, money. Plain HTML: they work without a script."""

from __future__ import annotations

from html import escape
from string import Template

DASHBOARD = "/dev/stripe/"

# Colours are Radix slate and teal, like ui/theme.py; this page is served without the application's style sheet.
_FRAME = Template(
    """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>$title · Auto Doctor sandbox</title>
<style>
:root {
  --page: #f9f9fb; --card: #ffffff; --line: #d9d9e0; --line-strong: #b9bbc6; --text: #1c2024; --muted: #60646c;
  --accent: #00796b; --on-accent: #ffffff; --soon: #fff7c2; --soon-text: #714900; --now: #feebe7; --now-text: #b32a12;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111113; --card: #18191b; --line: #363a3f; --line-strong: #5a6169; --text: #edeef0; --muted: #b0b4ba;
    --accent: #12a594; --on-accent: #0d1514; --soon: #302008; --soon-text: #ffca16; --now: #391714; --now-text: #ff977d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--page); color: var(--text); font: 400 16px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 440px; margin: 0 auto; }
main.wide { max-width: 880px; }
.brand { margin: 0 0 16px; font: 700 20px/1.3 'Bricolage Grotesque', system-ui, sans-serif; }
.note { margin: 0 0 16px; padding: 12px 16px; border-radius: 8px; background: var(--soon); color: var(--soon-text); font-size: 14px; }
.card { padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0; font: 700 20px/1.3 'Bricolage Grotesque', system-ui, sans-serif; }
p { margin: 8px 0 0; }
.amount { font: 700 39px/1.2 'Bricolage Grotesque', system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.muted { color: var(--muted); font-size: 14px; overflow-wrap: anywhere; }
table { width: 100%; margin: 16px 0 0; border-collapse: collapse; }
th, td { padding: 12px 0; border-top: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top; }
td { padding-left: 16px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tfoot th, tfoot td { font-weight: 600; }
[role=alert] { margin: 16px 0 0; padding: 12px 16px; border-radius: 8px; background: var(--now); color: var(--now-text); }
form { display: grid; gap: 12px; margin: 24px 0 0; }
label { font-weight: 600; }
input {
  width: 100%; min-height: 48px; padding: 12px; border: 1px solid var(--line-strong); border-radius: 8px;
  background: transparent; color: var(--text); font: 400 16px/1.4 Inter, system-ui, sans-serif;
}
a { color: inherit; }
h2 { margin: 24px 0 12px; font: 700 18px/1.3 'Bricolage Grotesque', system-ui, sans-serif; }
.entry { padding: 16px 0; border-top: 1px solid var(--line); }
.entry:first-child { padding-top: 0; border-top: 0; }
.entry:last-child { padding-bottom: 0; }
.entry p { margin: 4px 0 0; }
.entry .figure { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0 0; }
.row form { margin: 0; }
.row button { width: auto; min-height: 44px; padding: 8px 16px; font-size: 14px; }
.foot { margin: 16px 0 0; text-align: center; }
.foot a { display: inline-block; padding: 12px; }
button, .button {
  display: block; width: 100%; min-height: 48px; padding: 12px 24px; border: 1px solid var(--line-strong); border-radius: 8px;
  background: transparent; color: var(--text); font: 600 16px/1.4 Inter, system-ui, sans-serif; text-align: center;
  text-decoration: none; cursor: pointer;
}
.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.quiet { border-color: transparent; color: var(--muted); }
button:focus-visible, .button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (hover: hover) { button:hover, .button:hover { filter: brightness(0.94); } }
@media (min-width: 600px) { body { padding-top: 64px; } .card { padding: 32px; } }
</style>
</head>
<body>
<main class="$width">
<p class="brand">Auto Doctor</p>
<p class="note" role="note">$note</p>
$content
</main>
</body>
</html>
"""
)
_NOTE = "This is a sandbox for trying things out. No card is needed and no money moves."


def framed(title: str, content: str, *, is_wide: bool = False) -> str:
    """A whole page. A wide one brings its own cards."""
    inside = content if is_wide else f'<div class="card">\n{content}\n</div>\n{_FOOT}'
    return _FRAME.substitute(title=escape(title), content=inside, width="wide" if is_wide else "", note=_NOTE)


def message(title: str, words: str, *, link: str | None, verb: str) -> str:
    """A page that says one thing, and leads on."""
    way_on = (
        f'<p style="margin-top:24px"><a class="button primary" href="{escape(link)}">{escape(verb)}</a></p>' if link is not None else ""
    )
    return framed(title, f"<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>\n{way_on}")


def alert(words: str) -> str:
    return f'<p role="alert">{escape(words)}</p>'


def money(cents: int, currency: str) -> str:
    """An amount with its currency: 999 → "9.99 USD"."""
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{cents // 100}.{cents % 100:02d} {currency.upper()}"


_FOOT = f'<p class="foot muted"><a href="{DASHBOARD}">Everything in this sandbox</a></p>'
