"""The sandbox's connected accounts, and the links to where they are filled in."""

from __future__ import annotations

import pytest

from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import NoSuchAccount
from tests.payments import at_sandbox
from tests.payments.conftest import Shop


async def test_a_new_account_can_do_nothing_and_says_what_is_missing(shop: Shop) -> None:
    first, again = [await stripe.create_account(email="kim@example.com", metadata={"mechanic": "m-1"}, key="m-1") for _ in range(2)]
    assert first == again
    assert (first.email, dict(first.metadata)) == ("kim@example.com", {"mechanic": "m-1"})
    assert (first.charges_enabled, first.payouts_enabled, first.details_submitted) == (False, False, False)
    assert "external_account" in first.missing and len(set(first.missing)) == len(first.missing)
    assert first.disabled_reason == "requirements.past_due"
    assert await stripe.retrieve_account(first.id) == first


async def test_a_filled_in_account_can_receive_and_is_told(shop: Shop) -> None:
    account = await at_sandbox.an_account()
    assert (account.charges_enabled, account.payouts_enabled, account.details_submitted, account.missing) == (True, True, True, ())
    assert account.disabled_reason is None
    assert await at_sandbox.told() == ["account.updated"]


async def test_an_unknown_account_is_not_found(shop: Shop) -> None:
    with pytest.raises(NoSuchAccount):
        await stripe.retrieve_account("acct_nobody")
    with pytest.raises(NoSuchAccount):
        await stripe.create_account_link("acct_nobody", refresh_url="https://shop.example/again", return_url="https://shop.example/back")
