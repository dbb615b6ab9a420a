"""Who is spoken to: the language of this request, this event, this build."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

PAGES_LANGUAGE = "PAGES_LANGUAGE"
"""The environment variable that a build of the pages is told its language by (scripts/build). No server sets it."""

_LONGEST_WISH = 1_000
"""Characters of an `Accept-Language` header that are read."""


class Language(StrEnum):
    """What `<html lang>` says."""

    en = "en"
    fr = "fr"
    marked = "en-x-marked"
    """English with every message in ⟦brackets⟧: where some are missing, a text was forgotten (tests/words)."""

    @property
    def own_name(self) -> str:
        """As those who speak it call it."""
        return {Language.en: "English", Language.fr: "Français"}.get(self, self.value)

    @property
    def locale(self) -> str:
        """By which its numbers, amounts and dates are written: Babel's name."""
        return "fr" if self is Language.fr else "en_US"


OFFERED = (Language.en, Language.fr)
"""Those that readers can choose, the one for everybody else first."""

_OF_THIS_PROCESS = Language(os.environ.get(PAGES_LANGUAGE) or OFFERED[0])
_spoken: ContextVar[Language] = ContextVar("the language spoken", default=_OF_THIS_PROCESS)


def spoken() -> Language:
    """The language in which words are made now."""
    return _spoken.get()


def speaks(language: Language) -> None:
    """From here to the end of this task, what is said is in this language."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Inside, what is said is in this language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def preferred(chosen: str, accepted: str) -> Language:
    """A reader's language: their choice if we have it, else the first of their browser's wishes that we have (RFC 9110, 12.5.4), else
    English.

    `chosen` is the choice as it came, "" for none; `accepted` an `Accept-Language` header.
    """
    offered = {each.value: each for each in OFFERED}
    if chosen in offered:
        return offered[chosen]
    wishes = [_wish(part) for part in accepted[:_LONGEST_WISH].split(",")]
    for quality, name in sorted(wishes, key=lambda wish: -wish[0]):
        if quality > 0 and name in offered:
            return offered[name]
    return OFFERED[0]


def _wish(part: str) -> tuple[float, str]:
    """How much a language is wanted, 0 to 1, and its name without its region. What can't be read isn't wanted."""
    tag, *parameters = (each.strip().lower() for each in part.split(";"))
    weight = next((each.removeprefix("q=") for each in parameters if each.startswith("q=")), "1")
    try:
        return float(weight), tag.partition("-")[0]
    except ValueError:
        return 0.0, tag
