"""What was written to people, for the development mailbox (PRODUCT section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core.outbox import OutboxEntry
from autodoctor.notifications.service import MAIL


@dataclass(frozen=True)
class SentMail:
    """A mail as its reader gets it."""

    to: str
    subject: str
    text: str
    html: str
    links: tuple[str, ...]
    created_at: datetime


async def sent_mails(db: AsyncSession, to: str | None = None, limit: int = 50) -> list[SentMail]:
    """The newest mails first, whether they were delivered or wait; `to` keeps those to one address (in any case)."""
    query = sa.select(col(OutboxEntry.payload), col(OutboxEntry.created_at)).where(col(OutboxEntry.kind) == MAIL)
    if to:
        query = query.where(sa.func.lower(col(OutboxEntry.payload)["to"].as_string()) == to.strip().lower())
    rows = await db.execute(query.order_by(col(OutboxEntry.created_at).desc(), col(OutboxEntry.id)).limit(limit))
    return [
        SentMail(payload["to"], payload["subject"], payload["text"], payload["html"], tuple(payload["links"]), created_at)
        for payload, created_at in rows.tuples()
    ]
