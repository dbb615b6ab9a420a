"""Every call that we make to Stripe, with the names of all its parameters: what `tests/payments/test_stripe_contract.py` holds us to.

Names are written as they go over the wire, without the numbers of list items and the names inside `metadata`.
"""

from __future__ import annotations

from dataclasses import dataclass

_SINCE = frozenset({"created[gte]", "limit", "starting_after"})
_NOTHING = frozenset[str]()


@dataclass(frozen=True)
class Call:
    """One request that our function `name` sends."""

    name: str
    method: str
    path: str
    parameters: frozenset[str]


CALLS = (
    Call(
        "create_checkout",
        "POST",
        "/v1/checkout/sessions",
        frozenset(
            {
                "allow_promotion_codes",
                "automatic_tax[enabled]",
                "cancel_url",
                "client_reference_id",
                "customer_email",
                "expires_at",
                "line_items[][price]",
                "line_items[][price_data][currency]",
                "line_items[][price_data][product_data][name]",
                "line_items[][price_data][tax_behavior]",
                "line_items[][price_data][unit_amount]",
                "line_items[][quantity]",
                "metadata",
                "mode",
                "payment_intent_data[metadata]",
                "success_url",
            }
        ),
    ),
    Call("retrieve_checkout", "GET", "/v1/checkout/sessions/{id}", _NOTHING),
    Call("list_paid_checkouts", "GET", "/v1/checkout/sessions", _SINCE | {"status"}),
    Call("expire_checkout", "GET", "/v1/checkout/sessions/{id}", _NOTHING),
    Call("expire_checkout", "POST", "/v1/checkout/sessions/{id}/expire", _NOTHING),
    Call("create_refund", "POST", "/v1/refunds", frozenset({"payment_intent", "amount", "metadata"})),
    Call("retrieve_refund", "GET", "/v1/refunds/{id}", _NOTHING),
    Call("list_refunds", "GET", "/v1/refunds", _SINCE),
    Call("refunds_of", "GET", "/v1/refunds", frozenset({"payment_intent", "limit", "starting_after"})),
    Call(
        "create_transfer",
        "POST",
        "/v1/transfers",
        frozenset({"amount", "currency", "destination", "transfer_group", "source_transaction", "metadata"}),
    ),
    Call("reverse_transfer", "POST", "/v1/transfers/{id}/reversals", frozenset({"amount", "metadata"})),
    Call("retrieve_transfer", "GET", "/v1/transfers/{id}", _NOTHING),
    Call("list_transfers", "GET", "/v1/transfers", _SINCE),
    Call("transfers_of", "GET", "/v1/transfers", frozenset({"transfer_group", "limit", "starting_after"})),
    Call("reversals_of", "GET", "/v1/transfers/{id}/reversals", frozenset({"limit", "starting_after"})),
    Call("create_account", "POST", "/v1/accounts", frozenset({"type", "email", "metadata"})),
    Call("retrieve_account", "GET", "/v1/accounts/{id}", _NOTHING),
    Call("list_accounts", "GET", "/v1/accounts", _SINCE),
    Call("create_account_link", "POST", "/v1/account_links", frozenset({"account", "refresh_url", "return_url", "type"})),
    Call("retrieve_dispute", "GET", "/v1/disputes/{id}", _NOTHING),
    Call("list_disputes", "GET", "/v1/disputes", _SINCE),
    Call("charge_of", "GET", "/v1/payment_intents/{id}", frozenset({"expand[]"})),
    Call("list_charges", "GET", "/v1/charges", _SINCE),
    Call("list_balance_transactions", "GET", "/v1/balance_transactions", _SINCE),
    Call("retrieve_balance", "GET", "/v1/balance", _NOTHING),
)
