"""Money at the sandbox in tests: paid checkouts, accounts that can receive, disputes, and its books."""

from __future__ import annotations

from typing import Any

from autodoctor.core import clock
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.store import Body, transaction
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import (
    BalanceTransaction,
    NewTransfer,
    StripeAccount,
    StripeCharge,
    StripeDispute,
    read_account,
    read_dispute,
)
from tests.payments.orders import an_order


async def a_charge(amount_cents: int = 999) -> StripeCharge:
    """A checkout of this much was paid."""
    made = await stripe.create_checkout(an_order(amount_cents=amount_cents), key=f"order-{await _count()}")
    async with transaction() as state:
        paid = await sandbox.pay(state, await sandbox.retrieve(state, sandbox.CHECKOUT, made.id))
    return await stripe.charge_of(paid["payment_intent"])


async def an_account(*, missing: tuple[str, ...] = ()) -> StripeAccount:
    """An account that its owner has filled in."""
    made = await stripe.create_account(email="mechanic@example.com", metadata={"mechanic": "m-1"}, key=f"account-{await _count()}")
    async with transaction() as state:
        return read_account(await sandbox.fill_in(state, await sandbox.retrieve(state, sandbox.ACCOUNT, made.id), missing=missing))


async def open_dispute(charge: StripeCharge, **how: Any) -> StripeDispute:
    async with transaction() as state:
        return read_dispute(await sandbox.open_dispute(state, await sandbox.retrieve(state, sandbox.CHARGE, charge.id), **how))


async def close_dispute(dispute: StripeDispute, *, won: bool) -> StripeDispute:
    async with transaction() as state:
        found = await sandbox.retrieve(state, sandbox.DISPUTE, dispute.id)
        return read_dispute(await sandbox.close_dispute(state, found, won=won))


async def fail_refund(refund_id: str) -> Body:
    async with transaction() as state:
        return await sandbox.fail_refund(state, await sandbox.retrieve(state, sandbox.REFUND, refund_id))


def a_transfer(account: StripeAccount, amount_cents: int = 800, **changes: Any) -> NewTransfer:
    values: dict[str, Any] = {
        "amount_cents": amount_cents,
        "currency": "usd",
        "destination": account.id,
        "transfer_group": "session-1",
        "source_transaction": None,
        "metadata": {"payout": "p-1"},
    }
    return NewTransfer(**(values | changes))


async def movements() -> list[tuple[str, int, int]]:
    """Type, amount and fee of every movement of the balance, the oldest first."""
    found: list[BalanceTransaction] = await stripe.list_balance_transactions(clock.now().replace(year=2020))
    return [(each.type, each.amount, each.fee) for each in reversed(found)]


async def told() -> list[str]:
    """The types of all events so far, the oldest first, whether or not they were delivered."""
    async with transaction() as state:
        return [each["type"] for each in await state.all(sandbox.EVENT)]


async def _count() -> int:
    async with transaction() as state:
        return len(await state.all(sandbox.CHECKOUT)) + len(await state.all(sandbox.ACCOUNT))
