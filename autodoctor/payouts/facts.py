"""What the payouts capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from autodoctor.payouts.rules import PayoutStatus


@dataclass(frozen=True)
class PayoutChanged:
    """A mechanic's share exists, has a new status, or another amount."""

    payout_id: uuid.UUID
    session_id: uuid.UUID
    mechanic_id: uuid.UUID
    status: PayoutStatus


@dataclass(frozen=True)
class BooksCompared:
    """Our books were compared with Stripe's: what administrators see of it has changed."""
