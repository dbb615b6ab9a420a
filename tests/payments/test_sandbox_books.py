"""The sandbox's books: every movement, its fee, and the balance; and its lists, page by page."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from autodoctor.core import clock
from autodoctor.integrations.stripe import service as stripe
from tests.conftest import Clock
from tests.payments import at_sandbox
from tests.payments.conftest import Shop


@pytest.mark.parametrize(("cents", "fee"), [(50, 31), (999, 59), (2999, 117), (4999, 175)])
async def test_a_charge_costs_2_9_percent_and_30_cents(shop: Shop, cents: int, fee: int) -> None:
    await at_sandbox.a_charge(cents)
    assert await at_sandbox.movements() == [("charge", cents, fee)]
    assert (await stripe.retrieve_balance()).cents_by_currency == {"usd": cents - fee}


async def test_the_balance_is_the_sum_of_all_movements(shop: Shop) -> None:
    account = await at_sandbox.an_account()
    first, second, third = [await at_sandbox.a_charge(cents) for cents in (999, 2999, 4999)]
    refund = await stripe.create_refund(str(first.payment_intent), 999, key="r-1", metadata={})
    await at_sandbox.fail_refund(refund.id)
    sent = await stripe.create_transfer(at_sandbox.a_transfer(account, 2400, source_transaction=second.id), key="t-1")
    await stripe.reverse_transfer(sent.id, 2400, key="v-1", metadata={})
    await at_sandbox.close_dispute(await at_sandbox.open_dispute(second), won=True)
    await at_sandbox.close_dispute(await at_sandbox.open_dispute(third), won=False)
    found = await stripe.list_balance_transactions(clock.now() - timedelta(days=1))
    assert all(each.net == each.amount - each.fee for each in found)
    fees = 59 + 117 + 175 + 2 * 1500
    assert (await stripe.retrieve_balance()).cents_by_currency == {"usd": 999 + 2999 - fees} == {"usd": sum(each.net for each in found)}
    assert {each.source for each in found} >= {first.id, refund.id, sent.id}


async def test_every_list_has_pages_and_a_beginning(shop: Shop, fixed_clock: Clock) -> None:
    account, long_ago = await at_sandbox.an_account(), clock.now() - timedelta(days=1)
    for number in range(3):
        charge = await at_sandbox.a_charge()
        await stripe.create_transfer(at_sandbox.a_transfer(account, 100, source_transaction=charge.id), key=f"t-{number}")
        await stripe.create_refund(str(charge.payment_intent), 100, key=f"r-{number}", metadata={})
        await at_sandbox.open_dispute(charge)
        fixed_clock.advance(minutes=1)
    counts = {}
    for name in ("charges", "refunds", "transfers", "disputes", "balance_transactions", "accounts"):
        counts[name] = await count(shop, name, int(long_ago.timestamp()))
        assert await count(shop, name, int(clock.now().timestamp())) == 0
    assert counts == {"charges": 3, "refunds": 3, "transfers": 3, "disputes": 3, "balance_transactions": 12, "accounts": 1}
    assert len(await stripe.list_charges(clock.now() - timedelta(minutes=2))) == 2


async def count(shop: Shop, name: str, since: int) -> int:
    """How many a list has, two at a time."""
    found: list[str] = []
    async with httpx.AsyncClient(base_url=f"{shop.url}/dev/stripe/v1/", headers={"Authorization": "Bearer sk_1"}) as client:
        while True:
            after = {"starting_after": found[-1]} if found else {}
            page = (await client.get(name, params={"limit": 2, "created[gte]": since, **after})).json()
            found += [each["id"] for each in page["data"]]
            if not page["has_more"]:
                assert len(set(found)) == len(found)
                return len(found)


async def test_movements_of_one_kind_are_found(shop: Shop) -> None:
    await stripe.create_refund(str((await at_sandbox.a_charge()).payment_intent), 100, key="r-1", metadata={})
    async with httpx.AsyncClient(base_url=f"{shop.url}/dev/stripe/v1/", headers={"Authorization": "Bearer sk_1"}) as client:
        page = (await client.get("balance_transactions", params={"type": "refund"})).json()
    assert [each["amount"] for each in page["data"]] == [-100]
