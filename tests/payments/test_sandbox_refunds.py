"""The sandbox's refunds, and those that a bank sends back."""

from __future__ import annotations

import pytest

from autodoctor.core import clock
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import ChargeDisputed, MoreThanIsLeft, NothingToRefund, StripeCharge, StripeRefund
from tests.payments import at_sandbox
from tests.payments.conftest import Shop


async def refund(charge: StripeCharge, cents: int, key: str = "r-1") -> StripeRefund:
    return await stripe.create_refund(str(charge.payment_intent), cents, key=key, metadata={"refund": key})


async def test_a_refund_is_a_movement_and_is_told(shop: Shop) -> None:
    charge = await at_sandbox.a_charge(999)
    made = await refund(charge, 400)
    assert (made.status, made.charge, made.payment_intent, dict(made.metadata)) == (
        "succeeded",
        charge.id,
        charge.payment_intent,
        {"refund": "r-1"},
    )
    assert (await at_sandbox.movements())[1:] == [("refund", -400, 0)]
    assert (await at_sandbox.told())[2:] == ["refund.created", "charge.refunded"]
    assert (await stripe.charge_of(str(charge.payment_intent))).amount_refunded == 400
    assert await stripe.retrieve_refund(made.id) == made


async def test_more_than_is_left_is_refused(shop: Shop) -> None:
    charge = await at_sandbox.a_charge(999)
    await refund(charge, 500)
    with pytest.raises(MoreThanIsLeft):
        await refund(charge, 500, "r-2")
    await refund(charge, 499, "r-3")
    with pytest.raises(NothingToRefund):
        await refund(charge, 1, "r-4")


@pytest.mark.parametrize("outcome", ["open", "lost"])
async def test_what_is_disputed_or_was_lost_is_not_refunded(shop: Shop, outcome: str) -> None:
    charge = await at_sandbox.a_charge()
    dispute = await at_sandbox.open_dispute(charge)
    if outcome == "lost":
        await at_sandbox.close_dispute(dispute, won=False)
    with pytest.raises(ChargeDisputed):
        await refund(charge, 999)


@pytest.mark.parametrize("is_inquiry", [True, False])
async def test_a_won_dispute_or_an_inquiry_is_no_reason_not_to_refund(shop: Shop, is_inquiry: bool) -> None:
    charge = await at_sandbox.a_charge()
    dispute = await at_sandbox.open_dispute(charge, is_inquiry=is_inquiry)
    if not is_inquiry:
        await at_sandbox.close_dispute(dispute, won=True)
    assert (await refund(charge, 999)).amount == 999


async def test_one_that_fails_brings_the_money_back_and_can_be_tried_again(shop: Shop) -> None:
    charge = await at_sandbox.a_charge()
    made = await refund(charge, 999)
    await at_sandbox.fail_refund(made.id)
    failed = await stripe.retrieve_refund(made.id)
    assert (failed.status, failed.failure_reason) == ("failed", "lost_or_stolen_card")
    assert (await at_sandbox.movements())[1:] == [("refund", -999, 0), ("refund_failure", 999, 0)]
    assert (await at_sandbox.told())[-2:] == ["refund.updated", "refund.failed"]
    assert (await refund(charge, 999, "r-2")).status == "succeeded"


async def test_the_refunds_of_one_payment_are_found(shop: Shop) -> None:
    one, other = await at_sandbox.a_charge(), await at_sandbox.a_charge()
    first, second = await refund(one, 100), await refund(one, 200, "r-2")
    foreign = await refund(other, 300, "r-3")
    assert await stripe.refunds_of(str(one.payment_intent)) == [second, first]
    assert await stripe.list_refunds(clock.now().replace(year=2020)) == [foreign, second, first]
