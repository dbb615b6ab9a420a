"""The one place where a payout's status changes: through the table (P5)."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import events
from autodoctor.core.errors import InvalidTransition
from autodoctor.payouts.facts import PayoutChanged
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import PAYOUT_TRANSITIONS, PayoutStatus


async def change(db: AsyncSession, payout: Payout, to: PayoutStatus, **values: Any) -> None:
    """Move a payout, whose row the caller holds, to `to`. Raises InvalidTransition when the table doesn't allow it."""
    if to not in PAYOUT_TRANSITIONS[payout.status]:
        raise InvalidTransition
    payout.status = to
    await put(db, payout, **values)


async def put(db: AsyncSession, payout: Payout, **values: Any) -> None:
    """Change other columns of a payout, whose row the caller holds, and tell of it."""
    for name, value in values.items():
        setattr(payout, name, value)
    await db.flush()
    await events.record(db, PayoutChanged(payout.id, payout.session_id, payout.mechanic_id, payout.status))
