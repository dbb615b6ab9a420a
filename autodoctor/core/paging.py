"""Lists in pages (API.md, conventions): newest first, continued behind an opaque cursor that no new row can shift."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.words import _

Item = TypeVar("Item")
Query = TypeVar("Query", bound=sa.Select)  # pyright: ignore[reportMissingTypeArgument]
MAX_LIMIT = 100


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some of a list, and where it goes on; `next_cursor` is None at its end."""

    items: list[Item]
    next_cursor: str | None


@dataclass(frozen=True)
class _Position:
    at: datetime
    id: uuid.UUID | str


def after(
    query: Query, cursor: str | None, *, at: Any, row_id: Any, limit: int, read_id: Callable[[str], uuid.UUID | str] = uuid.UUID
) -> Query:
    """The query for one page and one row more, newest first, behind `cursor`. Raises ValidationFailed at `cursor`.

    `read_id` makes a row's id of its text; it raises ValueError for what can't be one. The first of the two conditions is one that an
    index on `at` begins at: the rows before the cursor aren't read again.
    """
    if cursor:
        last = _read(cursor, read_id)
        query = query.where(at <= last.at, sa.or_(at < last.at, row_id < last.id))
    return query.order_by(at.desc(), row_id.desc()).limit(rows_read(limit))


def either(ways: Sequence[sa.Select[Any, Any]], cursor: str | None, *, at: Any, row_id: Any, limit: int) -> sa.Select[Any]:
    """The ids of one page and one row more of what is found in one of these ways, each a query for `row_id` and `at`. Each is read by
    itself, no further than a page needs: one that an index leads along stays short, however many rows there are.
    """
    newest = [after(way, cursor, at=at, row_id=row_id, limit=limit) for way in ways]
    found = sa.union_all(*(sa.select(each.subquery()) for each in newest)).subquery()
    when, which = found.c[at.key], found.c[row_id.key]
    return after(sa.select(which), None, at=when, row_id=which, limit=limit)


def rows_read(limit: int) -> int:
    """How many rows a page of this length takes: one more, which says whether the list goes on."""
    return min(max(limit, 1), MAX_LIMIT) + 1


def position(cursor: str) -> tuple[datetime, uuid.UUID | str]:
    """Time and id of the last row before the next page, for lists of rows with an id of ours. Raises ValidationFailed at `cursor`."""
    last = _read(cursor, uuid.UUID)
    return last.at, last.id


def page(rows: Sequence[Item], limit: int, position: Callable[[Item], tuple[datetime, uuid.UUID | str]]) -> Page[Item]:
    """The page in what `after` found, with the cursor of the next one. `position` tells an item's time and id."""
    most = min(max(limit, 1), MAX_LIMIT)
    items = list(rows[:most])
    return Page(items, _write(_Position(*position(items[-1]))) if len(rows) > most else None)


def _write(position: _Position) -> str:
    text = f"{position.at.isoformat()}|{position.id}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _read(cursor: str, read_id: Callable[[str], uuid.UUID | str]) -> _Position:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _bar, row_id = text.partition("|")
        position = _Position(datetime.fromisoformat(at).astimezone(UTC), read_id(row_id))
    except (ValueError, OverflowError) as error:
        raise ValidationFailed(FieldError("cursor", _("This isn't a cursor of ours."))) from error
    return position
