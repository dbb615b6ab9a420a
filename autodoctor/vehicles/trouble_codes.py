"""Trouble codes (P0420, …): found in a text, and taken apart by the digits of SAE J2012. Pure: no I/O, no clock, no settings.

What single codes mean stands in `trouble_codes.json` beside this file, in our own words; `code_book` reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

CODE = re.compile(r"\b[PBCU][0-3][0-9A-F]{3}\b", re.IGNORECASE)
"""The system, who defined it, and three figures."""

MOST_CODES = 12
"""How many different codes of one text are explained: more is a whole printout, which a mechanic reads as a file."""


class Urgency(StrEnum):
    """What somebody should do who sees the code: stop and ask now, have it seen to within days, or at the next visit."""

    now = "now"
    soon = "soon"
    later = "later"


@dataclass(frozen=True)
class Meaning:
    """What a book says of a code."""

    meaning: str
    causes: list[str] = field(default_factory=list)
    urgency: str = ""


@dataclass(frozen=True)
class Explanation:
    """A code in words. `about` says what part of the car it is and who defined it; `causes` and `urgency` are empty where unknown."""

    code: str
    meaning: str
    about: str
    causes: str = ""
    urgency: str = ""


def find_codes(*texts: str | None) -> list[str]:
    """The trouble codes in these texts, each once, in the order in which they stand there, at most MOST_CODES (section 5)."""
    found = [code.upper() for text in texts for code in CODE.findall(text or "")]
    return list(dict.fromkeys(found))[:MOST_CODES]


def explain(code: str, known: Meaning | None) -> Explanation:
    """A code with what a book knows of it; without, with what its digits say."""
    about = ", ".join(part for part in (_SYSTEMS[code[0]], subsystem(code), definer(code)) if part)
    if known:
        return Explanation(code, known.meaning, about, ", ".join(known.causes), known.urgency)
    return Explanation(code, f"{_SYSTEMS[code[0]]}: {subsystem(code) or 'what exactly, the code book of the maker says'}", about)


def definer(code: str) -> str:
    """Who decided what the code means: everybody together (SAE, ISO), or each maker alone."""
    return "the same for every maker" if _is_common(code) else "defined by the maker"


def _is_common(code: str) -> bool:
    system, kind, third = code[0], code[1], code[2]
    if system == "P":
        return kind in "02" or (kind == "3" and third >= "4")
    return kind == "0" or (kind == "3" and system == "U")


def subsystem(code: str) -> str:
    """The part of the car that the third figure names, "" where the standard gives it no meaning."""
    if code[0] == "P":
        return _POWERTRAIN.get(code[1:3]) or _POWERTRAIN_BY_FIGURE.get(code[2], "")
    return _NETWORK.get(code[2], "") if code[0] == "U" else ""


_SYSTEMS = {"P": "Engine and gearbox", "B": "Body", "C": "Chassis", "U": "Data lines between control units"}
_POWERTRAIN_BY_FIGURE = {
    "0": "fuel, air and exhaust cleaning",
    "1": "fuel and air",
    "2": "fuel and air, injection",
    "3": "ignition and misfires",
    "4": "exhaust cleaning",
    "5": "speed, idling and other inputs",
    "6": "control unit and its outputs",
    "7": "gearbox",
    "8": "gearbox",
    "9": "gearbox",
    "A": "hybrid drive",
    "B": "hybrid drive",
    "C": "hybrid drive",
}
_POWERTRAIN = {"29": "fuel, air and exhaust cleaning", "2A": "fuel, air and exhaust cleaning", "2B": "fuel, air and exhaust cleaning"}
_NETWORK = {
    "0": "wires of the network",
    "1": "a control unit that doesn't answer",
    "2": "a control unit that doesn't answer",
    "3": "software",
    "4": "data that makes no sense",
    "5": "data that makes no sense",
}
