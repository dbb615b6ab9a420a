"""Disputes: a customer asked their bank for the money of a payment, and the bank decides."""

from __future__ import annotations

from datetime import datetime

from autodoctor.integrations.stripe.calling import PER_PAGE, calling, read_all, timestamp
from autodoctor.integrations.stripe.objects import StripeDispute, read_dispute


async def retrieve_dispute(dispute_id: str) -> StripeDispute:
    """A dispute as it stands now. Raises NoSuchObject."""
    async with calling() as client:
        found = await client.v1.disputes.retrieve_async(dispute_id)
    return read_dispute(found.to_dict())


async def list_disputes(since: datetime) -> list[StripeDispute]:
    """Every dispute opened since then, newest first."""
    async with calling() as client:
        page = await client.v1.disputes.list_async({"created": {"gte": timestamp(since)}, "limit": PER_PAGE})
        return await read_all(page, read_dispute)
