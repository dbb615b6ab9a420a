"""Text as people type or paste it, made safe to store: no control characters, no halves of characters, no stray white space."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029]")
_TOO_MANY_BREAKS = re.compile(r"\n{3,}")
_NEVER_STORED = {"Cc", "Cs"}  # control characters (PostgreSQL refuses NUL) and lone surrogates (no encoding has them)


def one_line(text: str | None) -> str:
    """A text for a single line: white space of every kind becomes one space; `None` becomes empty."""
    return "".join(_kept(" ".join((text or "").split())))


def several_lines(text: str | None) -> str:
    """A text with its paragraphs: line breaks are kept, at most one empty line in a row; `None` becomes empty."""
    broken = _LINE_BREAKS.sub("\n", text or "").replace("\t", " ")
    return _TOO_MANY_BREAKS.sub("\n\n", "\n".join("".join(_kept(line)).rstrip() for line in broken.split("\n"))).strip()


def _kept(text: str) -> list[str]:
    return [letter for letter in text if unicodedata.category(letter) not in _NEVER_STORED]
