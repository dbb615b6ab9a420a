"""A second factor: an authenticator app beside the password, required of administrators in production (R4).

The app's secret stands in the database sealed with a key made of APP_SECRET: a copy of the database alone gives no codes. Where APP_SECRET
is replaced nobody's codes are right any more, and an operator resets them (`reset-second-factor`). Recovery codes stand there as hashes.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyotp
import sqlalchemy as sa
from pyotp.totp import TOTP
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import codes, tokens
from autodoctor.accounts.codes import SEALED_FOR, Factor, Proof
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import RecoveryCode, Role, SecondFactor, User
from autodoctor.accounts.notices import tell_of_change
from autodoctor.accounts.qr import QrCode, qr_code
from autodoctor.audit import service as audit
from autodoctor.core import clock
from autodoctor.core.errors import FieldError, Forbidden, InvalidTransition, ValidationFailed
from autodoctor.core.security import seal
from autodoctor.core.settings import get_settings
from autodoctor.words import N_, _

ISSUER = "Auto Doctor"
MAY_HAVE_ONE = {Role.admin, Role.mechanic}
_WRONG = N_("This code isn't right. Type the one that your app shows now; each works once.")


@dataclass(frozen=True)
class Standing:
    """Whether somebody has a second factor, since when (UTC), and how many recovery codes are left."""

    is_on: bool
    since: datetime | None
    recovery_codes_left: int
    is_required: bool


@dataclass(frozen=True)
class Enrolment:
    """What the authenticator app takes, in clear text for this once."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    qr: QrCode = field(repr=False)


async def standing(db: AsyncSession, caller: Caller) -> Standing:
    """The caller's own. Raises Forbidden for those who can't have one."""
    _require_right(caller)
    since = await db.scalar(sa.select(col(SecondFactor.confirmed_at)).where(col(SecondFactor.user_id) == caller.user_id))
    left = sa.select(sa.func.count()).select_from(RecoveryCode).where(*_unused(caller.user_id))
    return Standing(since is not None, since, await db.scalar(left) or 0 if since else 0, is_required=_is_required(caller))


async def begin(db: AsyncSession, caller: Caller) -> Enrolment:
    """A fresh secret for the caller's app. It counts once a code of it has come back.

    Raises InvalidTransition when there is one already.
    """
    _require_right(caller)
    secret = pyotp.random_base32()
    await db.execute(sa.select(col(User.id)).where(col(User.id) == caller.user_id).with_for_update())  # two windows begin one by one
    held = await db.get(SecondFactor, caller.user_id)
    if held is not None and held.confirmed_at is not None:
        raise InvalidTransition(_("You have set up your codes already. Turn them off first, or make new recovery codes."))
    await db.execute(sa.delete(SecondFactor).where(col(SecondFactor.user_id) == caller.user_id, col(SecondFactor.confirmed_at).is_(None)))
    values = {"user_id": caller.user_id, "created_at": clock.now(), "secret": seal(secret, purpose=SEALED_FOR)}
    await db.execute(sa.insert(SecondFactor).values(**values))
    uri = TOTP(secret).provisioning_uri(name=caller.email, issuer_name=ISSUER)
    return Enrolment(secret, uri, qr_code(uri))


async def confirm(db: AsyncSession, caller: Caller, code: str) -> list[str]:
    """The app is set up: from here on logging in asks for its codes. Signs out everywhere else; answers the recovery codes, this once.

    Raises ValidationFailed at `totp`, InvalidTransition when nothing was begun.
    """
    _require_right(caller)
    mine = sa.select(SecondFactor).where(col(SecondFactor.user_id) == caller.user_id, col(SecondFactor.confirmed_at).is_(None))
    begun = await db.scalar(mine)
    if begun is None:
        raise InvalidTransition(_("There is nothing to confirm. Begin anew."))
    proof = codes.proof_by(Factor(begun.secret, None, frozenset()), code)
    if proof is None or proof.step is None:
        raise ValidationFailed(FieldError("totp", _(_WRONG)))
    still = sa.update(SecondFactor).where(col(SecondFactor.user_id) == caller.user_id, col(SecondFactor.secret) == begun.secret)
    on = await db.execute(still.where(col(SecondFactor.confirmed_at).is_(None)).values(confirmed_at=clock.now(), last_step=proof.step))
    if on.rowcount == 0:  # type: ignore[attr-defined]
        raise InvalidTransition
    await tokens.revoke_others(db, caller)
    await _write_down(db, caller, "second_factor_on", "Logging in asks for a code now")
    return await _new_recovery_codes(db, caller.user_id)


async def renew_recovery_codes(db: AsyncSession, caller: Caller, code: str) -> list[str]:
    """Ten others; those before work no more. Asks for a code of the app or a recovery code. Raises ValidationFailed at `totp`."""
    await _prove(db, caller, code)
    await _write_down(db, caller, "new_recovery_codes", "Your recovery codes were made anew")
    return await _new_recovery_codes(db, caller.user_id)


async def turn_off(db: AsyncSession, caller: Caller, code: str) -> None:
    """Logging in asks for the password alone again. Raises ValidationFailed at `totp`, Forbidden where it is required."""
    if _is_required(caller):
        raise Forbidden(_("Administrators log in with a code here. It can't be turned off."))
    await _prove(db, caller, code)
    await remove(db, caller.user_id)
    await _write_down(db, caller, "second_factor_off", "Logging in asks for no code any more")


async def remove(db: AsyncSession, user_id: uuid.UUID) -> bool:
    """Away with it, whoever asks for it. Answers whether there was any."""
    await db.execute(sa.delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    gone = await db.execute(sa.delete(SecondFactor).where(col(SecondFactor.user_id) == user_id))
    return gone.rowcount > 0  # type: ignore[attr-defined]


async def held(db: AsyncSession, user_id: uuid.UUID) -> Factor | None:
    """What this person's codes are compared with; None for those whom a password is enough of."""
    mine = sa.select(SecondFactor).where(col(SecondFactor.user_id) == user_id, col(SecondFactor.confirmed_at).is_not(None))
    factor = await db.scalar(mine)
    if factor is None:
        return None
    left = frozenset(await db.scalars(sa.select(col(RecoveryCode.code)).where(*_unused(user_id))))
    return Factor(factor.secret, factor.last_step, left)


async def use(db: AsyncSession, user_id: uuid.UUID, proof: Proof | None) -> bool:
    """Use up what was proved, in one statement, so that of two at once with the same code one wins. Answers whether that is enough."""
    if proof is None:
        return await held(db, user_id) is None
    if proof.recovery_code:
        mine = sa.update(RecoveryCode).where(*_unused(user_id), col(RecoveryCode.code) == proof.recovery_code)
        used = await db.execute(mine.values(used_at=clock.now()))
    else:
        newer = sa.or_(col(SecondFactor.last_step).is_(None), col(SecondFactor.last_step) < proof.step)
        confirmed = sa.update(SecondFactor).where(col(SecondFactor.user_id) == user_id, col(SecondFactor.confirmed_at).is_not(None), newer)
        used = await db.execute(confirmed.values(last_step=proof.step))
    return used.rowcount == 1  # type: ignore[attr-defined]


async def _prove(db: AsyncSession, caller: Caller, code: str) -> None:
    _require_right(caller)
    factor = await held(db, caller.user_id)
    if factor is None:
        raise InvalidTransition(_("You haven't set up codes yet."))
    proof = codes.proof_by(factor, code)
    if proof is None or not await use(db, caller.user_id, proof):
        raise ValidationFailed(FieldError("totp", _(_WRONG)))


async def _new_recovery_codes(db: AsyncSession, user_id: uuid.UUID) -> list[str]:
    await db.execute(sa.delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    fresh = codes.new_recovery_codes()
    db.add_all(RecoveryCode(user_id=user_id, code=codes.hash_recovery_code(each)) for each in fresh)
    await db.flush()
    return fresh


async def _write_down(db: AsyncSession, caller: Caller, action: str, what: str) -> None:
    if caller.role is Role.admin:
        await audit.record(db, caller.user_id, action, "user", caller.user_id)
    await tell_of_change(db, caller, what)


def _unused(user_id: uuid.UUID) -> tuple[Any, ...]:
    return col(RecoveryCode.user_id) == user_id, col(RecoveryCode.used_at).is_(None)


def _require_right(caller: Caller) -> None:
    if caller.role not in MAY_HAVE_ONE:
        raise Forbidden


def _is_required(caller: Caller) -> bool:
    return caller.role is Role.admin and get_settings().requires_admin_totp
