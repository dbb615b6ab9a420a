"""Refunds: money that goes back to the card it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from autodoctor.integrations.stripe.calling import PER_PAGE, calling, read_all, timestamp
from autodoctor.integrations.stripe.objects import StripeRefund, read_refund


async def create_refund(payment_intent: str, amount_cents: int, *, key: str, metadata: Mapping[str, str]) -> StripeRefund:
    """Give back this much of a payment, once per `key`.

    Raises NothingToRefund when all of it went back before, ChargeDisputed while or after its bank decides, BalanceTooLow.
    """
    async with calling() as client:
        made = await client.v1.refunds.create_async(
            {"payment_intent": payment_intent, "amount": amount_cents, "metadata": dict(metadata)}, {"idempotency_key": key}
        )
    return read_refund(made.to_dict())


async def retrieve_refund(refund_id: str) -> StripeRefund:
    """A refund as it stands now. Raises NoSuchObject."""
    async with calling() as client:
        found = await client.v1.refunds.retrieve_async(refund_id)
    return read_refund(found.to_dict())


async def list_refunds(since: datetime) -> list[StripeRefund]:
    """Every refund made since then, newest first."""
    async with calling() as client:
        page = await client.v1.refunds.list_async({"created": {"gte": timestamp(since)}, "limit": PER_PAGE})
        return await read_all(page, read_refund)


async def refunds_of(payment_intent: str) -> list[StripeRefund]:
    """Every refund of a payment, newest first. Stripe forgets a key after a day; whoever tries again later looks here first."""
    async with calling() as client:
        page = await client.v1.refunds.list_async({"payment_intent": payment_intent, "limit": PER_PAGE})
        return await read_all(page, read_refund)
