"""When a session can be booked, moved and reminded of: the arithmetic of slots (L8). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from autodoctor.scheduling.rules import Interval

STEP = timedelta(minutes=30)
"""Slots start on full and half hours."""

QUARTER = timedelta(minutes=15)
"""What a slot is made of, and what the database sells once (docs/decisions/0007)."""

LEAD = timedelta(minutes=60)
"""Nothing can be booked that starts sooner, and nothing moved."""

HORIZON = timedelta(days=14)
DEFAULT_SPAN = timedelta(days=7)
REMIND_DAY, REMIND_SOON = timedelta(hours=24), timedelta(minutes=15)

_HOUR = timedelta(hours=1)


def quarters(starts_at: datetime, ends_at: datetime) -> list[datetime]:
    """The beginnings of the quarters of an hour that a slot is made of, earliest first."""
    return [starts_at + QUARTER * number for number in range(-((starts_at - ends_at) // QUARTER))]


def is_start(moment: datetime) -> bool:
    """Whether a slot may start at this moment, by the clock alone."""
    return not (moment - moment.replace(minute=0, second=0, microsecond=0)) % STEP


def is_bookable(starts_at: datetime, now: datetime) -> bool:
    """Whether a slot that starts then can be booked now: a full or half hour, neither too soon nor too far away."""
    return is_start(starts_at) and now + LEAD <= starts_at <= now + HORIZON


def can_move(starts_at: datetime, now: datetime) -> bool:
    """Until an hour before a booking's time its customer may choose another."""
    return now <= starts_at - LEAD


def starts(start: datetime, end: datetime, now: datetime) -> list[datetime]:
    """The starts from `start` up to, but without, `end` that can be booked now."""
    first = max(start, now + LEAD)
    hour = first.replace(minute=0, second=0, microsecond=0)
    at = next(each for each in (hour, hour + STEP, hour + _HOUR) if each >= first)
    found = []
    while at < end and at <= now + HORIZON:
        found.append(at)
        at += STEP
    return found


def is_worked(starts_at: datetime, ends_at: datetime, hours: Iterable[Interval]) -> bool:
    """Whether these working hours, those that touch merged into one, contain the whole slot."""
    return any(each.start <= starts_at and ends_at <= each.end for each in hours)


def is_free(wanted: Sequence[datetime], taken: frozenset[datetime]) -> bool:
    """Whether none of a slot's quarters is taken."""
    return taken.isdisjoint(wanted)
