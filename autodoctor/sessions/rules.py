"""The life of a session, as data, and the arithmetic of its clock. Pure: no I/O, no clock, no settings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar


class SessionStatus(StrEnum):
    scheduled = "scheduled"
    pending = "pending"
    waiting = "waiting"
    live = "live"
    completed = "completed"
    cancelled = "cancelled"


_S = SessionStatus

SESSION_TRANSITIONS: Mapping[SessionStatus, frozenset[SessionStatus]] = {
    _S.scheduled: frozenset({_S.pending, _S.cancelled}),
    _S.pending: frozenset({_S.waiting, _S.cancelled}),
    _S.waiting: frozenset({_S.live, _S.pending, _S.cancelled}),
    _S.live: frozenset({_S.completed, _S.pending, _S.cancelled}),
    _S.completed: frozenset(),
    _S.cancelled: frozenset(),
}
"""PRODUCT section 4. A pending session becomes waiting when a mechanic accepts, live when both are in the room. A live one goes back
to pending when its mechanic has left and the customer asks for another (docs/decisions/0008)."""

AnyStatus = TypeVar("AnyStatus", bound=StrEnum)


def sources_of(table: Mapping[AnyStatus, frozenset[AnyStatus]], target: AnyStatus) -> frozenset[AnyStatus]:
    """Every status from which a table of transitions reaches `target` in one step."""
    return frozenset(source for source, targets in table.items() if target in targets)


def remaining_seconds(ends_at: datetime | None, now: datetime) -> int | None:
    """Whole seconds left of a live session, never below zero; None before it has started (M4).

    `now` is the moment at which its clock stands: the end, or the mechanic's leaving, where there was one.
    """
    if ends_at is None:
        return None
    return max(0, math.ceil((ends_at - now).total_seconds()))


def duration_minutes(started_at: datetime, ended_at: datetime) -> int:
    """How long a session took, in minutes, a begun minute counted as a whole one."""
    return max(1, math.ceil((ended_at - started_at) / timedelta(minutes=1)))


def follow_up_ends_at(status: SessionStatus, ended_at: datetime | None, follow_up_days: int) -> datetime | None:
    """Until when both sides may still write after the end (M7); None for a plan without it, and before or without completion."""
    if status is not SessionStatus.completed or ended_at is None or follow_up_days == 0:
        return None
    return ended_at + timedelta(days=follow_up_days)


def takes_more(status: SessionStatus, follow_up_until: datetime | None, now: datetime) -> bool:
    """Whether messages and files may still be added: until the end, or until the end of the follow-up questions."""
    return bool(SESSION_TRANSITIONS[status]) or (follow_up_until is not None and now < follow_up_until)


PRESENT_FOR = timedelta(seconds=40)
"""How long a sign of life counts: an open room gives one every fifteen seconds."""


def is_here(seen_at: datetime | None, now: datetime) -> bool:
    """Whether somebody is in the room, by their last sign of life from there."""
    return seen_at is not None and now - seen_at <= PRESENT_FOR


class Absence(StrEnum):
    """What a look for the mechanic of a live session finds (L3)."""

    none = "none"
    """They are in the room, or were a moment ago."""
    nobody_minds = "nobody minds"
    """They are away, and so is the customer: the clock runs on."""
    felt = "felt"
    """The customer sits in the room alone."""


def absence(mechanic_seen_at: datetime | None, customer_seen_at: datetime | None, now: datetime, *, grace: timedelta) -> Absence:
    """Whether the customer of a live session is to be asked what to do: the mechanic has been away for longer than `grace`."""
    if mechanic_seen_at is not None and now - mechanic_seen_at < grace:
        return Absence.none
    return Absence.felt if is_here(customer_seen_at, now) else Absence.nobody_minds
