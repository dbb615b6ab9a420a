"""The one frame that every mail stands in: readable as text, one button (DESIGN.md, "Emails")."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from string import Template


@dataclass(frozen=True)
class Letter:
    """What a message says: plain text throughout, the frame does the rest. `button` is a verb, `link` where it leads."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    button: str
    link: str


@dataclass(frozen=True)
class Mail:
    """A letter in its frame, ready to be sent. `links` are the addresses that it leads to."""

    subject: str
    text: str
    html: str
    links: tuple[str, ...]


# Colours are Radix slate and teal, like ui/theme.py; mail clients know no style sheet of ours, so they stand here again.
_HTML = Template(
    """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$subject</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #111113 !important; }
  .card { background: #18191b !important; border-color: #363a3f !important; }
  .words { color: #edeef0 !important; }
  .small { color: #b0b4ba !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:24px 16px;background:#f9f9fb">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0"><tr><td align="center">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:560px">
<tr><td class="words" style="padding:0 0 16px;font:700 20px/1.3 'Bricolage Grotesque',system-ui,sans-serif;color:#1c2024">
Auto Doctor</td></tr>
<tr><td class="card" style="padding:32px 24px;background:#ffffff;border:1px solid #d9d9e0;border-radius:12px">
$paragraphs
<a href="$link" style="display:inline-block;margin-top:8px;padding:14px 24px;border-radius:8px;background:#00796b;\
color:#ffffff;font:600 16px/1.2 Inter,system-ui,sans-serif;text-decoration:none">$button</a>
</td></tr>
<tr><td class="small" style="padding:16px 0 0;font:400 14px/1.5 Inter,system-ui,sans-serif;color:#60646c">
If the button does nothing, open this address:<br><span style="word-break:break-all">$link</span></td></tr>
</table>
</td></tr></table>
</body>
</html>
"""
)
_PARAGRAPH = Template(
    '<p class="words" style="margin:0 0 16px;white-space:pre-line;font:400 16px/1.5 Inter,system-ui,sans-serif;color:#1c2024">$words</p>'
)


def render(letter: Letter) -> Mail:
    """The letter as text and as HTML. Everything a person typed is escaped; a subject is one line, whatever they typed."""
    subject = " ".join(letter.subject.split())
    words = (letter.greeting, *letter.paragraphs)
    return Mail(subject=subject, text=_text(words, letter), html=_html(subject, words, letter), links=(letter.link,))


def _text(words: tuple[str, ...], letter: Letter) -> str:
    return "\n\n".join((*words, f"{letter.button}:\n{letter.link}", "Auto Doctor")) + "\n"


def _html(subject: str, words: tuple[str, ...], letter: Letter) -> str:
    return _HTML.substitute(
        subject=escape(subject),
        paragraphs="\n".join(_PARAGRAPH.substitute(words=escape(each)) for each in words),
        link=escape(letter.link),
        button=escape(letter.button),
    )
