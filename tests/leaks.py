"""Nothing secret stands in a log: every line that the suite causes, in its own processes and in the servers it starts, is read for
passwords, tokens, keys and card numbers (issue 7, "Privacy")."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import Path
from typing import Any

PASSWORDS = ("a-good-password-9", "another-good-one", "demo-password-1")
"""What people of the tests and of the demo data log in with."""

_KINDS = {
    "a password": re.compile("|".join(map(re.escape, PASSWORDS))),
    "a token": re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{43}(?![\w-])"),
    "a signed text": re.compile(r"\beyJ[\w-]{16,}\.[\w-]{16,}"),
    "a password's hash": re.compile(r"\$2[aby]\$\d\d\$[./\w]{20,}"),
    "a key of Stripe's": re.compile(r"\b(?:sk|rk)_(?:live|test)_\w{8,}|\bwhsec_\w{8,}"),
    "a login": re.compile(r"\baad_\w+=[^\s;,'\"]{8,}|\bBearer\s+[^\s'\"]{8,}", re.IGNORECASE),
}
_CARD = re.compile(r"(?<![\w.-])[3-6]\d{3}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?(?![\w.-])")

_OF_A_VISITOR = ("livekit", "_ffi_client")
"""Logger and module of LiveKit's client. The product never uses it: in tests it stands for a visitor's browser, and tells its owner
alone which of their tokens was refused."""

_heard: list[str] = []
_made = logging.getLogRecordFactory()


def secrets_in(text: str) -> list[str]:
    """What shouldn't stand there, each with its kind."""
    found = [f"{kind}: {match[0]}" for kind, pattern in _KINDS.items() for match in pattern.finditer(text)]
    return found + [f"a card's number: {match[0]}" for match in _CARD.finditer(text) if _is_a_cards(match[0])]


def secrets_in_file(log: Path) -> list[str]:
    return secrets_in(log.read_text(errors="replace")) if log.exists() else []


def listen() -> None:
    """Read every line that is logged in this process from now on."""
    logging.setLogRecordFactory(_overheard)


def taken() -> list[str]:
    """The lines with something secret since this was asked last."""
    lines = list(_heard)
    _heard.clear()
    return lines


def _overheard(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _made(*args, **kwargs)
    if (record.name, record.module) == _OF_A_VISITOR:
        return record
    text = f"{record.getMessage()}\n{_traceback_of(record)}"
    if found := secrets_in(text):
        _heard.append(f"{found} in {text}")
    return record


def _traceback_of(record: logging.LogRecord) -> str:
    """As it is written later on: a library's stands in its record, ours in the event that the record carries."""
    told: Any = record.exc_info or (record.msg.get("exc_info") if isinstance(record.msg, dict) else None)
    if told is True:
        told = sys.exc_info()
    error = told[1] if isinstance(told, tuple) else told
    return "".join(traceback.format_exception(error)) if isinstance(error, BaseException) else ""


def _is_a_cards(number: str) -> bool:
    """Luhn's check: what isn't a card's number passes it once in ten times."""
    digits = [int(each) for each in number if each.isdigit()]
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [sum(divmod(2 * each, 10)) if place % 2 else each for place, each in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0
