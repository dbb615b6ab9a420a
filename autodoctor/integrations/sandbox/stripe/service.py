"""What the sandbox does, under one name: on calls (`create_…`), and by the hands of people and banks (`pay`, `open_dispute`)."""

from autodoctor.integrations.sandbox.stripe.accounts import create_account, create_link, disconnect, fill_in
from autodoctor.integrations.sandbox.stripe.books import balance
from autodoctor.integrations.sandbox.stripe.checkouts import apply_code, create_checkout, expire_checkout, expire_overdue, pay
from autodoctor.integrations.sandbox.stripe.disputes import close_dispute, open_dispute
from autodoctor.integrations.sandbox.stripe.objects import (
    ACCOUNT,
    CHARGE,
    CHECKOUT,
    DISPUTE,
    EVENT,
    INTENT,
    LINK,
    MOVEMENT,
    REFUND,
    REVERSAL,
    TRANSFER,
    list_objects,
    retrieve,
)
from autodoctor.integrations.sandbox.stripe.refunds import create_refund, fail_refund
from autodoctor.integrations.sandbox.stripe.transfers import create_transfer, list_reversals, reverse_transfer

__all__ = [
    "ACCOUNT",
    "CHARGE",
    "CHECKOUT",
    "DISPUTE",
    "EVENT",
    "INTENT",
    "LINK",
    "MOVEMENT",
    "REFUND",
    "REVERSAL",
    "TRANSFER",
    "apply_code",
    "balance",
    "close_dispute",
    "create_account",
    "create_checkout",
    "create_link",
    "create_refund",
    "create_transfer",
    "disconnect",
    "expire_checkout",
    "expire_overdue",
    "fail_refund",
    "fill_in",
    "list_objects",
    "list_reversals",
    "open_dispute",
    "pay",
    "retrieve",
    "reverse_transfer",
]
