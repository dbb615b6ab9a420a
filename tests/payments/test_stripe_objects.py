"""How Stripe's objects are read, from answers and from events."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.integrations.stripe.objects import read_account, read_balance, read_checkout, read_dispute

CHECKOUT: dict[str, Any] = {"id": "cs_1", "payment_status": "paid", "created": 1}
DISPUTE: dict[str, Any] = {"id": "du_1", "charge": "ch_1", "amount": 1, "currency": "usd", "reason": "general", "created": 1}


def test_a_checkout_says_what_was_taken_off_and_what_was_put_on_top() -> None:
    found = read_checkout(CHECKOUT | {"amount_subtotal": 999, "total_details": {"amount_discount": 100, "amount_tax": 90}})
    assert (found.amount_subtotal, found.discount_cents, found.tax_cents) == (999, 100, 90)
    assert (read_checkout(CHECKOUT).discount_cents, read_checkout(CHECKOUT).tax_cents) == (0, 0)


def test_a_reference_is_an_id_also_where_the_object_itself_stands() -> None:
    assert read_checkout(CHECKOUT | {"payment_intent": {"id": "pi_1", "object": "payment_intent"}}).payment_intent == "pi_1"
    assert read_dispute(DISPUTE | {"status": "won", "charge": {"id": "ch_2"}}).charge == "ch_2"


def test_what_an_account_misses_is_named_once() -> None:
    requirements = {"currently_due": ["external_account", "tos_acceptance.date"], "past_due": ["external_account"]}
    account = read_account({"id": "acct_1", "requirements": requirements})
    assert account.missing == ("external_account", "tos_acceptance.date")
    assert read_account({"id": "acct_1"}).missing == ()


@pytest.mark.parametrize(
    ("status", "is_open", "is_won", "is_lost", "takes_money"),
    [
        ("needs_response", True, False, False, True),
        ("under_review", True, False, False, True),
        ("won", False, True, False, True),
        ("lost", False, False, True, True),
        ("warning_needs_response", True, False, False, False),
        ("warning_under_review", True, False, False, False),
        ("warning_closed", False, False, False, False),
        ("prevented", False, False, False, False),
    ],
)
def test_the_state_of_a_dispute(status: str, is_open: bool, is_won: bool, is_lost: bool, takes_money: bool) -> None:
    dispute = read_dispute(DISPUTE | {"status": status})
    assert (dispute.is_open, dispute.is_won, dispute.is_lost, dispute.takes_money) == (is_open, is_won, is_lost, takes_money)


def test_the_balance_is_what_is_available_and_what_is_on_its_way() -> None:
    body = {
        "available": [{"amount": 5, "currency": "usd"}],
        "pending": [{"amount": 7, "currency": "usd"}, {"amount": 1, "currency": "eur"}],
    }
    assert read_balance(body).cents_by_currency == {"usd": 12, "eur": 1}
