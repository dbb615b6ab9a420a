"""What video rooms are called, who they are for, and how long they wait. Pure."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from autodoctor.words import _n

PLANS_WITH_VIDEO = frozenset({"video15", "diagnostic"})

TOKEN_TTL_S = 600
"""How long a token lets somebody come in. Who is in stays in: LiveKit renews it over the open connection."""

MAX_PARTICIPANTS = 8
"""Two parties, their guests, and an observer or two."""

EMPTY_TIMEOUT_S = 1800
"""A room to which nobody comes closes after the half hour in which the customer may come (L3). Who asks for a token opens it again."""

DEPARTURE_TIMEOUT_S = 300

_ROOM = re.compile(r"session-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_IDENTITY = re.compile(r"(party|guest|observer)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def room_of(session_id: uuid.UUID) -> str:
    """A session's room (API.md)."""
    return f"session-{session_id}"


def session_of(room: str) -> uuid.UUID | None:
    """The session of a room; None for what isn't one of our names."""
    found = _ROOM.fullmatch(room)
    return uuid.UUID(found[1]) if found else None


@dataclass(frozen=True)
class Identity:
    """Who somebody is in a room: `kind` is `party`, `guest` or `observer`."""

    kind: str
    id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.kind}-{self.id}"


def identity_of(text: str) -> Identity | None:
    """The person behind a LiveKit identity; None for what isn't one of ours."""
    found = _IDENTITY.fullmatch(text)
    return Identity(found[1], uuid.UUID(found[2])) if found else None


def minutes_words(seconds: int) -> str:
    """How long video was missing, in words; "" for never."""
    if seconds <= 0:
        return ""
    if seconds < 60:
        return _n("{n} second", "{n} seconds", seconds)
    return _n("{n} minute", "{n} minutes", round(seconds / 60))
