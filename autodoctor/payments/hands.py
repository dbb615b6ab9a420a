"""What is stuck, and an administrator's hand on it: an event that keeps failing, an outbox entry that can't be delivered."""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.audit import service as audit
from autodoctor.core import outbox
from autodoctor.payments import inbox


async def process_event_again(db: AsyncSession, admin: Caller | None, event_id: str) -> None:
    """Have a failed event processed anew, by the job that does, right after the commit. Raises Forbidden, NotFound."""
    actor = require_admin(admin)
    await inbox.process_again(db, event_id)
    await audit.record(db, actor.user_id, "process_event", "stripe_event", event_id[:64])


async def deliver_again(db: AsyncSession, admin: Caller | None, entry_id: uuid.UUID) -> None:
    """Have a parked outbox entry delivered anew, by the job that does, right after the commit. Raises Forbidden, NotFound."""
    actor = require_admin(admin)
    entry = await outbox.again(db, entry_id)
    await audit.record(db, actor.user_id, "deliver_again", "outbox", entry_id, kind=entry.kind, key=entry.key)


async def note_comparison(db: AsyncSession, admin: Caller | None) -> None:
    """An administrator has our books compared with Stripe's now; the comparison itself is `payouts.reconcile`'s. Raises Forbidden."""
    actor = require_admin(admin)
    await audit.record(db, actor.user_id, "reconcile", "money", "all")
