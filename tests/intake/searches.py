"""Intakes to look for, and what the index of their words holds."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.intake import admin_queries
from autodoctor.intake.models import Intake
from autodoctor.intake.searching import IntakeFilter


async def told(concern: str | None = None, *, at: datetime | None = None, **more: object) -> uuid.UUID:
    """An intake that says this."""
    intake = Intake(concern=concern, created_at=at or clock.now(), **more)  # type: ignore[arg-type]
    async with unit_of_work() as db:
        db.add(intake)
    return intake.id


async def found(words: str, **more: object) -> list[uuid.UUID]:
    """The intakes that are found, in the order of the list, put together of pages of two."""
    ids, cursor, wanted = list[uuid.UUID](), None, IntakeFilter(words=words, **more)  # type: ignore[arg-type]
    while True:
        async with reading() as db:
            page = await admin_queries.listed(db, wanted, limit=2, cursor=cursor)
        ids += [each.id for each in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return ids


async def indexed_words(db: AsyncSession) -> str:
    """Every word that the index would find something by."""
    if db.get_bind().dialect.name == "postgresql":
        return str((await db.execute(sa.text("SELECT words::text FROM intakes"))).all())
    await db.execute(sa.text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.intake_terms USING fts5vocab('main', 'intake_words', 'row')"))
    return str((await db.execute(sa.text("SELECT term FROM temp.intake_terms"))).all())
