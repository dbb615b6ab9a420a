"""Who is looking at a page: the login cookie of this socket, looked up in the database at every call.

A state keeps no identity of its own: whatever a client could have influenced decides nothing.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any
from urllib.parse import quote, urlsplit

import reflex as rx

from autodoctor.accounts import calling, cookies
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Role
from autodoctor.realtime import service as realtime
from autodoctor.ui.attended import is_attended

LOGIN = {Role.customer: "/login", Role.mechanic: "/mechanic/login", Role.admin: "/admin/login"}
VERIFY = "/customer/verify"
ENROL = "/admin/account?enrol=1"


_in_this_event: ContextVar[dict[Role, Caller] | None] = ContextVar("who the doorkeeper found", default=None)
"""Looked up once an event. None where nobody has looked, as in a task that outlives its event."""


async def look(state: rx.State) -> tuple[Caller, ...]:
    """Everybody whom this browser's cookies stand for: up to one a role, a guest last. Until `forget` nobody has to ask again."""
    found = await _looked_up(state)
    _in_this_event.set({caller.role: caller for caller in found})
    return found


async def _looked_up(state: rx.State) -> tuple[Caller, ...]:
    carried = cookies.logins_in(_cookies(state))
    found = await calling.callers_with(carried.values(), is_use=is_attended()) if carried else ()
    return tuple(caller for caller in found if caller.role in carried)


def forget() -> None:
    """The next one who asks looks for themselves."""
    _in_this_event.set(None)


async def callers_of(state: rx.State, *roles: Role) -> list[Caller]:
    """Those of these roles whom this browser's cookies stand for, looked up at once, and once an event."""
    known = _in_this_event.get()
    everybody = await _looked_up(state) if known is None else known.values()
    found = [caller for caller in everybody if caller.role in roles]
    for caller in found:
        realtime.belongs(state, caller)
    return found


async def caller_of(state: rx.State, role: Role) -> Caller | None:
    """The person with a valid login of this role, or None: no cookie, expired, revoked, shut out, another role's."""
    token = cookies.login_in(_cookies(state), role)
    if not token:
        return None
    known = _in_this_event.get()
    caller = await _caller_with(token) if known is None else known.get(role)
    if caller is None or caller.role is not role:
        return None
    realtime.belongs(state, caller)
    return caller


async def _caller_with(token: str) -> Caller | None:
    return next(iter(await calling.callers_with([token], is_use=is_attended())), None)


async def customer_of(state: rx.State) -> Caller | Any:
    """The verified customer; else the redirect that a handler returns: to the login and back, or to "verify your e-mail"."""
    caller = await caller_of(state, Role.customer)
    if caller is None:
        return await turn_away(state, Role.customer)
    return caller if caller.email_verified else rx.redirect(VERIFY, replace=True)


async def mechanic_of(state: rx.State) -> Caller | Any:
    """The mechanic, whatever their standing; else the redirect to the login and back."""
    return await caller_of(state, Role.mechanic) or await turn_away(state, Role.mechanic)


async def admin_of(state: rx.State) -> Caller | Any:
    """The administrator (R4); else the redirect to the login and back, or to setting up a second factor where that comes first."""
    caller = await any_admin_of(state)
    return rx.redirect(ENROL, replace=True) if isinstance(caller, Caller) and caller.must_enrol else caller


async def any_admin_of(state: rx.State) -> Caller | Any:
    """The administrator, also one who has to set up a second factor first; else the redirect to the login and back."""
    return await caller_of(state, Role.admin) or await turn_away(state, Role.admin)


async def turn_away(state: rx.State, role: Role) -> Any:
    """Nothing reaches this page any more; the redirect to this role's login, which leads back to where the state's page is.

    To somebody who came with a login it says that this one is over.
    """
    await realtime.hush(state)
    was_here = "&ended=1" if cookies.login_in(_cookies(state), role) else ""
    return rx.redirect(f"{LOGIN[role]}?next={quote(here(state), safe='')}{was_here}", replace=True)


def here(state: rx.State) -> str:
    """The path of the page in view, with its query."""
    url = state.router.url
    return own_path(url.path + (f"?{url.query}" if url.query else "")) or "/"


def own_path(path: object) -> str:
    """The path when it leads to our own site, else "": never another site, never a script."""
    if not isinstance(path, str) or not path.startswith("/") or path.startswith("//") or set(path) & _NOT_IN_PATHS:
        return ""
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else ""


_NOT_IN_PATHS = {"\\", *map(chr, range(0x20)), "\x7f"}
"""Browsers read a backslash as a slash and drop line breaks: either could make another site of a path."""


def _cookies(state: rx.State) -> str:
    """Those that the websocket was opened with."""
    return state.router.headers.raw_headers.get("cookie", "")
