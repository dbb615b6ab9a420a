"""What a browser says of itself, in words for the person whose login it is. Pure."""

from __future__ import annotations

import re

from autodoctor.words import N_, _

_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", N_("a Chromebook")),
    ("Windows", "Windows"),
    ("Macintosh", N_("a Mac")),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""In this order: most browsers name others too, the last in the list least of all themselves."""
_PROGRAM = re.compile(r"[\w.-]{1,40}")


def device_words(user_agent: str | None) -> str:
    """`Chrome on Windows`, `Safari on iPhone`; a program by the name it gives; `An unknown device` for none."""
    told = user_agent or ""
    machine = next((words for mark, words in _MACHINES if mark in told), "")
    browser = next((words for mark, words in _BROWSERS if mark in told), "")
    if machine:
        return _("{browser} on {machine}", browser=browser or _("A browser"), machine=_(machine))
    program = _PROGRAM.match(told)
    return _("A program: {name}", name=program.group()) if program else _("An unknown device")
