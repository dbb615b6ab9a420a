"""What stands in the address of a list: read from a query or a form, and written as a link. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
"""Between them lies every day on which something of ours could have happened."""


def leading_to(path: str, asked: Mapping[str, str]) -> str:
    """The path with what is asked for; what is "" is left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def words_in(query: Mapping[str, Any], name: str, longest: int) -> str:
    """What a query or a form says under a name, at most so long; "" where it says no words."""
    value = query.get(name)
    return value.replace("\0", "").strip()[:longest] if isinstance(value, str) else ""


def day_in(query: Mapping[str, Any], name: str) -> str:
    """A day in its one spelling (ISO 8601); "" for what is none, or lies outside `FIRST_DAY` and `LAST_DAY`."""
    try:
        day = date.fromisoformat(words_in(query, name, 10))
    except ValueError:
        return ""
    return day.isoformat() if FIRST_DAY <= day <= LAST_DAY else ""
