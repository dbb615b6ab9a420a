"""What the conversation tells of itself. It is kept in English, and read by everybody in their own language. Pure."""

from __future__ import annotations

import re

from autodoctor.words import N_, _

JOINED = N_("{name} (invited) joined")
REMOVED = N_("{name} (invited) was removed")
MINUTES_ADDED = N_("{minutes} minutes were added")


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template)))


_KNOWN = {template: _pattern(template) for template in (JOINED, REMOVED, MINUTES_ADDED)}


def in_words(kept: str) -> str:
    """A notice as it is read; one that isn't known stays as it was written."""
    for template, pattern in _KNOWN.items():
        if found := pattern.fullmatch(kept):
            return _(template, **found.groupdict())
    return kept
