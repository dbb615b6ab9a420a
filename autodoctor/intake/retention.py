"""Intakes that nobody paid for don't keep their pictures for ever."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.files.models import Upload
from autodoctor.intake.models import Intake
from autodoctor.sessions.models import Session


async def let_go_of_uploads(db: AsyncSession, *, before: datetime, limit: int) -> int:
    """A batch of uploads of intakes that were last changed before this moment and belong to no session is nobody's any more: the sweep of
    the files removes it. Answers how many.
    """
    is_linked = sa.exists().where(col(Session.intake_id) == col(Intake.id))
    last_changed = sa.func.coalesce(col(Intake.updated_at), col(Intake.created_at))
    found = (
        sa.select(col(Upload.id))
        .join(Intake, col(Intake.id) == col(Upload.intake_id))
        .where(col(Intake.created_at) < before, last_changed < before, ~is_linked)
        .limit(limit)
    )
    let_go = await db.execute(sa.update(Upload).where(col(Upload.id).in_(found)).values(intake_id=None))
    return let_go.rowcount  # type: ignore[attr-defined]
