"""The ledger: every movement of money, double entry, append-only (P7). Each movement's sides have one function here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.ledger_models import LedgerEntry, LedgerTransaction


class Account(StrEnum):
    """Where money is. Debits are positive: what we have, and what it cost us; credits negative: what we owe, and what we earned.

    `stripe`: our balance there, available or pending. `held`: what customers paid for and neither got yet nor got back. `tax`:
    collected for the state. `fees`: the platform's fifth. `payable`: the mechanics' shares. `costs`: what Stripe takes. `disputed`:
    withdrawn by a bank until it has decided. `bank`: what Stripe has brought to our own bank account.
    """

    stripe = "stripe"
    held = "held"
    tax = "tax"
    fees = "fees"
    payable = "payable"
    costs = "costs"
    disputed = "disputed"
    bank = "bank"


class Movement(StrEnum):
    charge = "charge"
    refund = "refund"
    refund_failed = "refund_failed"
    dispute = "dispute"
    dispute_won = "dispute_won"
    dispute_lost = "dispute_lost"
    earn = "earn"
    adjust = "adjust"
    transfer = "transfer"
    reversal = "reversal"
    cost = "cost"
    bank = "bank"


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
    mechanic_id: uuid.UUID | None = None,
    memo: str = "",
) -> None:
    """Write one movement. `sides` are cents by account: debits positive, credits negative, together zero.

    `mechanic_id` says whose the side on `payable` is. The same `reference` a second time changes nothing, and so does a movement of
    nothing. Raises Unbalanced.
    """
    if sum(sides.values()):
        raise Unbalanced(f"{movement} {reference}: {dict(sides)}")
    moved = {account: cents for account, cents in sides.items() if cents}
    if not moved or await _is_posted(db, reference):
        return
    transaction = LedgerTransaction(kind=movement, reference=reference, session_id=session_id, memo=memo[:200])
    db.add(transaction)
    await db.flush()
    for account, cents in moved.items():
        whose = mechanic_id if account is Account.payable else None
        db.add(LedgerEntry(transaction_id=transaction.id, account=account, mechanic_id=whose, amount_cents=cents, currency=currency))
    await db.flush()


async def post_charge(
    db: AsyncSession, *, reference: str, amount_cents: int, tax_cents: int = 0, currency: str, session_id: uuid.UUID
) -> None:
    """A customer paid: Stripe holds it for us, we hold it for the customer, and the tax for the state."""
    sides = {Account.stripe: amount_cents, Account.held: tax_cents - amount_cents, Account.tax: -tax_cents}
    await post(db, Movement.charge, reference=reference, sides=sides, currency=currency, session_id=session_id)


async def post_refund(
    db: AsyncSession, *, reference: str, amount_cents: int, tax_cents: int = 0, currency: str, session_id: uuid.UUID, memo: str
) -> None:
    """A customer got it back, with `tax_cents` of tax in it."""
    sides = {Account.held: amount_cents - tax_cents, Account.tax: tax_cents, Account.stripe: -amount_cents}
    await post(db, Movement.refund, reference=reference, sides=sides, currency=currency, session_id=session_id, memo=memo)


async def post_refund_failed(
    db: AsyncSession, *, reference: str, amount_cents: int, tax_cents: int, currency: str, session_id: uuid.UUID, memo: str
) -> None:
    """What was on its way to a customer came back to Stripe: we owe it still."""
    sides = {Account.stripe: amount_cents, Account.held: tax_cents - amount_cents, Account.tax: -tax_cents}
    await post(db, Movement.refund_failed, reference=reference, sides=sides, currency=currency, session_id=session_id, memo=memo)


async def post_dispute(db: AsyncSession, *, reference: str, amount_cents: int, currency: str, session_id: uuid.UUID) -> None:
    """The payer's bank took it out of our balance."""
    sides = {Account.disputed: amount_cents, Account.stripe: -amount_cents}
    await post(db, Movement.dispute, reference=reference, sides=sides, currency=currency, session_id=session_id)


async def post_dispute_won(db: AsyncSession, *, reference: str, amount_cents: int, currency: str, session_id: uuid.UUID) -> None:
    """The bank gave it back to us."""
    sides = {Account.stripe: amount_cents, Account.disputed: -amount_cents}
    await post(db, Movement.dispute_won, reference=reference, sides=sides, currency=currency, session_id=session_id)


async def post_dispute_lost(
    db: AsyncSession, *, reference: str, amount_cents: int, tax_cents: int, currency: str, session_id: uuid.UUID
) -> None:
    """The payer keeps it, so that we hold nothing for them any more."""
    sides = {Account.held: amount_cents - tax_cents, Account.tax: tax_cents, Account.disputed: -amount_cents}
    await post(db, Movement.dispute_lost, reference=reference, sides=sides, currency=currency, session_id=session_id)


async def post_share(
    db: AsyncSession,
    movement: Movement,
    *,
    reference: str,
    fee_cents: int,
    share_cents: int,
    currency: str,
    session_id: uuid.UUID,
    mechanic_id: uuid.UUID,
    memo: str = "",
) -> None:
    """Held money is earned (`earn`): a fee and a mechanic's share; or both change by these cents, which may be negative (`adjust`).

    `memo` says why a share became smaller, in the mechanic's words.
    """
    sides = {Account.held: fee_cents + share_cents, Account.fees: -fee_cents, Account.payable: -share_cents}
    about = {"currency": currency, "session_id": session_id, "mechanic_id": mechanic_id, "memo": memo}
    await post(db, movement, reference=reference, sides=sides, **about)


async def post_transfer(
    db: AsyncSession,
    movement: Movement,
    *,
    reference: str,
    amount_cents: int,
    currency: str,
    session_id: uuid.UUID,
    mechanic_id: uuid.UUID,
    memo: str = "",
) -> None:
    """A share went to its mechanic (`transfer`), or was taken back (`reversal`): `memo` says why, in the mechanic's words."""
    out = amount_cents if movement is Movement.transfer else -amount_cents
    sides = {Account.payable: out, Account.stripe: -out}
    about = {"currency": currency, "session_id": session_id, "mechanic_id": mechanic_id, "memo": memo}
    await post(db, movement, reference=reference, sides=sides, **about)


async def post_cost(db: AsyncSession, *, reference: str, amount_cents: int, currency: str, memo: str) -> None:
    """What Stripe took for its work; negative when it gave something back."""
    sides = {Account.costs: amount_cents, Account.stripe: -amount_cents}
    await post(db, Movement.cost, reference=reference, sides=sides, currency=currency, session_id=None, memo=memo)


async def post_bank(db: AsyncSession, *, reference: str, amount_cents: int, currency: str) -> None:
    """Stripe brought it to our bank account; negative when it took it from there."""
    sides = {Account.bank: amount_cents, Account.stripe: -amount_cents}
    await post(db, Movement.bank, reference=reference, sides=sides, currency=currency, session_id=None)


async def _is_posted(db: AsyncSession, reference: str) -> bool:
    return await db.scalar(sa.select(col(LedgerTransaction.id)).where(col(LedgerTransaction.reference) == reference)) is not None
