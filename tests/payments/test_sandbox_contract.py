"""The sandbox measured by Stripe's own mock server, which answers with every field that Stripe has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx

from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.integrations.stripe import objects
from autodoctor.integrations.stripe import service as stripe
from tests.payments import at_sandbox
from tests.payments.conftest import Shop
from tests.payments.orders import an_order

KEY = {"Authorization": "Bearer sk_test_1"}
READERS: Mapping[str, Callable[[Any], object]] = {
    "checkout/sessions": objects.read_checkout,
    "refunds": objects.read_refund,
    "transfers": objects.read_transfer,
    "accounts": objects.read_account,
    "disputes": objects.read_dispute,
    "charges": objects.read_charge,
    "balance_transactions": objects.read_balance_transaction,
}
"""How we read the objects of each list."""


class Watched(dict[str, Any]):
    """An answer that notes which of its fields are read."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        super().__init__(body)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.read.add(name)
        return super().get(name, default)


async def get(base: str, path: str) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=base, headers=KEY, timeout=10) as client:
        answer = await client.get(f"/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def compare(ours: Mapping[str, Any], theirs: Mapping[str, Any], read: Callable[[Any], object], where: str) -> None:
    watched = Watched(ours)
    read(watched)
    assert ours.keys() <= theirs.keys(), f"{where} has fields that Stripe has not"
    assert watched.read & theirs.keys() <= ours.keys(), f"{where} lacks fields that Stripe has and we read"


async def a_busy_sandbox() -> str:
    """One of everything. Answers the id of a transfer."""
    charge, account = await at_sandbox.a_charge(), await at_sandbox.an_account()
    sent = await stripe.create_transfer(at_sandbox.a_transfer(account, source_transaction=charge.id), key="t-1")
    await stripe.reverse_transfer(sent.id, 300, key="v-1", metadata={})
    await stripe.create_refund(str(charge.payment_intent), 100, key="r-1", metadata={})
    await at_sandbox.close_dispute(await at_sandbox.open_dispute(charge), won=True)
    return sent.id


async def test_the_sandbox_answers_with_stripes_fields(stripe_mock: str, shop: Shop) -> None:
    at_home = f"{shop.url}/dev/stripe"
    transfer = await a_busy_sandbox()
    for collection, read in READERS.items():
        (ours, *_) = (await get(at_home, collection))["data"]
        compare(ours, await get(stripe_mock, f"{collection}/{ours['id']}"), read, collection)
        compare(await get(at_home, f"{collection}/{ours['id']}"), await get(stripe_mock, f"{collection}/{ours['id']}"), read, collection)
    reversals = f"transfers/{transfer}/reversals"
    (ours,) = (await get(at_home, reversals))["data"]
    compare(ours, (await get(stripe_mock, reversals))["data"][0], objects.read_reversal, reversals)
    compare(await get(at_home, "balance"), await get(stripe_mock, "balance"), objects.read_balance, "balance")


async def test_lists_links_and_events_have_stripes_fields(stripe_mock: str, shop: Shop) -> None:
    at_home, account = f"{shop.url}/dev/stripe", await at_sandbox.an_account()
    await a_busy_sandbox()
    for path in ("refunds", "transfers", "events"):
        ours, theirs = await get(at_home, path), await get(stripe_mock, path)
        assert ours.keys() == theirs.keys()
        assert path == "transfers" or ours["data"][0].keys() <= theirs["data"][0].keys()
    link = {"account": account.id, "refresh_url": "https://x.example", "return_url": "https://y.example", "type": "account_onboarding"}
    async with httpx.AsyncClient(headers=KEY) as client:
        ours, theirs = [(await client.post(f"{base}/v1/account_links", data=link)).json() for base in (at_home, stripe_mock)]
    assert ours.keys() == theirs.keys()


async def test_a_payment_intent_can_have_its_charge_in_it(stripe_mock: str, shop: Shop) -> None:
    charge = await at_sandbox.a_charge()
    path = f"payment_intents/{charge.payment_intent}?expand[]=latest_charge"
    ours, theirs = await get(f"{shop.url}/dev/stripe", path), await get(stripe_mock, path)
    assert ours.keys() <= theirs.keys()
    compare(ours["latest_charge"], theirs["latest_charge"], objects.read_charge, path)


async def test_creations_answer_with_stripes_fields(stripe_mock: str, shop: Shop) -> None:
    """What is answered to a creation is what a retrieval answers."""
    made = await stripe.create_checkout(an_order(allow_promotion_codes=True, automatic_tax=True), key="1")
    assert made == await stripe.retrieve_checkout(made.id)
    account = await stripe.create_account(email="kim@example.com", metadata={}, key="2")
    assert account == await stripe.retrieve_account(account.id)
    async with transaction() as state:
        ours = await sandbox.retrieve(state, sandbox.CHECKOUT, made.id)
    compare(ours, await get(stripe_mock, f"checkout/sessions/{made.id}"), objects.read_checkout, "a taxed checkout")
