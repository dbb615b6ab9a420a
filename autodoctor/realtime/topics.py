"""What one can listen to. A topic is a short text, the same in every worker."""

from __future__ import annotations

import uuid

board = "board"
"""Requests that wait for a mechanic. Its listeners are the dashboards in the rooms of `boards.py`."""

money = "money"
"""Anything in the books. Its listeners are the administrators' pages in the rooms of `boards.py`."""

overview = "overview"
"""The administrators' overview. Nobody gives it a hint: its board is read anew after those of `queue` and `money`."""

earnings = "earnings"
"""What mechanics have earned, and their accounts for it. Its views begin with the id of the mechanic whose they are."""

queue = "queue"
"""Anything that moves a waiting customer's place or outlook: another request, a mechanic coming online."""

logins = "logins"
"""Logins that have ended. Nobody follows it: each worker looks which of its pages they concern."""

everybody = "*"
"""Every listener of every topic, for `resync`."""


def customer(user_id: uuid.UUID) -> str:
    """What concerns this customer's consultation."""
    return f"customer:{user_id}"


def mechanic(user_id: uuid.UUID) -> str:
    """What concerns this mechanic's standing and job."""
    return f"mechanic:{user_id}"


def earnings_of(user_id: uuid.UUID) -> str:
    """This mechanic's shares and their account."""
    return f"earnings:{user_id}"


def session(session_id: uuid.UUID) -> str:
    """What happens in this session's room."""
    return f"session:{session_id}"


def money_of(session_id: uuid.UUID) -> str:
    """The money of this session, for administrators."""
    return f"money:{session_id}"
