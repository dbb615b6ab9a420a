"""Stripe under one name: `stripe.create_refund(…)`. The modules beside this one are the only ones that know its SDK."""

from autodoctor.integrations.stripe.accounts import create_account, create_account_link, list_accounts, retrieve_account
from autodoctor.integrations.stripe.books import charge_of, list_balance_transactions, list_charges, retrieve_balance
from autodoctor.integrations.stripe.checkouts import create_checkout, expire_checkout, list_paid_checkouts, retrieve_checkout
from autodoctor.integrations.stripe.disputes import list_disputes, retrieve_dispute
from autodoctor.integrations.stripe.events import verify_event
from autodoctor.integrations.stripe.refunds import create_refund, list_refunds, refunds_of, retrieve_refund
from autodoctor.integrations.stripe.transfers import (
    create_transfer,
    list_transfers,
    retrieve_transfer,
    reversals_of,
    reverse_transfer,
    transfers_of,
)

__all__ = [
    "charge_of",
    "create_account",
    "create_account_link",
    "create_checkout",
    "create_refund",
    "create_transfer",
    "expire_checkout",
    "list_accounts",
    "list_balance_transactions",
    "list_charges",
    "list_disputes",
    "list_paid_checkouts",
    "list_refunds",
    "list_transfers",
    "refunds_of",
    "retrieve_account",
    "retrieve_balance",
    "retrieve_checkout",
    "retrieve_dispute",
    "retrieve_refund",
    "retrieve_transfer",
    "reversals_of",
    "reverse_transfer",
    "transfers_of",
    "verify_event",
]
