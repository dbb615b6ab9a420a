"""What Stripe refuses for now or for good: asked for anew under another key, or held until something changes (P4–P6)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from autodoctor.accounts import payout_accounts
from autodoctor.core.db import unit_of_work
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.forms import NewReversal
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.integrations.stripe import service as stripe
from autodoctor.matching import service as matching
from autodoctor.payments.models import Refund, RefundStatus
from autodoctor.payouts import onboarding
from autodoctor.payouts.rules import PayoutStatus
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.money import trade
from tests.money.line import Line
from tests.payouts.earning import given_back
from tests.people import Person, a_mechanic

pytestmark = pytest.mark.usefixtures("database")
TOO_LOW = "balance_insufficient"


async def standing(house: httpx.AsyncClient, mechanic: Person) -> str:
    return (await house.get("/api/mechanics/payouts/account", headers=mechanic.headers)).json()["standing"]


async def disconnect(mechanic: Person) -> None:
    """By its owner, at Stripe."""
    async with transaction() as state:
        (account,) = [each for each in await state.all(sandbox.ACCOUNT) if each["metadata"]["mechanic"] == str(mechanic.id)]
        await sandbox.disconnect(state, account)


async def test_a_refund_that_our_balance_could_not_bear_goes_back_once_it_can(fixed_clock: Clock, line: Line) -> None:
    consultation = await trade.bought()
    line.refuse("/refunds", TOO_LOW)
    async with unit_of_work() as db:
        await matching.cancel(db, consultation.customer.caller, consultation.request_id)
    await trade.work()
    (refund,) = await rows_of(Refund)
    assert (refund.status, refund.stripe_refund_id) == (RefundStatus.requested, None)
    line.refuse_nothing()
    await trade.settle_down(fixed_clock)
    (refund,) = await rows_of(Refund)
    assert (refund.status, [each["amount"] for each in await trade.at_sandbox("refund")]) == (RefundStatus.succeeded, [999])
    await trade.nothing_is_open_or_doubled()


async def test_a_share_that_the_account_can_not_give_back_comes_once_it_can(fixed_clock: Clock, line: Line) -> None:
    consultation = await trade.paid_out(await trade.a_receiver())
    line.refuse("/reversals", TOO_LOW)
    await given_back(consultation.session_id, 300)
    await trade.work()
    payout = await trade.payout_of(consultation)
    assert payout.problem == "The mechanic's account at Stripe has too little money to take this back"
    line.refuse_nothing()
    await trade.settle_down(fixed_clock)
    payout = await trade.payout_of(consultation)
    assert (payout.status, payout.reversed_cents, payout.problem) == (PayoutStatus.sent, 240, None)
    await trade.nothing_is_open_or_doubled()


async def test_what_others_took_back_meanwhile_does_not_stand_for_our_own(fixed_clock: Clock, line: Line) -> None:
    """A part was reversed at Stripe's dashboard while our own reversal had no answer: both are booked, each once."""
    consultation = await trade.paid_out(await trade.a_receiver())
    await line.cut()
    await given_back(consultation.session_id, 300)
    await trade.work()
    async with transaction() as state:
        (transfer,) = await state.all(sandbox.TRANSFER)
        await sandbox.reverse_transfer(state, NewReversal(amount=240), transfer["id"])
    await line.mend()
    await trade.settle_down(fixed_clock)
    (transfer,) = await trade.at_sandbox("transfer")
    payout = await trade.payout_of(consultation)
    assert (transfer["amount_reversed"], payout.reversed_cents) == (480, 480)
    await trade.nothing_is_open_or_doubled()


async def test_an_account_that_its_owner_has_disconnected_holds_their_shares(
    fixed_clock: Clock, line: Line, house: httpx.AsyncClient
) -> None:
    mechanic = await trade.a_receiver()
    assert await standing(house, mechanic) == "ready"
    await disconnect(mechanic)
    await trade.work()
    assert await standing(house, mechanic) == "none"
    consultation = await trade.paid_out(mechanic)
    assert (await trade.payout_of(consultation)).status is PayoutStatus.waiting
    await onboarding.begin(mechanic.caller)  # within the day in which Stripe answers the first account's key with that account
    assert await standing(house, mechanic) == "begun"
    async with transaction() as state:
        (account,) = await state.all(sandbox.ACCOUNT)
        await sandbox.fill_in(state, account)
    await trade.work()
    assert (await standing(house, mechanic), (await trade.payout_of(consultation)).status) == ("ready", PayoutStatus.sent)
    await trade.nothing_is_open_or_doubled()


async def test_a_transfer_under_way_to_a_lost_account_waits_for_the_next_one(
    fixed_clock: Clock, line: Line, house: httpx.AsyncClient
) -> None:
    """Nobody has told us of the loss when the share is sent."""
    mechanic = await trade.a_receiver()
    consultation = await trade.live(mechanic)
    async with transaction() as state:
        (account,) = await state.all(sandbox.ACCOUNT)
        await state.remove(account["id"])
    await trade.end(consultation)
    await trade.work()
    payout = await trade.payout_of(consultation)
    assert (payout.status, payout.problem) == (PayoutStatus.waiting, "The mechanic has no account any more that is connected with ours")
    await onboarding.begin(mechanic.caller)
    assert await standing(house, mechanic) == "begun"
    async with transaction() as state:
        (account,) = await state.all(sandbox.ACCOUNT)
        await sandbox.fill_in(state, account)
    await trade.settle_down(fixed_clock)
    assert (await trade.payout_of(consultation)).status is PayoutStatus.sent


async def test_who_died_before_writing_their_account_down_gets_it_also_days_later(
    fixed_clock: Clock, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    mechanic = await a_mechanic()

    async def die(*_: object, **__: object) -> bool:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(payout_accounts, "note", die)
        await onboarding.begin(mechanic.caller)
    fixed_clock.advance(hours=60)
    async with transaction() as state:
        await state._db.execute("DELETE FROM answers")  # as Stripe forgets a key after a day
    await onboarding.begin(mechanic.caller)
    (account,) = await stripe.list_accounts(fixed_clock.time - timedelta(days=9))
    assert await trade.account_of(mechanic) == (account.id, False)
