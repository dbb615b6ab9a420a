"""A new password for somebody who is logged in and knows the old one (R5)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import tokens
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Mechanic, Role, User
from autodoctor.accounts.notices import tell_of_change
from autodoctor.accounts.rules import password_problem
from autodoctor.accounts.tokens import IssuedToken
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.core.security import hash_password, verify_password
from autodoctor.words import N_, _

_WRONG = N_("This isn't your password.")


async def held(db: AsyncSession, caller: Caller) -> str:
    """The hash of the caller's password as it stands."""
    owner = _owner(caller)
    return await db.scalar(sa.select(col(owner.password_hash)).where(col(owner.id) == caller.user_id)) or ""


async def prove(known: str, *, current: str, field: str = "currentPassword") -> None:
    """Raises ValidationFailed at `field` when this isn't the password with that hash. Takes as long as a login."""
    if not await verify_password(current, known or None):
        raise ValidationFailed(FieldError(field, _(_WRONG)))


async def still_holds(db: AsyncSession, caller: Caller, known: str, *, field: str) -> None:
    """The password that was proved is still the caller's. Raises ValidationFailed at `field` when it was changed meanwhile."""
    if await held(db, caller) != known:
        raise ValidationFailed(FieldError(field, _(_WRONG)))


async def prepare(known: str, *, current: str, password: str) -> str:
    """The new password's hash, when the current one is right and the new one will do. Raises ValidationFailed.

    Both take a quarter of a second each: a door does this while it holds no connection.
    """
    if problem := password_problem(password):
        raise ValidationFailed(FieldError("password", problem))
    await prove(known, current=current)
    return await hash_password(password)


async def change(db: AsyncSession, caller: Caller, *, known: str, password_hash: str) -> IssuedToken:
    """Put the new password in place of the one that was proved, sign out everywhere else, and give this login another token.

    Raises ValidationFailed when the password was changed meanwhile, Unauthenticated when this login was ended.
    """
    owner = _owner(caller)
    theirs = sa.update(owner).where(col(owner.id) == caller.user_id, col(owner.password_hash) == known)
    changed = await db.execute(theirs.values(password_hash=password_hash))
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise ValidationFailed(FieldError("currentPassword", _(_WRONG)))
    await tokens.revoke_others(db, caller)
    issued = await tokens.rotate(db, caller)
    await tell_of_change(db, caller, "Your password was changed")
    return issued


def _owner(caller: Caller) -> Any:
    return Mechanic if caller.role is Role.mechanic else User
