"""Stripe's own books: what was charged, every movement of our balance, and the balance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from autodoctor.integrations.stripe.calling import PER_PAGE, calling, read_all, timestamp
from autodoctor.integrations.stripe.errors import NoSuchObject
from autodoctor.integrations.stripe.objects import (
    Balance,
    BalanceTransaction,
    StripeCharge,
    read_balance,
    read_balance_transaction,
    read_charge,
)


async def charge_of(payment_intent: str) -> StripeCharge:
    """The charge by which a payment was made. Raises NoSuchObject, also while nothing was charged."""
    async with calling() as client:
        found = await client.v1.payment_intents.retrieve_async(payment_intent, {"expand": ["latest_charge"]})
    charge = found.to_dict().get("latest_charge")
    if not isinstance(charge, Mapping):
        raise NoSuchObject
    return read_charge(charge)


async def list_charges(since: datetime) -> list[StripeCharge]:
    """Every charge since then that went well, newest first."""
    async with calling() as client:
        page = await client.v1.charges.list_async({"created": {"gte": timestamp(since)}, "limit": PER_PAGE})
        found = await read_all(page, lambda body: (body["status"], read_charge(body)))
    return [charge for status, charge in found if status == "succeeded"]


async def list_balance_transactions(since: datetime) -> list[BalanceTransaction]:
    """Every movement of our balance since then, newest first."""
    async with calling() as client:
        page = await client.v1.balance_transactions.list_async({"created": {"gte": timestamp(since)}, "limit": PER_PAGE})
        return await read_all(page, read_balance_transaction)


async def retrieve_balance() -> Balance:
    """What Stripe holds for us now."""
    async with calling() as client:
        found = await client.v1.balance.retrieve_async()
    return read_balance(found.to_dict())
