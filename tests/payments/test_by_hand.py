"""An administrator gives money back: how much of what, once, with a reason, and the mechanic's share follows (P4, P5)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from autodoctor.audit.models import AuditEntry
from autodoctor.core import outbox
from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound, Refusal, Unauthenticated, ValidationFailed
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.matching import service as matching
from autodoctor.payments import by_hand, hands, rules
from autodoctor.payments.by_hand import RefundedByHand
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import PaymentPurpose, Refund, RefundStatus
from autodoctor.payments.refusals import NothingLeft
from autodoctor.payouts import by_hand as payout_hand
from autodoctor.payouts.rules import PayoutStatus
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances
from tests.payments.earned import Earned, earned, let_receive, more_paid
from tests.people import Person, a_customer, an_admin
from tests.worlds import paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def give_back(admin: Person, world: Earned, cents: int | None = None, reason: str = "A long wait", **more: Any) -> RefundedByHand:
    async with unit_of_work() as db:
        return await by_hand.refund_session(db, admin.caller, world.session_id, amount_cents=cents, reason=reason, **more)


async def parts() -> list[tuple[int, str]]:
    return sorted((each.amount_cents, each.status) for each in await rows_of(Refund))


async def mails() -> list[OutboxEntry]:
    return [each for each in await rows_of(OutboxEntry, OutboxEntry.kind == "mail") if each.key.startswith("refund_made")]


async def test_a_part_goes_back_with_its_reason_and_the_share_follows() -> None:
    admin, world = await an_admin(), await earned()
    assert (await world.payout()).share_cents == 800
    done = await give_back(admin, world, 500, "  The sound\n was bad ")
    (refund,) = await rows_of(Refund)
    assert (done.cents, done.refund_ids, refund.reason, refund.actor_id) == (500, [refund.id], "The sound was bad", admin.id)
    payout = await world.payout()
    assert (payout.total_cents, payout.fee_cents, payout.share_cents) == (499, 99, 400)
    assert (await balances())["payable"] == -400
    (mail,) = await mails()
    assert mail.payload["to"] == world.customer.caller.email
    assert "5.00 USD" in mail.payload["text"] and "The sound was bad" in mail.payload["text"] and "in full" not in mail.payload["text"]
    (entry,) = await rows_of(AuditEntry, AuditEntry.action == "refund")
    assert (entry.actor_id, entry.details) == (admin.id, {"amount_cents": 500, "reason": "The sound was bad"})


async def test_without_an_amount_all_that_is_left_goes_back() -> None:
    admin, world = await an_admin(), await earned()
    await give_back(admin, world, 200)
    assert (await give_back(admin, world)).cents == 799
    assert (await world.payout()).status is PayoutStatus.void
    with pytest.raises(NothingLeft):
        await give_back(admin, world)


async def test_a_double_click_gives_back_once() -> None:
    admin, world, key = await an_admin(), await earned(), new_id()
    first, second = await asyncio.gather(*(give_back(admin, world, 100, key=key) for _ in range(2)))
    assert {first.is_new, second.is_new} == {True, False}
    assert (first.refund_ids, first.cents) == (second.refund_ids, second.cents)
    assert await parts() == [(100, "requested")]
    assert len(await mails()) == len(await rows_of(AuditEntry, AuditEntry.action == "refund")) == 1


async def test_two_at_once_never_give_back_more_than_was_paid() -> None:
    admin, world = await an_admin(), await earned()

    async def attempt() -> str:
        try:
            await give_back(admin, world, 700)
        except ValidationFailed:
            return "refused"
        return "done"

    assert sorted(await asyncio.gather(attempt(), attempt())) == ["done", "refused"]
    assert await parts() == [(700, "requested")]


async def test_the_plan_goes_back_first_and_the_tip_only_with_everything(fixed_clock: Clock) -> None:
    admin, world = await an_admin(), await earned()
    fixed_clock.advance(minutes=1)
    await more_paid(world, PaymentPurpose.tip, 300)
    await more_paid(world, PaymentPurpose.extension, 399)
    await give_back(admin, world, 1100)
    assert await parts() == [(101, "requested"), (999, "requested")]
    with pytest.raises(ValidationFailed, match=r"Up to 2\.98 USD .* or 5\.98 USD"):
        await give_back(admin, world, 299)
    await give_back(admin, world, 298)
    await give_back(admin, world, 100)  # nothing but the tip is left
    await give_back(admin, world)
    assert await parts() == [(cents, "requested") for cents in (100, 101, 200, 298, 999)]


@pytest.mark.parametrize(
    ("cents", "reason", "field"),
    [(1000, "Too much", "amountCents"), (0, "Nothing", "amountCents"), (-5, "Less", "amountCents"), (5, "  ", "reason")],
)
async def test_what_can_not_go_back_is_refused_in_words(cents: int, reason: str, field: str) -> None:
    admin, world = await an_admin(), await earned()
    with pytest.raises(ValidationFailed) as refused:
        await give_back(admin, world, cents, reason)
    assert [error.field for error in refused.value.errors] == [field]
    assert await parts() == []


async def test_before_it_is_done_it_says_what_would_become_of_it() -> None:
    admin, world = await an_admin(), await earned()
    await more_paid(world, PaymentPurpose.tip, 300)
    async with unit_of_work() as db:
        part = await by_hand.prepare(db, admin.caller, world.session_id, 500)
        whole = await by_hand.prepare(db, admin.caller, world.session_id)
        with pytest.raises(NotFound):
            await by_hand.prepare(db, admin.caller, new_id())
    assert (part.left_cents, part.cents, part.share_cents, part.share_after_cents) == (1299, 500, 1100, 700)
    assert (whole.cents, whole.share_after_cents) == (1299, 0)
    assert await parts() == []


async def test_one_that_stripe_could_not_bring_is_begun_anew() -> None:
    admin, world = await an_admin(), await earned()
    done = await give_back(admin, world, 500)
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await by_hand.retry_refund(db, admin.caller, done.refund_ids[0])
    async with unit_of_work() as db:
        refund = await db.get_one(Refund, done.refund_ids[0])
        refund.status, refund.failure = RefundStatus.failed, "expired_or_canceled_card"
    async with unit_of_work() as db:
        await by_hand.retry_refund(db, admin.caller, done.refund_ids[0])
    (refund,) = await rows_of(Refund)
    assert (refund.status, refund.tries) == (RefundStatus.requested, 2)
    assert len(await rows_of(OutboxEntry, OutboxEntry.kind == "refund")) == 2
    with pytest.raises(NotFound):
        async with unit_of_work() as db:
            await by_hand.retry_refund(db, admin.caller, new_id())


async def test_a_share_that_waits_goes_out_once_nothing_is_in_its_way() -> None:
    admin, world = await an_admin(), await earned()
    payout = await world.payout()
    async with unit_of_work() as db:
        assert (await payout_hand.try_again(db, admin.caller, payout.id)).status is PayoutStatus.waiting
    await let_receive(world.mechanic)
    async with unit_of_work() as db:
        assert (await payout_hand.try_again(db, admin.caller, payout.id)).status is PayoutStatus.sending
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await payout_hand.try_again(db, admin.caller, payout.id)
    assert len(await rows_of(AuditEntry, AuditEntry.action == "retry_payout")) == 2


async def test_what_is_parked_is_tried_again() -> None:
    admin = await an_admin()
    async with unit_of_work() as db:
        db.add(StripeEvent(id="evt_1", type="charge.refunded", status=EventStatus.parked, attempts=14, error="broken"))
        db.add(OutboxEntry(kind="mail", key="m1", status=OutboxStatus.parked, attempts=12, last_error="broken"))
    (entry,) = await rows_of(OutboxEntry)
    async with unit_of_work() as db:
        await hands.process_event_again(db, admin.caller, "evt_1")
        await hands.deliver_again(db, admin.caller, entry.id)
    (event,), (entry,) = await rows_of(StripeEvent), await rows_of(OutboxEntry)
    assert (event.status, entry.status) == (EventStatus.waiting, OutboxStatus.waiting)
    assert entry.attempts == 1, "whoever delivers it must look first whether it went through before"
    async with unit_of_work() as db:
        for again in (hands.process_event_again(db, admin.caller, "evt_1"), hands.deliver_again(db, admin.caller, entry.id)):
            with pytest.raises(NotFound):
                await again
        assert (await outbox.parked(db)).items == []
    assert {each.action for each in await rows_of(AuditEntry)} >= {"process_event", "deliver_again"}


async def test_nobody_else_moves_anything() -> None:
    world, customer = await earned(), await a_customer()
    payout = await world.payout()
    for caller, refusal in ((customer.caller, Forbidden), (world.mechanic.caller, Forbidden), (None, Unauthenticated)):
        async with unit_of_work() as db:
            calls = (
                by_hand.refund_session(db, caller, world.session_id, amount_cents=None, reason="Mine"),
                by_hand.prepare(db, caller, world.session_id),
                by_hand.retry_refund(db, caller, new_id()),
                payout_hand.try_again(db, caller, payout.id),
                hands.process_event_again(db, caller, "evt_1"),
                hands.deliver_again(db, caller, new_id()),
            )
            for call in calls:
                with pytest.raises(Refusal) as refused:
                    await call
                assert type(refused.value) is refusal
    assert await parts() == []


@pytest.mark.parametrize(
    ("cents", "lefts", "expected"), [(500, [999, 399], [500, 0]), (1100, [999, 399], [999, 101]), (5, [0, 10], [0, 5]), (9, [3], [3])]
)
def test_what_goes_back_of_which_payment(cents: int, lefts: list[int], expected: list[int]) -> None:
    assert rules.spread(cents, lefts) == expected


async def test_what_an_administrator_gave_back_before_is_not_told_to_go_back_again() -> None:
    admin, waiting = await an_admin(), await paid_request()
    async with unit_of_work() as db:
        await by_hand.refund_session(db, admin.caller, waiting.session_id, amount_cents=400, reason="A long wait")
    async with unit_of_work() as db:
        done = await matching.cancel(db, waiting.customer.caller, waiting.request_id)
    assert (done.refund_cents, done.is_free) == (599, False)
    assert sorted(each.amount_cents for each in await rows_of(Refund)) == [400, 599]
    assert any("We are refunding 5.99 USD." in each.payload.get("text", "") for each in await rows_of(OutboxEntry))


async def test_after_all_of_it_went_back_a_cancellation_says_that_there_is_nothing_left() -> None:
    admin, waiting = await an_admin(), await paid_request()
    async with unit_of_work() as db:
        await by_hand.refund_session(db, admin.caller, waiting.session_id, amount_cents=None, reason="A long wait")
    async with unit_of_work() as db:
        done = await matching.cancel(db, waiting.customer.caller, waiting.request_id)
    assert (done.refund_cents, done.is_free, len(await rows_of(Refund))) == (0, True, 1)
    assert any("you have it back already" in each.payload.get("text", "") for each in await rows_of(OutboxEntry))
