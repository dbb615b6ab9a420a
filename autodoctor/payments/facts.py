"""What the payments capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class PaymentSettled:
    """Money came in for a session: its plan, more time, or a tip."""

    session_id: uuid.UUID
    payment_id: uuid.UUID


@dataclass(frozen=True)
class RefundMoved:
    """A refund that nothing was changed about waits for a bank now, or is begun anew."""

    session_id: uuid.UUID


@dataclass(frozen=True)
class RefundSettled:
    """Money of a session has gone back to its customer, or couldn't."""

    session_id: uuid.UUID
    customer_id: uuid.UUID


@dataclass(frozen=True)
class KeptChanged:
    """Of what was paid for a session something is promised back or lost, or a bank disputes it or no longer does."""

    session_id: uuid.UUID


@dataclass(frozen=True)
class TipPaid:
    """A customer thanked the mechanic of a session with money."""

    session_id: uuid.UUID
    payment_id: uuid.UUID


@dataclass(frozen=True)
class EventStored:
    """Something that Stripe told waits to be acted on (wakes the job that does)."""


@dataclass(frozen=True)
class FailingEventChanged:
    """Something that Stripe told couldn't be acted on, is tried anew, or was acted on at last."""

    event_id: str
