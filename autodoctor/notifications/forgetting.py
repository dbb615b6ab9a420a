"""What was written to people doesn't stay: the text of delivered mails goes after a while, and everything to an erased account at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.notifications.service import MAIL

BLANK: dict[str, Any] = {"to": "", "subject": "", "text": "", "html": "", "links": []}
_SECRET = ("verify:", "reset:")
"""How the keys of mails begin whose links open an account."""


async def forget_address(db: AsyncSession, address: str) -> None:
    """Every mail to this address is emptied, and what waits isn't sent any more. That it was written, and its key, stay."""
    if not address:
        return
    is_mail = (col(OutboxEntry.kind) == MAIL, sa.func.lower(col(OutboxEntry.payload)["to"].as_string()) == address.lower())
    emptied = {"payload": BLANK, "cleared_at": clock.now(), "status": OutboxStatus.delivered, "last_error": None}
    await db.execute(sa.update(OutboxEntry).where(*is_mail).values(**emptied))


async def clear_delivered(db: AsyncSession, *, before: datetime, secrets_before: datetime, limit: int) -> int:
    """Empty a batch of mails that were delivered before this moment, those with links that open an account before another one.

    Answers how many.
    """
    is_secret = sa.or_(*(col(OutboxEntry.key).startswith(each) for each in _SECRET))
    old = sa.or_(col(OutboxEntry.delivered_at) < before, sa.and_(is_secret, col(OutboxEntry.delivered_at) < secrets_before))
    found = sa.select(col(OutboxEntry.id)).where(
        col(OutboxEntry.kind) == MAIL, col(OutboxEntry.status) == OutboxStatus.delivered, col(OutboxEntry.cleared_at).is_(None), old
    )
    batch = found.limit(limit).with_for_update(skip_locked=True)
    cleared = await db.execute(sa.update(OutboxEntry).where(col(OutboxEntry.id).in_(batch)).values(payload=BLANK, cleared_at=clock.now()))
    return cleared.rowcount  # type: ignore[attr-defined]
