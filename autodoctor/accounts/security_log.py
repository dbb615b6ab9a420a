"""Who got in, who didn't and what was changed about it, in the log (docs/security.md, OWASP ASVS 5.0, 16.3.1).

Lines of the logger `security`. An account is named by its id; what somebody typed as an address that is no account's stands there as a
keyed hash, so that tries belong together and the log holds no address.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from autodoctor.accounts.addresses import spelled_once
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import Role
from autodoctor.core.errors import Refusal
from autodoctor.core.security import keyed_hash

log = structlog.get_logger("security")


@contextmanager
def trying_to_log_in(role: Role, email: str, origin: Origin, *, account_id: uuid.UUID | None) -> Iterator[None]:
    """A refusal inside is a login that failed."""
    try:
        yield
    except Refusal as refusal:
        log.warning("login refused", role=role, code=refusal.code, address=origin.ip_address, **_account(account_id, email))
        raise


def logged_in(caller: Caller, origin: Origin, *, with_code: bool) -> None:
    """`with_code`: beside the password a code of an app, or a recovery code, was right."""
    factors = "password and code" if with_code else "password"
    log.info("logged in", **_who(caller), factors=factors, address=origin.ip_address)


def logged_out(caller: Caller, *, everywhere: bool = False) -> None:
    log.info("logged out", **_who(caller), everywhere=everywhere)


def changed(caller: Caller, what: str, origin: Origin) -> None:
    """`what`: the password, the second factor."""
    log.info("a way of logging in was changed", what=what, **_who(caller), address=origin.ip_address)


def password_reset(role: Role, email: str, origin: Origin) -> None:
    """By the link of a mail."""
    log.info("a password was reset", role=role, address=origin.ip_address, **_account(None, email))


def _who(caller: Caller) -> dict[str, Any]:
    return {"role": caller.role, "user_id": str(caller.user_id), "login_id": str(caller.token_id)}


def _account(account_id: uuid.UUID | None, email: str) -> dict[str, str]:
    known = {"user_id": str(account_id)} if account_id else {}
    return {**known, "account": keyed_hash(spelled_once(email), purpose="account in the log")[:16]}
