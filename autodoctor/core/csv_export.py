"""Lists as CSV for spreadsheets: a line at a time, and nothing in them that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from autodoctor.core.db import reading

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"
"""By which Excel knows that it is UTF-8."""

AT_ONCE = 500
"""Rows held in memory while a file is streamed."""


async def csv_lines(header: Sequence[str], rows: AsyncIterable[Sequence[object]]) -> AsyncIterator[str]:
    """The file, line by line. Numbers stay numbers, times are ISO 8601 in UTC, None is empty.

    A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
    """
    yield BOM + line(header)
    async for row in rows:
        yield line(row)


async def rows_of(query: sa.Select[*tuple[Any, ...]]) -> AsyncIterator[sa.Row[Any]]:
    """What a query finds, without ever holding all of it."""
    async with reading() as db:
        async for row in await db.stream(query.execution_options(yield_per=AT_ONCE)):
            yield row


def line(cells: Sequence[object]) -> str:
    """One line with its end."""
    out = io.StringIO()
    csv.writer(out).writerow([_cell(each) for each in cells])
    return out.getvalue()


def amount(cents: int) -> str:
    """Cents as a spreadsheet counts: 999 → 9.99, -5 → -0.05. The one text that may begin with a minus."""
    return _Number(f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}")


class _Number(str):
    __slots__ = ()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and not isinstance(value, _Number) and value.startswith(_BEGINS_A_FORMULA):
        return f"'{value}"
    return value
