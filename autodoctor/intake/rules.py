"""The life of an intake, as data, and what its fields must look like (section 5). Pure: each check answers with a sentence, or None
when all is well."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from autodoctor.words import _


class IntakeStatus(StrEnum):
    new = "new"
    pending = "pending"
    in_review = "in_review"
    in_progress = "in_progress"
    awaiting_customer = "awaiting_customer"
    resolved = "resolved"
    cancelled = "cancelled"


_I = IntakeStatus
_ENDS = frozenset({_I.resolved, _I.cancelled})

INTAKE_TRANSITIONS: Mapping[IntakeStatus, frozenset[IntakeStatus]] = {
    _I.new: frozenset({_I.pending, _I.in_review, _I.in_progress, _I.awaiting_customer}) | _ENDS,
    _I.pending: frozenset({_I.in_review, _I.in_progress, _I.awaiting_customer}) | _ENDS,
    _I.in_review: frozenset({_I.in_progress, _I.awaiting_customer}) | _ENDS,
    _I.in_progress: frozenset({_I.awaiting_customer}) | _ENDS,
    _I.awaiting_customer: frozenset({_I.in_progress}) | _ENDS,
    _I.resolved: frozenset(),
    _I.cancelled: frozenset(),
}
"""PRODUCT section 5. Whoever works it goes forward, and may skip steps; what waits for the customer goes on when they have answered."""

OPEN = frozenset(status for status, following in INTAKE_TRANSITIONS.items() if following)
"""Somebody still has to do something about it."""

MIN_CONCERN, MAX_CONCERN = 3, 2000
MAX_DETAILS = 5000
MAX_NAME, MAX_CITY = 120, 120


def concern_problem(concern: str) -> str | None:
    """The concern is the one thing nobody can help without."""
    if not concern:
        return _("Please tell us what is wrong.")
    if len(concern) < MIN_CONCERN:
        return _("Please say a little more about what is wrong.")
    return length_problem(concern, MAX_CONCERN)


def contact_name_problem(name: str) -> str | None:
    return length_problem(name, MAX_NAME) if name else _("Please tell us your name.")


def length_problem(text: str, longest: int) -> str | None:
    return None if len(text) <= longest else _("Please use at most {most} characters: it is {count} now.", most=longest, count=len(text))
