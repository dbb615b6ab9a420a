"""The ledger: every movement of money, double entry, append-only (P7)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.models import LedgerEntry, LedgerTransaction


class Account(StrEnum):
    """Where money is. `stripe` is our balance there, `held` what customers paid for and neither got yet nor got back."""

    stripe = "stripe"
    held = "held"


class Movement(StrEnum):
    charge = "charge"
    refund = "refund"


class Unbalanced(Exception):
    """The sides of a movement don't add up to zero: a mistake of ours, never a user's."""


async def post(
    db: AsyncSession,
    movement: Movement,
    *,
    reference: str,
    sides: Mapping[Account, int],
    currency: str,
    session_id: uuid.UUID | None,
    memo: str = "",
) -> None:
    """Write one movement. `sides` are cents by account: debits positive, credits negative, together zero.

    The same `reference` a second time changes nothing, and so does a movement of nothing. Raises Unbalanced.
    """
    if sum(sides.values()):
        raise Unbalanced(f"{movement} {reference}: {dict(sides)}")
    moved = {account: cents for account, cents in sides.items() if cents}
    if not moved or await _is_posted(db, reference):
        return
    transaction = LedgerTransaction(kind=movement, reference=reference, session_id=session_id, memo=memo)
    db.add(transaction)
    await db.flush()
    for account, cents in moved.items():
        db.add(LedgerEntry(transaction_id=transaction.id, account=account, amount_cents=cents, currency=currency))
    await db.flush()


async def post_charge(db: AsyncSession, *, reference: str, amount_cents: int, currency: str, session_id: uuid.UUID) -> None:
    """A customer paid: Stripe holds it for us, we hold it for the customer."""
    sides = {Account.stripe: amount_cents, Account.held: -amount_cents}
    await post(db, Movement.charge, reference=reference, sides=sides, currency=currency, session_id=session_id)


async def post_refund(db: AsyncSession, *, reference: str, amount_cents: int, currency: str, session_id: uuid.UUID, memo: str) -> None:
    """A customer got it back."""
    sides = {Account.held: amount_cents, Account.stripe: -amount_cents}
    await post(db, Movement.refund, reference=reference, sides=sides, currency=currency, session_id=session_id, memo=memo)


async def _is_posted(db: AsyncSession, reference: str) -> bool:
    return await db.scalar(sa.select(col(LedgerTransaction.id)).where(col(LedgerTransaction.reference) == reference)) is not None
