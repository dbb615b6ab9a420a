"""The login cookies on their way out: HTTP-only, SameSite=Lax, for this host alone, Secure where it is served by https (R3, API.md)."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from autodoctor.accounts import cookies, known_devices
from autodoctor.accounts.models import Role
from autodoctor.core import clock


def carried_by(request: Request) -> str:
    """The cookies of a request as one header; HTTP/2 sends them in pieces."""
    return "; ".join(request.headers.getlist("cookie"))


def set_login(response: Response, role: Role, token: str, expires_at: datetime) -> None:
    """The browser keeps it as long as the login can last."""
    _set(response, cookies.login_cookie(role), token, lasts_s=int((expires_at - clock.now()).total_seconds()))


def remember_device(request: Request, response: Response, role: Role, email: str) -> None:
    """From here on this browser is one that its account was entered from (docs/security-logins.md)."""
    value = known_devices.remember(cookies.device_in(carried_by(request)), role, email)
    _set(response, cookies.device_cookie(), value, lasts_s=int(known_devices.LASTS.total_seconds()))


def clear_login(response: Response, role: Role) -> None:
    response.delete_cookie(cookies.login_cookie(role), httponly=True, samesite="lax", secure=cookies.are_secure(), path="/")


def _set(response: Response, name: str, value: str, *, lasts_s: int) -> None:
    response.set_cookie(name, value, max_age=lasts_s, httponly=True, samesite="lax", secure=cookies.are_secure(), path="/")
