"""When something may be said in a room, and how much. Pure: no I/O, no clock, no settings."""

from __future__ import annotations

from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus

LONGEST_MESSAGE = 4000
LONGEST_CLIENT_ID = 64

OPEN = frozenset({SessionStatus.waiting, SessionStatus.live})
"""A mechanic has accepted and the session isn't over: both sides may write."""


def is_over(status: SessionStatus) -> bool:
    """Nothing more will be said in a session with this status."""
    return not SESSION_TRANSITIONS[status]
