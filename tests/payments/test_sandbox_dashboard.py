"""The sandbox's dashboard for developers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from autodoctor.integrations.stripe import service as stripe
from tests.payments import at_sandbox
from tests.payments.conftest import Shop


@pytest.fixture
async def developer(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=shop.url, timeout=10, follow_redirects=True) as client:
        yield client


async def press(developer: httpx.AsyncClient, action: str, object_id: str) -> httpx.Response:
    return await developer.post("/dev/stripe/", data={"action": action, "id": object_id})


async def test_it_is_empty_at_first_and_linked_from_the_payment_page(developer: httpx.AsyncClient) -> None:
    page = (await developer.get("/dev/stripe/")).text
    for words in ("Nobody has paid yet.", "Nothing was sent yet.", "Nobody has an account yet.", "Balance: 0.00 USD"):
        assert words in page
    assert 'href="/dev/stripe/"' in (await developer.get("/dev/stripe/checkout/cs_test_nothing")).text


async def test_it_shows_payments_transfers_and_accounts(developer: httpx.AsyncClient) -> None:
    charge = await at_sandbox.a_charge(4999)
    account, _ = await at_sandbox.an_account(), await at_sandbox.an_account(missing=("external_account",))
    sent = await stripe.create_transfer(at_sandbox.a_transfer(account, 4000, source_transaction=charge.id), key="t-1")
    await stripe.reverse_transfer(sent.id, 300, key="v-1", metadata={})
    page = (await developer.get("/dev/stripe/")).text
    for words in (charge.id, "49.99 USD", sent.id, "40.00 USD", "3.00 USD came back", "Can receive money", "Missing: external_account"):
        assert words in page


async def test_refund_and_its_failure(developer: httpx.AsyncClient, shop: Shop) -> None:
    charge = await at_sandbox.a_charge()
    page = (await press(developer, "refund", charge.id)).text
    assert "9.99 USD refunded" in page and ">Refund</button>" not in page and ">Dispute</button>" not in page
    (refund,) = await stripe.refunds_of(str(charge.payment_intent))
    page = (await press(developer, "fail_refund", refund.id)).text
    assert "Refund of 9.99 USD has failed" in page and ">Refund</button>" in page
    assert shop.types[-4:] == ["refund.created", "charge.refunded", "refund.updated", "refund.failed"]


@pytest.mark.parametrize("outcome", ["win", "lose"])
async def test_a_dispute_and_its_end(developer: httpx.AsyncClient, shop: Shop, outcome: str) -> None:
    charge = await at_sandbox.a_charge()
    page = (await press(developer, "dispute", charge.id)).text
    assert "Dispute over 9.99 USD: needs response" in page and ">Refund</button>" not in page
    (dispute,) = await stripe.list_disputes(charge.created)
    page = (await press(developer, outcome, dispute.id)).text
    assert (">Win</button>" in page, ">Refund</button>" in page) == (False, outcome == "win")
    found = await stripe.retrieve_dispute(dispute.id)
    assert (found.is_won, found.is_lost) == (outcome == "win", outcome == "lose")


async def test_what_can_not_be_done_is_said(developer: httpx.AsyncClient) -> None:
    charge = await at_sandbox.a_charge()
    await press(developer, "refund", charge.id)
    again = await press(developer, "refund", charge.id)
    assert (again.status_code, "has already been refunded" in again.text) == (400, True)
    assert (await press(developer, "steal", charge.id)).status_code == 400
    assert (await press(developer, "win", "du_nothing")).status_code == 404
