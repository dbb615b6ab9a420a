"""What the scheduling capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class BookingChanged:
    """A booking was made, moved, given back, called off, or its time has come. `mechanic_id`: whose calendar shows it differently."""

    session_id: uuid.UUID
    customer_id: uuid.UUID
    mechanic_id: uuid.UUID | None


@dataclass(frozen=True)
class BookingCancelled:
    """A booked session was called off before its time: what was paid goes back, in the same transaction (P4)."""

    session_id: uuid.UUID
    customer_id: uuid.UUID
