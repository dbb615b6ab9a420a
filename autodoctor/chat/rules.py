"""When something may be said in a room, and how much. Pure: no I/O, no clock, no settings."""

from __future__ import annotations

from datetime import datetime, timedelta

from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus

LONGEST_MESSAGE = 4000
LONGEST_CLIENT_ID = 64

OPEN = frozenset({SessionStatus.waiting, SessionStatus.live})
"""A mechanic has accepted and the session isn't over: both sides may write."""


QUIET = timedelta(minutes=10)
"""Who is silent for so long after the end of a session begins anew when they write: the other side is mailed again (M7)."""


def is_news(written_at: datetime, previous_at: datetime | None) -> bool:
    """Whether a message after the end begins a stretch of writing; `previous_at` is when the same person wrote before it."""
    return previous_at is None or written_at - previous_at > QUIET


def is_over(status: SessionStatus) -> bool:
    """Nothing more will be said in a session with this status."""
    return not SESSION_TRANSITIONS[status]
