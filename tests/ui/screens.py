"""States as an open page has them: with an address and the cookies of whoever looks at it."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import reflex as rx
import sqlalchemy as sa
from reflex.event import EventSpec
from reflex.state import BaseState
from sqlmodel import SQLModel

from autodoctor.accounts.models import Role
from autodoctor.accounts.tokens import COOKIES
from autodoctor.core.db import reading
from tests.people import Person

AnyState = TypeVar("AnyState", bound=BaseState)


async def open_page(state: type[AnyState], address: str, *people: Person) -> AnyState:
    """The page's state, nothing run yet. A browser may be logged in as a customer and as a mechanic."""
    root = rx.State(_reflex_internal_init=True)
    cookies = [f"{COOKIES[Role(each.caller.role)]}={each.headers['Authorization'].removeprefix('Bearer ')}" for each in people]
    parts = urlsplit(address)
    router = {
        "pathname": parts.path,
        "asPath": address,
        "query": dict(parse_qsl(parts.query)),
        "token": uuid.uuid4().hex,
        "headers": {"cookie": "; ".join(cookies), "origin": "http://localhost"},
    }
    root.router_data = root._update_router_vars(router, {})
    return await root.get_state(state)


def shown(state: BaseState) -> dict[str, Any]:
    """What the page has been told."""
    return {name: state.get_value(name) for name in state.base_vars}


def leads_to(event: Any) -> str:
    """Where a handler's answer sends the browser, "" when it doesn't."""
    if not isinstance(event, EventSpec):
        return ""
    return next(str(value._var_value) for name, value in event.args if str(name) == "path")  # pyright: ignore[reportAttributeAccessIssue]


async def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database but when a login was last used: two of these are equal when nothing was changed in between."""
    async with reading() as db:
        return {
            table.name: sorted(
                tuple(map(str, row)) for row in await db.execute(sa.select(*(each for each in table.c if each.name != "last_used_at")))
            )
            for table in SQLModel.metadata.sorted_tables
        }
