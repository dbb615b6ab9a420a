"""States as an open page has them: with an address and the cookies of whoever looks at it."""

from __future__ import annotations

import inspect
import uuid
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import reflex as rx
import sqlalchemy as sa
from reflex.event import EventSpec
from reflex.state import BaseState
from sqlmodel import SQLModel

from autodoctor.accounts.cookies import login_cookie
from autodoctor.accounts.models import Role
from autodoctor.core.db import reading
from tests.people import Person

AnyState = TypeVar("AnyState", bound=BaseState)


async def open_page(state: type[AnyState], address: str, *people: Person) -> AnyState:
    """The page's state, nothing run yet. A browser may be logged in as a customer and as a mechanic."""
    root = rx.State(_reflex_internal_init=True)
    cookies = [f"{login_cookie(Role(each.caller.role))}={each.headers['Authorization'].removeprefix('Bearer ')}" for each in people]
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


class _Held:
    """A page's state for a handler in the background: what Reflex hands it, without an application around it."""

    def __init__(self, state: BaseState) -> None:
        object.__setattr__(self, "_state", state)

    async def __aenter__(self) -> _Held:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        found = getattr(type(self._state), name, None)
        return found.__get__(self) if inspect.isfunction(found) and name.startswith("_") else getattr(self._state, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._state, name, value)


async def run_in_background(handler: Any, state: BaseState) -> Any:
    """Run a handler that doesn't hold its page's state, to its end."""
    return await handler.fn(_Held(state))


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
