"""What the sandbox remembers, in an SQLite file of its own: a restart or kill -9 loses nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite

from autodoctor.core import clock
from autodoctor.core.errors import sure
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.forms import Listing, numbers_in_order

Body = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL,
  body TEXT NOT NULL, notes TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_of_a_kind ON objects (kind, position);
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, asked TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (event_id TEXT PRIMARY KEY, due REAL NOT NULL, attempts INTEGER NOT NULL);
"""
_FILTERS = ("status", "payment_intent", "charge", "type", "transfer_group", "source", "transfer")
_AFTER = "position < (SELECT position FROM objects WHERE id = ?)"
_BEFORE = "position > (SELECT position FROM objects WHERE id = ?)"
_RETRY_S = (6, 12, 24, 60)
"""The first is longer than one delivery may take."""


@dataclass(frozen=True)
class Delivery:
    """An event that waits to be acknowledged."""

    event_id: str
    body: str


class State:
    """One transaction on what is remembered. Objects are Stripe's; `notes` are our own about an object, and never leave."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._db = connection

    async def get(self, kind: str, object_id: str) -> Body | None:
        row = await self._one("SELECT body FROM objects WHERE kind = ? AND id = ?", kind, object_id)
        return json.loads(row[0]) if row else None

    async def notes(self, object_id: str) -> Body:
        row = await self._one("SELECT notes FROM objects WHERE id = ?", object_id)
        return json.loads(row[0]) if row else {}

    async def add(self, body: Body, notes: Mapping[str, Any] | None = None) -> Body:
        values = (body["id"], body["object"], body["created"], json.dumps(body), json.dumps(notes or {}))
        await self._db.execute("INSERT INTO objects (id, kind, created, body, notes) VALUES (?, ?, ?, ?, ?)", values)
        return body

    async def change(self, body: Body, **values: Any) -> Body:
        changed = body | values
        await self._db.execute("UPDATE objects SET body = ? WHERE id = ?", (json.dumps(changed), body["id"]))
        return changed

    async def remove(self, object_id: str) -> None:
        await self._db.execute("DELETE FROM objects WHERE id = ?", (object_id,))

    async def note(self, object_id: str, **values: Any) -> None:
        notes = await self.notes(object_id) | values
        await self._db.execute("UPDATE objects SET notes = ? WHERE id = ?", (json.dumps(notes), object_id))

    async def page(self, kind: str, listing: Listing) -> tuple[list[Body], bool]:
        """The objects of a list, newest first, and whether there are more."""
        where, values = _conditions(kind, listing)
        forward = listing.ending_before is None
        order = "DESC" if forward else "ASC"
        query = f"SELECT body FROM objects WHERE {' AND '.join(where)} ORDER BY position {order} LIMIT ?"  # noqa: S608 - no value is in it
        rows = list(await self._db.execute_fetchall(query, (*values, listing.limit + 1)))
        page = [json.loads(row[0]) for row in rows[: listing.limit]]
        return (page if forward else page[::-1]), len(rows) > listing.limit

    async def all(self, kind: str) -> list[Body]:
        """Every object of a kind, the oldest first."""
        rows = await self._db.execute_fetchall("SELECT body FROM objects WHERE kind = ? ORDER BY position", (kind,))
        return [json.loads(row[0]) for row in rows]

    async def expanded(self, body: Body, names: Iterable[str]) -> Body:
        """The object with others, whose ids are in these fields, in place of their ids."""
        for name in names:
            if row := await self._one("SELECT body FROM objects WHERE id = ?", body.get(name)):
                body = body | {name: json.loads(row[0])}
        return body

    async def total(self, kind: str, field: str, **where: str) -> Mapping[str, int]:
        """The sum of a field over the objects of a kind, by currency; only those whose fields are as said in `where`."""
        conditions = ["kind = ?", *(f"json_extract(body, '$.{name}') = ?" for name in where)]
        query = f"""SELECT json_extract(body, '$.currency'), SUM(json_extract(body, '$.{field}'))
            FROM objects WHERE {" AND ".join(conditions)} GROUP BY 1"""  # noqa: S608 - no value is in it
        return {row[0]: row[1] for row in await self._db.execute_fetchall(query, (kind, *where.values()))}

    async def overdue_checkouts(self) -> list[Body]:
        """The open checkouts whose time has run out."""
        query = """SELECT body FROM objects WHERE kind = 'checkout.session'
            AND json_extract(body, '$.status') = 'open' AND json_extract(body, '$.expires_at') <= ?"""
        return [json.loads(row[0]) for row in await self._db.execute_fetchall(query, (clock.now().timestamp(),))]

    async def answered(self, key: str) -> tuple[str, Body] | None:
        """What was asked and answered before under this idempotency key."""
        row = await self._one("SELECT asked, body FROM answers WHERE key = ?", key)
        return (row[0], json.loads(row[1])) if row else None

    async def remember_answer(self, key: str, asked: str, body: Body) -> None:
        await self._db.execute("INSERT INTO answers (key, asked, body) VALUES (?, ?, ?)", (key, asked, json.dumps(body)))

    async def enqueue(self, event: Body) -> None:
        await self.add(event)
        await self._db.execute("INSERT INTO deliveries VALUES (?, ?, 0)", (event["id"], clock.now().timestamp()))

    async def take_due(self) -> Delivery | None:
        """The oldest event that is due. It is due again later, should it not be acknowledged until then."""
        now = clock.now().timestamp()
        row = await self._one("SELECT event_id, attempts FROM deliveries WHERE due <= ? ORDER BY rowid LIMIT 1", now)
        if row is None:
            return None
        event_id, attempts = row
        wait = _RETRY_S[min(attempts, len(_RETRY_S) - 1)]
        await self._db.execute("UPDATE deliveries SET due = ?, attempts = attempts + 1 WHERE event_id = ?", (now + wait, event_id))
        found = await self._one("SELECT body FROM objects WHERE id = ?", event_id)
        return Delivery(event_id, sure(found, "an event is never deleted")[0])

    async def acknowledge(self, event_id: str) -> None:
        await self._db.execute("DELETE FROM deliveries WHERE event_id = ?", (event_id,))

    async def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        async with self._db.execute(query, values) as cursor:
            row = await cursor.fetchone()
        return tuple(row) if row else None


@asynccontextmanager
async def transaction() -> AsyncIterator[State]:
    """Everything or nothing, one at a time, whichever worker asks."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    async with aiosqlite.connect(file, isolation_level=None, timeout=15) as connection:
        await connection.execute("PRAGMA journal_mode=WAL")
        await connection.execute("PRAGMA synchronous=OFF")  # play money: it outlives its process, and needn't outlive a power cut
        await connection.executescript(_SCHEMA)
        await connection.execute("BEGIN IMMEDIATE")
        try:
            yield State(connection)
        except BaseException:
            await connection.execute("ROLLBACK")
            raise
        await connection.execute("COMMIT")


def _file() -> Path:
    return get_settings().app_data_dir / "stripe-sandbox.sqlite3"


def _conditions(kind: str, listing: Listing) -> tuple[list[str], list[Any]]:
    where, values = ["kind = ?"], list[Any]([kind])
    for sign, bound in numbers_in_order(listing.created):
        where.append(f"created {sign} ?")
        values.append(bound)
    for name in _FILTERS:
        if (wanted := getattr(listing, name)) is not None:
            where.append(f"json_extract(body, '$.{name}') = ?")
            values.append(wanted)
    for condition, cursor in ((_AFTER, listing.starting_after), (_BEFORE, listing.ending_before)):
        if cursor is not None:
            where.append(condition)
            values.append(cursor)
    return where, values
