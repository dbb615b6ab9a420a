"""A customer's account is erased: who they were goes, what money has moved stays (R2).

Each capability erases what it keeps of them when it hears of it, in this transaction; those where something is under way refuse.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import tokens
from autodoctor.accounts.facts import AccountClosing, AccountErased, AccountLeaving
from autodoctor.accounts.identity import Caller, require_admin, require_role
from autodoctor.accounts.models import OneTimeToken, Profile, Role, User, WaiverAcceptance
from autodoctor.accounts.passwords import still_holds
from autodoctor.audit import service as audit
from autodoctor.core import events
from autodoctor.core.errors import NotFound
from autodoctor.notifications import forgetting
from autodoctor.words import _

ERASED = "erased"
FORMER = "Former customer"
"""Who wrote their messages and paid for their sessions, from now on."""

_KEPT = {
    "id",
    "created_at",
    "updated_at",
    "role",
    "waiver_accepted",
    "waiver_accepted_at",
    "is_18_plus",
    "terms_accepted",
    "terms_accepted_at",
}
"""That the waiver was accepted by somebody of age, and when, is proved as long as the session is."""


async def erase_own(db: AsyncSession, caller: Caller, *, known: str) -> None:
    """At the customer's own wish, who has just proved the password with this hash. Raises Forbidden, AccountInUse, ValidationFailed when
    the password was changed meanwhile.
    """
    customer = require_role(caller, Role.customer)
    await still_holds(db, customer, known, field="password")
    await _erase(db, customer.user_id, actor_id=customer.user_id)


async def erase_by_hand(db: AsyncSession, admin: Caller | None, customer_id: uuid.UUID) -> None:
    """An administrator does it for somebody who has asked by mail. Twice is the same as once. Raises Forbidden, NotFound, AccountInUse."""
    await _erase(db, customer_id, actor_id=require_admin(admin).user_id)


async def _erase(db: AsyncSession, customer_id: uuid.UUID, *, actor_id: uuid.UUID) -> None:
    await events.record(db, AccountLeaving(customer_id))
    held = sa.select(User).where(col(User.id) == customer_id, col(User.role) == Role.customer).with_for_update()
    user = await db.scalar(held.execution_options(populate_existing=True))
    profile = await db.get(Profile, customer_id, populate_existing=True)
    if user is None or profile is None:
        raise NotFound(_("We couldn't find this customer."))
    if profile.account_status == ERASED:
        return
    await events.record(db, AccountClosing(customer_id))
    address = user.email or ""
    await tokens.revoke_all(db, customer_id)
    await _forget_person(db, user, profile)
    await forgetting.forget_address(db, address)
    await events.record(db, AccountErased(customer_id))
    await audit.record(db, actor_id, "erase_account", "user", customer_id)


async def _forget_person(db: AsyncSession, user: User, profile: Profile) -> None:
    user.email, user.password_hash = None, None
    for name, field in Profile.model_fields.items():
        if name not in _KEPT:
            setattr(profile, name, field.get_default(call_default_factory=True))
    profile.full_name, profile.account_status = FORMER, ERASED
    await db.flush()
    await db.execute(sa.delete(OneTimeToken).where(col(OneTimeToken.user_id) == user.id))
    waivers = sa.update(WaiverAcceptance).where(col(WaiverAcceptance.user_id) == user.id)
    await db.execute(waivers.values(ip_address=None, user_agent=None))
