"""What the payments capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


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
