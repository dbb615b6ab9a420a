"""Writes a large company's database, to see what stays fast in it.

    python -m benchmarks.load_crowd --database sqlite:///var/crowd.sqlite3 [--sessions 1000000]

The database must be migrated and empty. SQLite takes the rows by `executemany`, PostgreSQL by COPY; neither checks the keys, which
were made here and are right.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import psycopg
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from autodoctor.core.db import Table
from autodoctor.schema import metadata
from benchmarks.consultations import Size, moment
from benchmarks.crowd import Crowd, Row


def filled(name: str, columns: tuple[str, ...], rows: Iterator[Row]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The same with every other column that the table can't do without, at its model's usual value."""
    model = _models()[name]
    more = {each.name: _usual(model, each.name) for each in metadata.tables[name].c if each.name not in columns and not each.nullable}
    extra = tuple(more.values())
    return (*columns, *more), (row + extra for row in rows)


def _models() -> dict[str, type[SQLModel]]:
    waiting, found = [Table], dict[str, type[SQLModel]]()
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        found[getattr(model, "__tablename__", "")] = model
    return found


def _usual(model: type[SQLModel], column: str) -> Any:
    field = model.model_fields.get(column) or model.model_fields[f"{column}_"]
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, dict | list):
        return json.dumps(value)
    return value.value if isinstance(value, Enum) else int(value) if isinstance(value, bool) else value


def load(url: str, size: Size, now: datetime) -> int:
    """Write it all; returns how many rows that were."""
    write = _into_sqlite if make_url(url).get_backend_name() == "sqlite" else _into_postgresql
    return write(url, size, now)


def _into_sqlite(url: str, size: Size, now: datetime) -> int:
    written = 0
    with sqlite3.connect(make_url(url).database or "", isolation_level=None) as db:
        for pragma in ("journal_mode=WAL", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        for name, columns, rows in Crowd(size, now).tables():
            columns, rows = filled(name, columns, rows)
            places = ", ".join("?" * len(columns))
            quoted = ", ".join(f'"{each}"' for each in columns)
            written += db.executemany(f'INSERT INTO "{name}" ({quoted}) VALUES ({places})', rows).rowcount
        db.execute("COMMIT")
        db.execute("ANALYZE")
    return written


def _into_postgresql(url: str, size: Size, now: datetime) -> int:
    written = 0
    with psycopg.connect(url, options="-c timezone=UTC") as db:
        db.execute("SET session_replication_role = replica")  # each key was made here, and is right
        for name, columns, rows in Crowd(size, now).tables():
            columns, rows = filled(name, columns, rows)
            quoted = ", ".join(f'"{each}"' for each in columns)
            with db.cursor() as cursor:
                with cursor.copy(f'COPY "{name}" ({quoted}) FROM STDIN') as copy:  # pyright: ignore[reportArgumentType]
                    for row in rows:
                        copy.write_row(row)
                written += cursor.rowcount
        db.commit()
        db.autocommit = True
        db.execute("ANALYZE")
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True, help="plain URL of a migrated, empty database")
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--mechanics", type=int, default=10_000)
    parser.add_argument("--customers", type=int, default=100_000)
    asked = parser.parse_args()
    began = time.monotonic()
    rows = load(asked.database, Size(asked.sessions, asked.mechanics, asked.customers), datetime.now(UTC))
    print(f"{rows:,} rows in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
