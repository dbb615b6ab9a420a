"""Text as people type or paste it, made safe to store: no control characters, no halves of characters, no stray white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

LONGEST_TEXT = 20_000
"""Nothing that is typed or pasted into a field of ours is longer, in characters."""
_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029]")
_TOO_MANY_BREAKS = re.compile(r"\n{3,}")
_NEVER_STORED = {"Cc", "Cs"}  # control characters (PostgreSQL refuses NUL) and lone surrogates (no encoding has them)


def is_storable(text: str) -> bool:
    """Whether a database keeps it: PostgreSQL has no NUL character, and half of a surrogate pair is no text."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def one_line(text: str | None) -> str:
    """A text for a single line: white space of every kind becomes one space; `None` becomes empty."""
    return " ".join(_storable(text or "", and_kept=str.isspace).split())


def several_lines(text: str | None) -> str:
    """A text with its paragraphs: line breaks are kept, at most one empty line in a row; `None` becomes empty."""
    broken = _LINE_BREAKS.sub("\n", text or "").replace("\t", " ")
    return _TOO_MANY_BREAKS.sub("\n\n", "\n".join(_storable(line).rstrip() for line in broken.split("\n"))).strip()


def _storable(text: str, and_kept: Callable[[str], bool] = lambda letter: False) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) not in _NEVER_STORED or and_kept(letter))
