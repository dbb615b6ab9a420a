"""Promotion codes and tax on the sandbox's payment page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import CheckoutSession
from tests.payments import at_sandbox
from tests.payments.conftest import Shop
from tests.payments.orders import an_order


@pytest.fixture
async def payer() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=10, follow_redirects=True) as client:
        yield client


async def an_open_page(**order: Any) -> CheckoutSession:
    return await stripe.create_checkout(an_order(**({"allow_promotion_codes": True} | order)), key="1")


async def apply(payer: httpx.AsyncClient, checkout: CheckoutSession, code: str) -> str:
    return (await payer.post(str(checkout.url), data={"action": "apply", "code": code})).text


async def pay(payer: httpx.AsyncClient, checkout: CheckoutSession) -> CheckoutSession:
    await payer.post(str(checkout.url), data={"action": "pay"}, follow_redirects=False)
    return await stripe.retrieve_checkout(checkout.id)


@pytest.mark.parametrize(("code", "discount"), [("WELCOME10", 100), (" welcome10 ", 100), ("TAKE5", 500), ("FREE", 999)])
async def test_a_code_takes_its_part_off(shop: Shop, payer: httpx.AsyncClient, code: str, discount: int) -> None:
    checkout = await an_open_page()
    page = await apply(payer, checkout, code)
    assert f"Discount ({code.strip().upper()})" in page
    found = await stripe.retrieve_checkout(checkout.id)
    assert (found.amount_subtotal, found.discount_cents, found.amount_total) == (999, discount, 999 - discount)


async def test_what_is_charged_is_what_is_left(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await an_open_page()
    await apply(payer, checkout, "TAKE5")
    paid = await pay(payer, checkout)
    assert (paid.payment_status, (await stripe.charge_of(str(paid.payment_intent))).amount) == ("paid", 499)


async def test_where_nothing_is_left_nothing_is_charged(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await an_open_page()
    assert ">Complete order</button>" in await apply(payer, checkout, "FREE")
    paid = await pay(payer, checkout)
    assert (paid.status, paid.payment_status, paid.payment_intent, paid.is_paid) == ("complete", "no_payment_required", None, True)
    assert (shop.types, await at_sandbox.movements()) == (["checkout.session.completed"], [])


async def test_an_unknown_code_is_said_to_be_unknown(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await an_open_page()
    page = await apply(payer, checkout, "<b>LOTS")
    assert "this promotion code" in page and "<b>LOTS" not in page
    assert (await stripe.retrieve_checkout(checkout.id)).discount_cents == 0


async def test_a_code_can_be_removed(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await an_open_page()
    assert "Remove WELCOME10" in await apply(payer, checkout, "WELCOME10")
    assert "Promotion code" in await apply(payer, checkout, "")
    assert (await stripe.retrieve_checkout(checkout.id)).amount_total == 999


async def test_where_none_is_allowed_there_is_no_field_and_no_discount(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await an_open_page(allow_promotion_codes=False)
    assert "Promotion code" not in (await payer.get(str(checkout.url))).text
    await apply(payer, checkout, "FREE")
    assert (await stripe.retrieve_checkout(checkout.id)).amount_total == 999


async def test_tax_comes_on_top_of_what_the_discount_leaves(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await an_open_page(automatic_tax=True)
    assert (checkout.tax_cents, checkout.amount_total) == (100, 1099)
    page = await apply(payer, checkout, "WELCOME10")
    for words in ("Subtotal", "9.99 USD", "-1.00 USD", "Tax (10 %)", "0.90 USD", "9.89 USD"):
        assert words in page
    paid = await pay(payer, checkout)
    assert (paid.discount_cents, paid.tax_cents, paid.amount_total) == (100, 90, 989)
    assert (await stripe.charge_of(str(paid.payment_intent))).amount == 989
