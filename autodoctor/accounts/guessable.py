"""Passwords that a guesser tries first: those that many people use, and words of this house (docs/security.md; OWASP ASVS 5.0, 6.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_LIST = Path(__file__).with_name("common_passwords.txt")
WORDS_OF_THE_HOUSE = (
    "admin",
    "administrator",
    "auto",
    "car",
    "cars",
    "customer",
    "doctor",
    "garage",
    "login",
    "mechanic",
    "mechanics",
    "password",
    "repair",
    "welcome",
)
"""A password of nothing but these, with whatever digits and signs between and around them, is refused."""

_NO_LETTERS = re.compile(r"[\W\d_]+")
_OF_THE_HOUSE = re.compile(f"(?:{'|'.join(WORDS_OF_THE_HOUSE)})+")


def is_guessable(password: str) -> bool:
    """Whether a guesser has it among the first ten thousand or so, in whatever case it is written."""
    known = password.casefold()
    return known in _common() or _OF_THE_HOUSE.fullmatch(_NO_LETTERS.sub("", known)) is not None


@lru_cache
def _common() -> frozenset[str]:
    return frozenset(line for line in _LIST.read_text("utf-8").splitlines() if not line.startswith("#"))
