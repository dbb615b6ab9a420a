"""Looking into the database."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa

from autodoctor.core.db import reading

Table = TypeVar("Table")


async def rows_of(table: type[Table], *conditions: Any) -> list[Table]:
    """Every row of a table that meets the conditions."""
    async with reading() as db:
        return list(await db.scalars(sa.select(table).where(*conditions)))
