"""The login cookies: HTTP-only, SameSite=Lax, Secure where the site is served by https (R3, API.md)."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from autodoctor.accounts import known_devices
from autodoctor.accounts.models import Role
from autodoctor.api.callers import COOKIES
from autodoctor.core import clock
from autodoctor.core.settings import get_settings


def set_login(response: Response, role: Role, token: str, expires_at: datetime) -> None:
    """The browser keeps it as long as the login can last."""
    response.set_cookie(
        COOKIES[role],
        token,
        max_age=int((expires_at - clock.now()).total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_is_secure(),
        path="/",
    )


def remember_device(request: Request, response: Response, role: Role, email: str) -> None:
    """From here on this browser is one that its account was entered from (docs/security-logins.md)."""
    value = known_devices.remember(request.cookies.get(known_devices.COOKIE, ""), role, email)
    lasts_s = int(known_devices.LASTS.total_seconds())
    response.set_cookie(known_devices.COOKIE, value, max_age=lasts_s, httponly=True, samesite="lax", secure=_is_secure(), path="/")


def clear_login(response: Response, role: Role) -> None:
    response.delete_cookie(COOKIES[role], httponly=True, samesite="lax", secure=_is_secure(), path="/")


def _is_secure() -> bool:
    return get_settings().app_url.startswith("https://")
