"""Transfers from our balance to a connected account, and reversals."""

from __future__ import annotations

from autodoctor.integrations.sandbox.stripe import books
from autodoctor.integrations.sandbox.stripe.forms import Listing, NewReversal, NewTransfer
from autodoctor.integrations.sandbox.stripe.objects import (
    ACCOUNT,
    CHARGE,
    REVERSAL,
    TRANSFER,
    as_list,
    list_objects,
    new,
    new_id,
    retrieve,
    tell,
)
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem
from autodoctor.integrations.sandbox.stripe.store import Body, State


async def create_transfer(state: State, asked: NewTransfer) -> Body:
    """POST /v1/transfers"""
    await _require_receiver(state, asked.destination)
    await _require_funds(state, asked)
    transfer = new(TRANSFER)
    transfer |= {
        "amount": asked.amount,
        "amount_reversed": 0,
        "currency": asked.currency,
        "description": None,
        "destination": asked.destination,
        "destination_payment": f"py_{new_id(CHARGE)[3:]}",
        "metadata": asked.metadata,
        "reversals": as_list([], f"/v1/transfers/{transfer['id']}/reversals"),
        "reversed": False,
        "source_transaction": asked.source_transaction,
        "source_type": "card",
        "transfer_group": asked.transfer_group,
    }
    moved = await books.move(state, "transfer", -asked.amount, transfer)
    transfer = await state.add(transfer | {"balance_transaction": moved["id"]})
    await tell(state, "transfer.created", transfer)
    return transfer


async def reverse_transfer(state: State, asked: NewReversal, transfer_id: str) -> Body:
    """POST /v1/transfers/{id}/reversals"""
    transfer = await retrieve(state, TRANSFER, transfer_id)
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = asked.amount or left
    if not left or amount > left:
        raise StripeProblem(f"The transfer has {left} left to reverse.", code="amount_too_large", param="amount")
    reversal = new(REVERSAL) | {
        "amount": amount,
        "currency": transfer["currency"],
        "destination_payment_refund": None,
        "metadata": asked.metadata,
        "source_refund": None,
        "transfer": transfer_id,
    }
    moved = await books.move(state, "transfer_refund", amount, reversal)
    reversal = await state.add(reversal | {"balance_transaction": moved["id"]})
    await _count(state, transfer, reversal)
    return reversal


async def list_reversals(state: State, asked: Listing, transfer_id: str) -> Body:
    """GET /v1/transfers/{id}/reversals"""
    transfer = await retrieve(state, TRANSFER, transfer_id)
    return await list_objects(state, REVERSAL, asked.model_copy(update={"transfer": transfer_id}), transfer["reversals"]["url"])


async def _count(state: State, transfer: Body, reversal: Body) -> None:
    back = transfer["amount_reversed"] + reversal["amount"]
    known = transfer["reversals"]
    reversals = as_list([reversal, *known["data"]], known["url"])
    transfer = await state.change(transfer, amount_reversed=back, reversed=back == transfer["amount"], reversals=reversals)
    await tell(state, "transfer.reversed", transfer)


async def _require_receiver(state: State, account_id: str) -> None:
    account = await state.get(ACCOUNT, account_id)
    if account is None:
        raise StripeProblem(f"No such destination: '{account_id}'", code="resource_missing", param="destination")
    if not account["payouts_enabled"]:
        message = "Your destination account needs to have at least one of the following capabilities enabled: transfers, legacy_payments"
        raise StripeProblem(message, code="insufficient_capabilities_for_transfer")


async def _require_funds(state: State, asked: NewTransfer) -> None:
    """Out of its charge, which needn't have reached the balance; else out of what is in the balance."""
    if asked.source_transaction is None:
        if asked.amount > await books.available(state, asked.currency):
            raise StripeProblem("You have insufficient available funds in your Stripe account.", code="balance_insufficient")
        return
    charge = await retrieve(state, CHARGE, asked.source_transaction, param="source_transaction")
    taken = await state.total(TRANSFER, "amount", source_transaction=charge["id"])
    if charge["currency"] != asked.currency:
        raise StripeProblem("The currency of source_transaction's balance transaction must be the transfer's.", param="currency")
    if asked.amount + taken.get(asked.currency, 0) > charge["amount"]:
        raise StripeProblem("Transfers using this transaction as a source must not exceed the source amount.", param="amount")
