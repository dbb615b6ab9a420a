"""Transfers: from our balance at Stripe to a mechanic's account, and reversals, which take some of it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from stripe.params import TransferCreateParams

from autodoctor.integrations.stripe.calling import PER_PAGE, calling, read_all, timestamp
from autodoctor.integrations.stripe.objects import NewTransfer, StripeReversal, StripeTransfer, read_reversal, read_transfer


async def create_transfer(new: NewTransfer, *, key: str) -> StripeTransfer:
    """Send money to an account, once per `key`.

    Raises TransferRefused when the account may not receive, NoSuchAccount, BalanceTooLow when there isn't enough to take it from.
    """
    async with calling() as client:
        made = await client.v1.transfers.create_async(_params(new), {"idempotency_key": key})
    return read_transfer(made.to_dict())


async def reverse_transfer(transfer_id: str, amount_cents: int, *, key: str, metadata: Mapping[str, str]) -> StripeReversal:
    """Take back this much of a transfer, once per `key`. Raises NoSuchObject, BalanceTooLow when the account hasn't got it."""
    async with calling() as client:
        made = await client.v1.transfers.reversals.create_async(
            transfer_id, {"amount": amount_cents, "metadata": dict(metadata)}, {"idempotency_key": key}
        )
    return read_reversal(made.to_dict())


async def retrieve_transfer(transfer_id: str) -> StripeTransfer:
    """A transfer as it stands now. Raises NoSuchObject."""
    async with calling() as client:
        found = await client.v1.transfers.retrieve_async(transfer_id)
    return read_transfer(found.to_dict())


async def list_transfers(since: datetime) -> list[StripeTransfer]:
    """Every transfer made since then, newest first."""
    async with calling() as client:
        page = await client.v1.transfers.list_async({"created": {"gte": timestamp(since)}, "limit": PER_PAGE})
        return await read_all(page, read_transfer)


async def transfers_of(transfer_group: str) -> list[StripeTransfer]:
    """Every transfer of a group, newest first. Stripe forgets a key after a day; whoever tries again later looks here first."""
    async with calling() as client:
        page = await client.v1.transfers.list_async({"transfer_group": transfer_group, "limit": PER_PAGE})
        return await read_all(page, read_transfer)


async def reversals_of(transfer_id: str) -> list[StripeReversal]:
    """What was taken back of a transfer, newest first, for the same reason. Raises NoSuchObject."""
    async with calling() as client:
        page = await client.v1.transfers.reversals.list_async(transfer_id, {"limit": PER_PAGE})
        return await read_all(page, read_reversal)


def _params(new: NewTransfer) -> TransferCreateParams:
    params: TransferCreateParams = {
        "amount": new.amount_cents,
        "currency": new.currency,
        "destination": new.destination,
        "transfer_group": new.transfer_group,
        "metadata": dict(new.metadata),
    }
    if new.source_transaction:
        params["source_transaction"] = new.source_transaction
    return params
