"""States as a socket with certain cookies, on a certain page, would have them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from reflex.istate.data import RouterData

from tests.people import Person


def page(*cookies: str, path: str = "/customer/dashboard") -> Any:
    """A state whose socket came with these cookies, on a page at `path`."""
    data = {"headers": {"cookie": "; ".join(cookies), "origin": "http://localhost:3000"}, "asPath": path, "pathname": path}
    return SimpleNamespace(router=RouterData.from_router_data(data))


def cookie(name: str, person: Person) -> str:
    return f"{name}={person.headers['Authorization'].removeprefix('Bearer ')}"


def target(redirect: Any) -> str:
    """Where a redirect leads."""
    return _argument(redirect, "path")


def _argument(event: Any, wanted: str) -> str:
    return next(value._var_value for name, value in event.args if name._js_expr == wanted)
