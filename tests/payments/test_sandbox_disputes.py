"""The sandbox's disputes: opened by a customer's bank, and decided by it."""

from __future__ import annotations

import pytest

from autodoctor.core import clock
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem
from autodoctor.integrations.stripe import service as stripe
from tests.conftest import Clock
from tests.payments import at_sandbox
from tests.payments.conftest import Shop


async def test_an_opened_one_withdraws_what_was_not_refunded_and_a_fee(shop: Shop, fixed_clock: Clock) -> None:
    charge = await at_sandbox.a_charge(999)
    await stripe.create_refund(str(charge.payment_intent), 400, key="r-1", metadata={})
    dispute = await at_sandbox.open_dispute(charge, reason="fraudulent")
    assert (dispute.amount, dispute.charge, dispute.payment_intent) == (599, charge.id, charge.payment_intent)
    assert (dispute.status, dispute.reason, dispute.is_open, dispute.takes_money) == ("needs_response", "fraudulent", True, True)
    assert dispute.due_by is not None and dispute.due_by > clock.now()
    assert (await at_sandbox.movements())[2:] == [("adjustment", -599, 1500)]
    assert (await at_sandbox.told())[-2:] == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert (await stripe.charge_of(str(charge.payment_intent))).is_disputed
    assert await stripe.retrieve_dispute(dispute.id) == dispute
    assert await stripe.list_disputes(clock.now()) == [dispute]


async def test_a_won_one_brings_the_money_back_without_the_fee(shop: Shop) -> None:
    dispute = await at_sandbox.open_dispute(await at_sandbox.a_charge(999))
    won = await at_sandbox.close_dispute(dispute, won=True)
    assert (won.is_won, won.is_lost, won.is_open) == (True, False, False)
    assert (await at_sandbox.movements())[1:] == [("adjustment", -999, 1500), ("adjustment", 999, 0)]
    assert (await at_sandbox.told())[-2:] == ["charge.dispute.closed", "charge.dispute.funds_reinstated"]


async def test_a_lost_one_moves_nothing_more(shop: Shop) -> None:
    dispute = await at_sandbox.open_dispute(await at_sandbox.a_charge(999))
    lost = await at_sandbox.close_dispute(dispute, won=False)
    assert (lost.is_won, lost.is_lost, lost.is_open) == (False, True, False)
    assert len(await at_sandbox.movements()) == 2
    assert (await at_sandbox.told())[-1] == "charge.dispute.closed"
    with pytest.raises(StripeProblem):
        await at_sandbox.close_dispute(dispute, won=True)


async def test_an_inquiry_moves_nothing(shop: Shop) -> None:
    inquiry = await at_sandbox.open_dispute(await at_sandbox.a_charge(), is_inquiry=True)
    assert (inquiry.is_open, inquiry.takes_money) == (True, False)
    closed = await at_sandbox.close_dispute(inquiry, won=False)
    assert (closed.status, closed.is_open, closed.is_lost) == ("warning_closed", False, False)
    assert len(await at_sandbox.movements()) == 1
    assert (await at_sandbox.told())[-2:] == ["charge.dispute.created", "charge.dispute.closed"]


async def test_a_charge_is_disputed_once_at_a_time(shop: Shop) -> None:
    charge = await at_sandbox.a_charge()
    await at_sandbox.open_dispute(charge)
    with pytest.raises(StripeProblem):
        await at_sandbox.open_dispute(charge)
