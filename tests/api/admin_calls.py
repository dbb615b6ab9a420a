"""How an administrator's program calls, and reads what it is answered."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.audit.models import AuditEntry
from autodoctor.core.db import reading
from tests.people import Person


async def get(api: httpx.AsyncClient, who: Person, path: str, /, **params: Any) -> Any:
    answer = await api.get(path, params=params, headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def page_by_page(api: httpx.AsyncClient, admin: Person, path: str, /, **params: Any) -> list[str]:
    """The ids of a whole list, asked for one by one."""
    ids, cursor = [], None
    while True:
        page = await get(api, admin, path, limit=1, **params, **({"cursor": cursor} if cursor else {}))
        ids += [each["id"] for each in page["items"]]
        cursor = page["nextCursor"]
        if cursor is None:
            return ids


async def sheet(api: httpx.AsyncClient, admin: Person, path: str, /, **params: Any) -> list[dict[str, str]]:
    """The lines of a file, as a spreadsheet has them."""
    answer = await api.get(path, params=params, headers=admin.headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


async def acts() -> list[tuple[str, str, str, dict[str, Any]]]:
    """What the audit log says, the oldest first: action, kind of object, which one, details."""
    async with reading() as db:
        entries = await db.scalars(sa.select(AuditEntry).order_by(col(AuditEntry.created_at), col(AuditEntry.id)))
        return [(each.action, each.entity, each.entity_id, each.details) for each in entries]
