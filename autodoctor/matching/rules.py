"""The life of a request, as data, and who may take it. Pure: no I/O, no clock, no settings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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


def first_name(full_name: str | None) -> str:
    """What a mechanic sees of a customer's name before accepting (L5)."""
    parts = (full_name or "").split()
    return parts[0] if parts else "Customer"
