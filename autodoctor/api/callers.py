"""Who is calling a route: bearer token first, then the cookies; and the guard against other sites' forms."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Security
from fastapi.routing import APIRoute
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from autodoctor.access.permissions import Permission, admitted
from autodoctor.access.table import ROUTES
from autodoctor.accounts import calling, identity
from autodoctor.accounts.cookies import logins_in
from autodoctor.accounts.identity import Caller, EmailUnverified, Origin
from autodoctor.accounts.models import Role
from autodoctor.api.cookies import carried_by
from autodoctor.core.errors import Forbidden
from autodoctor.core.settings import get_settings
from autodoctor.core.text import one_line
from autodoctor.words import _

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def _in_a_cookie(role: Role) -> APIKeyCookie:
    """For the OpenAPI document, which says what the cookie is called where it is served (`document`)."""
    return APIKeyCookie(name=role, scheme_name=scheme_of(role), auto_error=False)


def scheme_of(role: Role) -> str:
    """The document's name for carrying this role's token in a cookie."""
    return f"{role}Cookie"


_Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(auto_error=False, scheme_name="bearer", description="the token that any login answered")),
]
_CustomerCookie = Annotated[str | None, Security(_in_a_cookie(Role.customer))]
_MechanicCookie = Annotated[str | None, Security(_in_a_cookie(Role.mechanic))]
_GuestCookie = Annotated[str | None, Security(_in_a_cookie(Role.guest))]
_AdminCookie = Annotated[str | None, Security(_in_a_cookie(Role.admin))]


async def doorkeeper(request: Request) -> None:
    """Before every route: what the table of permissions says of it (`access.table`). A route that isn't in it can't be declared."""
    permission = permission_of(request.scope.get("route"), request.method)
    if permission is None or permission.is_open:
        return
    everybody = await _everybody_of(request)
    if not everybody and permission.leads_to_login:
        return
    try:
        admitted(permission, everybody)
    except EmailUnverified:
        if not permission.leads_to_login:  # else the route leads there
            raise


def permission_of(route: object, method: str) -> Permission | None:
    """The line of the table for this route. None for what only answers that there is no such route."""
    if not isinstance(route, APIRoute) or not route.include_in_schema:
        return None
    return ROUTES[f"{method} {route.path_format}"]


async def get_everybody(
    request: Request, _bearer: _Bearer, _customer: _CustomerCookie, _mechanic: _MechanicCookie, _admin: _AdminCookie, _guest: _GuestCookie
) -> tuple[Caller, ...]:
    """Everybody this request speaks for: one with a bearer token, up to one a role with cookies. A guest comes last.

    The parameters tell the OpenAPI document where a token may be.
    """
    return await _everybody_of(request)


async def _everybody_of(request: Request) -> tuple[Caller, ...]:
    """Looked up once a request."""
    if not hasattr(request.state, "everybody"):
        found = _tokens_in(request)
        request.state.everybody = await calling.callers_with(found) if found else ()
    return request.state.everybody


def _tokens_in(request: Request) -> list[str]:
    """Those that a cookie carried count only where a change comes from our own pages."""
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    if scheme.lower() == "bearer" and token:
        return [token.strip()]
    found = list(logins_in(carried_by(request)).values())
    if found and request.method not in _SAFE_METHODS:
        _require_own_origin(request)
    return found


def _require_own_origin(request: Request) -> None:
    """A change made with a cookie must come from our own pages (API.md, conventions)."""
    if request.headers.get("sec-fetch-site") == "same-origin":
        return
    host = _host(request.headers.get("origin", ""))
    if not host or host not in {_host(get_settings().app_url), request.headers.get("host")}:
        raise Forbidden(_("This change must be made from our own pages."))


def _host(url: str) -> str:
    """Host and port, "" for what has none: `null` is the origin of a page in a sandbox."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


Everybody = Annotated[tuple[Caller, ...], Depends(get_everybody)]


async def get_callers(everybody: Everybody) -> tuple[Caller, ...]:
    """Everybody but a guest, whom an invitation lets into one room and into nothing else (M8)."""
    return tuple(caller for caller in everybody if caller.role is not Role.guest)


Callers = Annotated[tuple[Caller, ...], Depends(get_callers)]


def _of_role(callers: tuple[Caller, ...], role: Role) -> Caller | None:
    """The caller in this role: there is one wherever the doorkeeper let them in for it."""
    return next((caller for caller in callers if caller.role is role), None)


async def _customer(callers: Callers) -> Caller:
    return identity.require_customer(_of_role(callers, Role.customer))


async def _any_customer(callers: Callers) -> Caller:
    return identity.require_role(_of_role(callers, Role.customer), Role.customer)


async def _mechanic(callers: Callers) -> Caller:
    return identity.require_mechanic(_of_role(callers, Role.mechanic))


async def _admin(callers: Callers) -> Caller:
    return identity.require_admin(_of_role(callers, Role.admin))


async def _any_admin(callers: Callers) -> Caller:
    return identity.require_role(_of_role(callers, Role.admin), Role.admin)


async def _anyone(callers: Callers) -> Caller:
    return identity.require_enrolled(callers[0])


async def _somebody(callers: Callers) -> tuple[Caller, ...]:
    return tuple(caller for caller in callers if not caller.must_enrol) or (identity.require_enrolled(callers[0]),)


RoomCallers = Everybody
"""As SomeCallers, a guest included: for what an invitation opens (`sessions.guests.party_or_guest`)."""
SomeCallers = Annotated[tuple[Caller, ...], Depends(_somebody)]
"""Everybody this request speaks for, at least one: routes of sessions find out which of them takes part."""
CustomerCaller = Annotated[Caller, Depends(_customer)]
"""A verified customer."""
UnverifiedCustomerCaller = Annotated[Caller, Depends(_any_customer)]
"""A customer, verified or not: profile, logout."""
MechanicCaller = Annotated[Caller, Depends(_mechanic)]
AdminCaller = Annotated[Caller, Depends(_admin)]
AnyAdminCaller = Annotated[Caller, Depends(_any_admin)]
"""An administrator, also one who has to set up a second factor before anything else."""
AnyCaller = Annotated[Caller, Depends(_anyone)]


def get_origin(request: Request) -> Origin:
    """The visitor's address (behind TRUSTED_PROXIES proxies: the one the outermost of them saw) and browser.

    Each proxy adds the address it saw at the end, some in a header line of their own. What stands before that anybody may
    have written.
    """
    trusted = get_settings().trusted_proxies
    hops = [hop.strip() for hop in ",".join(request.headers.getlist("x-forwarded-for")).split(",") if hop.strip()]
    direct = request.client.host if request.client else None
    address = hops[-min(trusted, len(hops))] if trusted and hops else direct
    user_agent = request.headers.get("user-agent")
    return Origin(ip_address=one_line(address)[:64] or None, user_agent=one_line(user_agent)[:400] or None)


VisitorOrigin = Annotated[Origin, Depends(get_origin)]
