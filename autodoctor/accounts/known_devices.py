"""Devices that somebody has logged in from before: what strangers try with an account's address locks none of them out.

After OWASP, "Slow Down Online Guessing Attacks with Device Cookies". The cookie is signed by us, says nothing of the password and opens
nothing: it only decides among whose attempts a login is counted (docs/security-logins.md).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from autodoctor.accounts.addresses import spelled_once
from autodoctor.accounts.models import Role
from autodoctor.core.ids import new_id
from autodoctor.core.security import keyed_hash, sign, unsign

LASTS = timedelta(days=365)
MOST_ACCOUNTS = 8
"""A family's browser knows this many accounts; the one that was used the longest time ago goes first."""
_PURPOSE = "known device"


def remember(cookie: str, role: Role, email: str) -> str:
    """The device's cookie, this account now among those it knows."""
    held, account = _read(cookie), _account(role, email)
    accounts = [*(each for each in held["accounts"] if each != account), account][-MOST_ACCOUNTS:]
    return sign({"device": held["device"], "accounts": accounts}, purpose=_PURPOSE, ttl_s=int(LASTS.total_seconds()))


def known_device(cookie: str, role: Role, email: str) -> str | None:
    """The device's name, when somebody has logged into this account from it before."""
    held = _read(cookie)
    return held["device"] if _account(role, email) in held["accounts"] else None


def _read(cookie: str) -> dict[str, Any]:
    return unsign(cookie, purpose=_PURPOSE) or {"device": new_id().hex, "accounts": []}


def _account(role: Role, email: str) -> str:
    """Nobody who reads the cookie learns whose accounts these are."""
    return keyed_hash(f"{role}:{spelled_once(email)}", purpose=_PURPOSE)[:22]
