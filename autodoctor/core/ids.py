"""Identifiers: random UUIDs for rows, and reading one that came from outside."""

from __future__ import annotations

import uuid

from autodoctor.core.errors import NotFound


def new_id() -> uuid.UUID:
    return uuid.uuid4()


def parse_id(text: object) -> uuid.UUID | None:
    """The UUID that a stranger's text stands for, or None when it is none."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def named_id(text: object) -> uuid.UUID:
    """What a page names. Raises NotFound for what is no id."""
    if (found := parse_id(text)) is None:
        raise NotFound
    return found
