"""The administrators' pages of money: what each tab shows, what its buttons do, and that nobody else gets anything (R4, section 7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Dispute, Refund, RefundStatus
from autodoctor.ui.admin import money_view
from autodoctor.ui.admin.money_state import MoneyState
from autodoctor.ui.admin.money_tabs import DisputesState, PayoutsState, ReconciliationState, RefundsState, StuckState
from autodoctor.ui.admin.session_state import AdminSessionState
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.earned import Earned, earned, let_receive
from tests.people import a_customer, an_admin
from tests.ui.screens import leads_to, open_page, stored

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def add(*rows: Any) -> None:
    async with unit_of_work() as db:
        db.add_all(rows)


async def session_page(world: Earned, *people: Any) -> AdminSessionState:
    page = await open_page(AdminSessionState, f"/admin/sessions/{world.session_id}", *people)
    await page.load()
    return page


async def test_the_address_names_the_tab_and_the_span() -> None:
    admin = await an_admin()
    await earned()
    page = await open_page(MoneyState, "/admin/money?tab=overview&span=30-days", admin)
    await page.load()
    await page.show_overview()
    assert (page.tab, page.span, page.overview.title) == ("overview", "30-days", "1 Feb 2026 to 2 Mar 2026")
    assert {tile.name: tile.value for tile in page.overview.flows}["Paid by customers"] == "$9.99"
    assert {tile.name: tile.value for tile in page.overview.standing}["Owed to mechanics"] == "$8.00"
    assert [bar.paid_height for bar in page.overview.bars][-2:] == ["0.0%", "100.0%"]
    other = await open_page(MoneyState, "/admin/money?tab=nonsense&span=x", admin)
    await other.load()
    assert (other.tab, other.span) == ("overview", "month")


async def test_a_share_that_waits_is_tried_again() -> None:
    admin, world = await an_admin(), await earned()
    page = await open_page(PayoutsState, "/admin/money?tab=payouts", admin)
    await page.load()
    (line,) = page.waiting
    assert (line.amount, line.can, line.note) == ("$8.00", True, "The mechanic's account can't receive money yet")
    await page.try_again(line.id)
    assert page.note == "It still has to wait."
    await let_receive(world.mechanic)
    await page.try_again(line.id)
    assert (page.note, page.waiting[0].status, page.waiting[0].can) == ("It is on its way.", "On its way", False)
    for nonsense in ("", "x", str(new_id()), line.id):
        await page.try_again(nonsense)
        assert page.problem


async def test_failed_refunds_stand_on_top_and_are_begun_anew() -> None:
    admin, world = await an_admin(), await earned()
    about = {"payment_id": (await world.payment()).id, "amount_cents": 5, "reason": "r"}
    failed = Refund(key="k", status=RefundStatus.failed, failure="lost_card", **about)
    await add(failed)
    page = await open_page(RefundsState, "/admin/money?tab=refunds", admin)
    await page.load()
    assert [(line.id, line.note, line.can) for line in page.failed] == [(str(failed.id), "Stripe says: lost card", True)]
    await page.try_again(str(failed.id))
    assert (page.failed, [line.status for line in page.every]) == ([], ["On its way"])


async def test_open_disputes_say_how_long_evidence_counts(fixed_clock: Clock) -> None:
    admin, world = await an_admin(), await earned()
    about = {"payment_id": (await world.payment()).id, "amount_cents": 999, "reason": "fraudulent"}
    await add(Dispute(stripe_dispute_id="dp_1", due_by=fixed_clock() + timedelta(days=7, hours=1), **about))
    page = await open_page(DisputesState, "/admin/money?tab=disputes", admin)
    await page.load()
    assert [(line.words, line.note, line.link) for line in page.open] == [("Fraudulent", "Evidence counts for 7 more days", "")]
    assert page.decided == []


async def test_what_is_stuck_is_tried_again() -> None:
    await add(
        StripeEvent(id="evt_1", type="charge.refunded", status=EventStatus.parked, attempts=14, error="broken"),
        OutboxEntry(kind="mail", key="m1", status=OutboxStatus.parked, attempts=12, last_error="broken"),
    )
    page = await open_page(StuckState, "/admin/money?tab=events", await an_admin())
    await page.load()
    assert [(line.status, line.note) for line in page.events] == [("Stuck", "After 14 tries: broken")]
    await page.process("evt_1")
    await page.deliver(page.parked[0].id)
    assert ([line.status for line in page.events], page.parked, page.problem) == (["Tried again by itself"], [], "")


async def test_a_refund_says_what_it_would_do_and_does_it_once() -> None:
    admin, world = await an_admin(), await earned()
    page = await session_page(world, admin)
    assert (page.phase, page.facts.customer_email) == ("found", world.customer.caller.email)
    assert page.preview.words == "$9.99 of $9.99 goes back. The mechanic's share becomes $0.00 instead of $8.00."
    await page.set_amount("5")
    assert page.preview.words == "$5.00 of $9.99 goes back. The mechanic's share becomes $4.00 instead of $8.00."
    await page.give_back()
    assert page.problem == "Please say why: the customer reads it in the mail."
    await page.set_reason("The sound was bad")
    await page.give_back()
    assert page.note == "$5.00 is on its way back. The customer has been mailed."
    assert [(line.amount, line.status) for line in page.refunds] == [("$5.00", "On its way")]
    assert [line.amount for line in page.payouts] == ["$4.00"]
    await page.set_amount("a lot")
    assert page.preview.problem == "Please write the amount like 12.50."


async def test_nobody_else_sees_or_does_anything() -> None:
    world, customer = await earned(), await a_customer()
    before = await stored()
    for who in ([], [customer], [world.mechanic], [world.customer]):
        money = await open_page(MoneyState, "/admin/money", *who)
        payouts = await open_page(PayoutsState, "/admin/money", *who)
        refunds = await open_page(RefundsState, "/admin/money", *who)
        disputes = await open_page(DisputesState, "/admin/money", *who)
        books = await open_page(ReconciliationState, "/admin/money", *who)
        stuck = await open_page(StuckState, "/admin/money", *who)
        session = await session_page(world, *who)
        answers = [await money.load(), await money.show_overview(), await money.ask_stripe()]
        answers += [await each.load() for each in (payouts, refunds, disputes, books, stuck)]
        answers += [await each.show_more() for each in (payouts, refunds, disputes, stuck)]
        answers += [await payouts.show_more_waiting(), await payouts.try_again(str((await world.payout()).id))]
        answers += [await refunds.try_again("x"), await stuck.process("evt_1"), await stuck.deliver("x")]
        assert {leads_to(answer) for answer in answers} == {"/admin/login?next=%2Fadmin%2Fmoney"}
        for answer in (await session.load(), await session.set_amount("1"), await session.set_reason("Mine"), await session.give_back()):
            assert leads_to(answer).startswith("/admin/login?next=")
        assert (session.phase, session.facts.customer_email, payouts.waiting) == ("loading", "", [])
    assert await stored() == before
    assert await rows_of(Refund) == []


@pytest.mark.parametrize(
    ("text", "cents"),
    [("12", 1200), ("12.5", 1250), ("$1,012.50", 101250), (" 0.05 ", 5), ("", None), ("1,2", None), ("-3", None), ("1.234", None)],
)
def test_an_amount_as_people_type_it(text: str, cents: int | None) -> None:
    assert money_view.cents_of(text) == cents
