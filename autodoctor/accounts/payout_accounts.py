"""A mechanic's account for payouts, as its provider last told us (P6). Its making and its meaning are `payouts`' matter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import PayoutAccountChanged
from autodoctor.accounts.models import Mechanic
from autodoctor.core import events

DISCONNECTED = "disconnected"
"""Why nothing goes to an account whose owner has cut its connection with ours. The next one they make takes its place."""


@dataclass(frozen=True)
class AccountState:
    """`missing` are the provider's words for what it still wants to know; `disabled_reason` why it holds the account back."""

    account_id: str
    charges_enabled: bool
    payouts_enabled: bool
    details_submitted: bool
    missing: tuple[str, ...]
    disabled_reason: str | None

    @property
    def is_connected(self) -> bool:
        return self.disabled_reason != DISCONNECTED


async def note(db: AsyncSession, state: AccountState, *, mechanic_id: uuid.UUID | None = None) -> bool:
    """Write down how an account stands. One that we don't know yet becomes that of `mechanic_id`, if they have none that is connected.
    False when it is nobody's here.
    """
    ours = sa.select(Mechanic).where(col(Mechanic.stripe_account_id) == state.account_id)
    mechanic = await db.scalar(ours.with_for_update().execution_options(populate_existing=True))
    if mechanic is None and mechanic_id is not None:
        has_none = sa.or_(col(Mechanic.stripe_account_id).is_(None), col(Mechanic.stripe_disabled_reason) == DISCONNECTED)
        free = sa.select(Mechanic).where(col(Mechanic.id) == mechanic_id, has_none)
        mechanic = await db.scalar(free.with_for_update().execution_options(populate_existing=True))
    if mechanic is None:
        return False
    mechanic.stripe_account_id = state.account_id
    mechanic.stripe_charges_enabled, mechanic.stripe_payouts_enabled = state.charges_enabled, state.payouts_enabled
    mechanic.stripe_details_submitted = state.details_submitted
    mechanic.stripe_onboarding_completed = state.details_submitted and state.payouts_enabled
    mechanic.stripe_missing, mechanic.stripe_disabled_reason = list(state.missing), state.disabled_reason
    await db.flush()
    await events.record(db, PayoutAccountChanged(mechanic.id))
    return True


async def disconnect(db: AsyncSession, account_id: str) -> bool:
    """Its owner, or Stripe, has cut an account's connection with ours: nothing goes there any more. False when it is nobody's here."""
    gone = AccountState(
        account_id=account_id,
        charges_enabled=False,
        payouts_enabled=False,
        details_submitted=False,
        missing=(),
        disabled_reason=DISCONNECTED,
    )
    return await note(db, gone)


async def of_mechanic(db: AsyncSession, mechanic_id: uuid.UUID) -> AccountState | None:
    """A mechanic's account, or None while they have had none: one that was cut off is still told, as not connected."""
    mechanic = await db.get(Mechanic, mechanic_id)
    if mechanic is None or mechanic.stripe_account_id is None:
        return None
    return AccountState(
        account_id=mechanic.stripe_account_id,
        charges_enabled=mechanic.stripe_charges_enabled,
        payouts_enabled=mechanic.stripe_payouts_enabled,
        details_submitted=mechanic.stripe_details_submitted,
        missing=tuple(mechanic.stripe_missing),
        disabled_reason=mechanic.stripe_disabled_reason,
    )
