"""The life of a request, as data, and who may take it. Pure: no I/O, no clock, no settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from autodoctor.words import N_


class RequestStatus(StrEnum):
    pending = "pending"
    accepted = "accepted"
    unattended = "unattended"
    expired = "expired"
    cancelled = "cancelled"
    completed = "completed"


_R = RequestStatus

REQUEST_TRANSITIONS: Mapping[RequestStatus, frozenset[RequestStatus]] = {
    _R.pending: frozenset({_R.accepted, _R.unattended, _R.expired, _R.cancelled}),
    _R.unattended: frozenset({_R.accepted, _R.expired, _R.cancelled}),
    _R.accepted: frozenset({_R.pending, _R.cancelled, _R.completed}),
    _R.expired: frozenset(),
    _R.cancelled: frozenset(),
    _R.completed: frozenset(),
}
"""PRODUCT section 4. An accepted request goes back to pending when its mechanic lets go."""

WAITING = frozenset({_R.pending, _R.unattended})
"""Somebody waits and a mechanic may take it (L5)."""

OPEN = WAITING | {_R.accepted}
"""The customer's consultation is under way; a customer has one of these at a time (L9)."""


class CloseReason(StrEnum):
    """Why a request ended without a consultation."""

    expired = "expired"
    cancelled_while_waiting = "cancelled while waiting"
    cancelled_after_accept = "cancelled after a mechanic had accepted"
    customer_no_show = "the customer did not come"
    mechanic_no_show = "the mechanic did not come"
    mechanic_left = "the mechanic left and did not come back"
    orphaned = "it had lost its way"
    by_administrator = "cancelled by an administrator"


_ALWAYS_BACK = {
    CloseReason.expired,
    CloseReason.cancelled_while_waiting,
    CloseReason.mechanic_no_show,
    CloseReason.mechanic_left,
    CloseReason.orphaned,
    CloseReason.by_administrator,
}


def is_refunded(reason: CloseReason, *, no_show_is_refunded: bool) -> bool:
    """Whether the customer gets the money back (P4). Only their own no-show is a matter of policy."""
    if reason is CloseReason.customer_no_show:
        return no_show_is_refunded
    return reason in _ALWAYS_BACK


def no_show_reason(*, customer_came: bool, mechanic_came: bool) -> CloseReason:
    """Who is missing when a session hasn't begun in time. Where neither came, the mechanic's absence wins: money isn't kept for nothing."""
    if mechanic_came and not customer_came:
        return CloseReason.customer_no_show
    return CloseReason.mechanic_no_show


LEAST_AFTER_LETTING_GO = timedelta(minutes=15)


def expires_at(paid_at: datetime, offered_at: datetime, *, after: timedelta) -> datetime:
    """When a request that nobody takes expires: two hours from payment, but one that came back has fifteen minutes at least (L7)."""
    by_payment = paid_at + after
    return max(by_payment, offered_at + LEAST_AFTER_LETTING_GO) if offered_at > paid_at else by_payment


FEWEST_WAITS = 3


def expected_wait(waits_s: Sequence[float], *, waited_s: float = 0) -> int | None:
    """The median of what was left of recent waits after `waited_s`, in whole seconds; None while too few took longer to be true."""
    left = [wait - waited_s for wait in waits_s if wait > waited_s]
    return round(median(left)) if len(left) >= FEWEST_WAITS else None


def may_take(*, senior_only: bool, is_senior: bool) -> bool:
    """Any mechanic takes any plan, but diagnostics want a senior (PRODUCT section 2, L5)."""
    return is_senior or not senior_only


VALID: Mapping[str, frozenset[RequestStatus]] = {"pending": WAITING, "waiting": frozenset({_R.accepted})}
"""Which status of its request keeps a session of this status alive; without one it has lost its way (L3)."""


class WhyNot(StrEnum):
    """Why a mechanic can't be given a request, in an administrator's words."""

    suspended = N_("Not approved")
    junior = N_("A Full Diagnostic needs a senior mechanic")
    busy = N_("Has a job now")


def why_not(*, is_approved: bool, senior_only: bool, is_senior: bool, is_busy: bool) -> WhyNot | None:
    """The first thing that stands in the way of giving a request to this mechanic, or None (L2, L5). Being offline doesn't."""
    if not is_approved:
        return WhyNot.suspended
    if not may_take(senior_only=senior_only, is_senior=is_senior):
        return WhyNot.junior
    return WhyNot.busy if is_busy else None
