"""Identifiers: random UUIDs for rows, and reading one that came from outside."""

from __future__ import annotations

import uuid


def new_id() -> uuid.UUID:
    return uuid.uuid4()


def parse_id(text: object) -> uuid.UUID | None:
    """The UUID that a stranger's text stands for, or None when it is none: callers answer "not found"."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
