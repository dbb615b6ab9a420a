"""The database: engine, column types, and the unit of work in which every change is made.

SQLite (WAL) is the embedded default, PostgreSQL serves several workers; the same code runs on both. A write transaction on
SQLite starts with BEGIN IMMEDIATE, so two writers queue at the start and never deadlock half-way.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Field, SQLModel

from autodoctor.core import clock, events
from autodoctor.core.ids import new_id
from autodoctor.core.settings import get_settings

SQLModel.metadata.naming_convention = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}

Json = sa.JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC. Naive times are refused on the way in; SQLite's naive answers get their zone back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone can't be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Choice(sa.types.TypeDecorator[StrEnum]):
    """A StrEnum stored as short text; pair it with `one_of` so that the database refuses anything else."""

    impl = sa.String(32)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        self.enum = enum
        super().__init__()

    def process_bind_param(self, value: StrEnum | str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> StrEnum | None:
        return None if value is None else self.enum(value)


def one_of(column: str, enum: type[StrEnum]) -> sa.CheckConstraint:
    """The CHECK constraint that keeps a Choice column to its values."""
    values = ", ".join(f"'{member.value}'" for member in enum)
    return sa.CheckConstraint(f"{column} IN ({values})", name=column)


class Table(SQLModel):
    """Base of every table; says once that a table's name is text."""

    __tablename__: ClassVar[str]  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleUnannotatedOverride]


class Row(Table):
    """What every table has: a random key and the moment it was written."""

    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


def async_url(url: str) -> str:
    """The driver's URL for a plain one: `sqlite:///…` → aiosqlite, `postgresql://…` → psycopg."""
    parsed = make_url(url)
    driver = "sqlite+aiosqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def sync_url(url: str) -> str:
    """The blocking driver's URL for a plain one, for migrations and tools; makes the folder of an SQLite file."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(parsed.database)
        return url
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def make_engine(url: str) -> AsyncEngine:
    """An engine for a plain URL, with the pragmas and transaction starts that SQLite needs.

    In production its errors, which end in the log, leave out what was written: addresses, hashes of passwords, messages.
    """
    options: dict[str, Any] = {"pool_size": 10, "max_overflow": 10, "hide_parameters": get_settings().is_production}
    if not url.startswith("sqlite"):
        return create_async_engine(async_url(url), pool_pre_ping=True, **options)
    _make_folder(make_url(url).database)
    engine = create_async_engine(async_url(url), **options)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _make_folder(database: str | None) -> None:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=15000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


@lru_cache
def get_engine() -> AsyncEngine:
    return make_engine(get_settings().database_url)


async def dispose_engine() -> None:
    """Close every connection; the next use opens anew (tests, shutdown)."""
    if get_engine.cache_info().currsize:
        await get_engine().dispose()
        get_engine.cache_clear()


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[AsyncSession]:
    """One transaction: committed when the block ends, rolled back when it raises.

    Facts recorded with `events.record` reach their after-commit listeners (the pushes) once the commit is through, never
    when it failed.
    """
    engine = get_engine().execution_options(sqlite_begin="BEGIN IMMEDIATE")
    async with AsyncSession(engine, expire_on_commit=False) as db:
        async with db.begin():
            yield db
        facts = events.take(db)
    await events.dispatch(facts)


@asynccontextmanager
async def savepoint(db: AsyncSession) -> AsyncIterator[None]:
    """A part of a transaction that may fail alone: when it raises, its writes and its facts are gone, and the rest stands."""
    stated = events.count(db)
    try:
        async with db.begin_nested():
            yield
    except BaseException:
        events.withdraw_after(db, stated)
        raise


@asynccontextmanager
async def reading() -> AsyncIterator[AsyncSession]:
    """A session for reads: nothing written in it is kept."""
    async with AsyncSession(get_engine(), expire_on_commit=False) as db:
        yield db
