"""An erased account has no files: the rows go now, and what is stored goes with the next sweep that finds it old enough."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountErased
from autodoctor.core import events
from autodoctor.files.models import SessionFile, Upload


@events.subscribe(AccountErased)
async def erase_files(db: AsyncSession, fact: AccountErased) -> None:
    """Without its row a link to a file leads nowhere any more, also one that was given out before."""
    await db.execute(sa.delete(SessionFile).where(col(SessionFile.uploaded_by) == fact.user_id))
    await db.execute(sa.delete(Upload).where(col(Upload.owner_id) == fact.user_id))


async def hold_uploads_of(db: AsyncSession, owner_id: uuid.UUID) -> None:
    """Nobody else uses these files until this transaction ends."""
    theirs = sa.select(col(Upload.id)).where(col(Upload.owner_id) == owner_id)
    await db.execute(theirs.order_by(col(Upload.id)).with_for_update())


__all__ = ["erase_files", "hold_uploads_of"]
