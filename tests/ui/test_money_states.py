"""The administrators' pages of money: what each tab shows, what its buttons do, and that nobody else gets anything (R4, section 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.payments import admin_queries
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Dispute, PaymentPurpose, Refund, RefundStatus
from autodoctor.payments.reconciliation_models import MoneyDifference, Reconciliation
from autodoctor.ui.admin import money_state
from autodoctor.ui.admin.figures_view import Overview
from autodoctor.ui.admin.money_reading import read_money
from autodoctor.ui.admin.money_state import MoneyState
from autodoctor.ui.admin.session_state import AdminSessionState
from autodoctor.ui.admin.sheets import Books, Sheet
from autodoctor.ui.amounts import cents_of
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.earned import Earned, earned, let_receive, more_paid
from tests.people import a_customer, an_admin
from tests.ui.screens import leads_to, open_page, shown, stored

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def add(*rows: Any) -> None:
    async with unit_of_work() as db:
        db.add_all(rows)


async def session_page(world: Earned, *people: Any) -> AdminSessionState:
    page = await open_page(AdminSessionState, f"/admin/sessions/{world.session_id}", *people)
    await page.load()
    return page


async def view(page: MoneyState) -> dict[str, Any]:
    """What is pushed to a page that shows what this one wants."""
    ((state, values),) = (await read_money(page.wanted)).delta.items()
    assert (state, values["shown_rx_state_"], values["has_failed_rx_state_"]) == (MoneyState.get_full_name(), page.wanted, False)
    return {name.removesuffix("_rx_state_"): value for name, value in values.items()}


async def opened(query: str, *people: Any) -> MoneyState:
    page = await open_page(MoneyState, f"/admin/money?{query}", *people)
    await page.load()
    return page


async def sheet(page: MoneyState) -> Sheet:
    return (await view(page))["sheet"]


async def test_the_address_names_the_tab_and_the_span() -> None:
    admin = await an_admin()
    await earned()
    page = await opened("tab=overview&span=30-days", admin)
    shown: Overview = (await view(page))["overview"]
    assert (page.tab, page.span, shown.title) == ("overview", "30-days", "1 Feb 2026 to 2 Mar 2026")
    assert {tile.name: tile.value for tile in shown.flows}["Paid by customers"] == "$9.99"
    assert {tile.name: tile.value for tile in shown.standing}["Owed to mechanics"] == "$8.00"
    assert [column.heights for column in shown.chart.columns][-2:] == [["0.0%", "0.0%"], ["100.0%", "0.0%"]]
    assert shown.chart.columns[-1].words == "2 Mar: paid $9.99, refunded $0.00"
    other = await opened("tab=nonsense&span=x&before=|", admin)
    assert (other.tab, other.span, other.wanted) == ("overview", "month", "overview|month|")


async def test_payments_go_on_at_an_address_of_their_own(fixed_clock: Clock) -> None:
    admin, world = await an_admin(), await earned()
    fixed_clock.advance(seconds=60)
    for _ in range(20):
        await more_paid(world, PaymentPurpose.extension, 399)
    first = await sheet(await opened("tab=payments", admin))
    assert ([line.amount for line in first.lines], first.newest) == (["$3.99"] * 20, "")
    rest = await sheet(await opened(urlsplit(first.older).query, admin))
    assert [(line.title, line.words, line.amount, line.session_id) for line in rest.lines] == [
        ("Robin Sample", "Plan", "$9.99", str(world.session_id))
    ]
    assert (rest.older, rest.newest) == ("", "/admin/money?tab=payments")
    assert (await sheet(await opened("tab=payments&before=nonsense", admin))).lines == first.lines


async def test_what_cannot_be_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    page = await opened("tab=payments", await an_admin())

    async def broken(*_arguments: object, **_more: object) -> None:
        raise ConnectionError("the database is down")

    with monkeypatch.context() as broken_database:
        broken_database.setattr(admin_queries, "payments", broken)
        (values,) = (await read_money(page.wanted)).delta.values()
        assert values == {"shown_rx_state_": page.wanted, "has_failed_rx_state_": True}
        broken_database.setattr(money_state, "figures", broken)
        await page.load()
        assert (page.is_broken, page.wanted) == (True, "")
    await page.load()
    assert (page.is_broken, page.wanted) == (False, "payments||")
    assert (await sheet(page)).lines == []


async def test_a_share_that_waits_is_tried_again() -> None:
    world = await earned()
    page = await opened("tab=payouts", await an_admin())
    (line,) = (await sheet(page)).top
    assert (line.amount, line.can, line.note) == ("$8.00", True, "The mechanic's account can't receive money yet")
    await page.try_payout(line.id)
    assert page.note == "It still has to wait."
    await let_receive(world.mechanic)
    await page.try_payout(line.id)
    (after,) = (await sheet(page)).top
    assert (page.note, after.status, after.can) == ("It is on its way.", "On its way", False)
    for nonsense in ("", "x", str(new_id()), line.id):
        await page.try_payout(nonsense)
        assert page.problem


async def test_failed_refunds_stand_on_top_and_are_begun_anew() -> None:
    world = await earned()
    about = {"payment_id": (await world.payment()).id, "amount_cents": 5, "reason": "r"}
    failed = Refund(key="k", status=RefundStatus.failed, failure="lost_card", **about)
    await add(failed)
    page = await opened("tab=refunds", await an_admin())
    assert [(line.id, line.note, line.can) for line in (await sheet(page)).top] == [(str(failed.id), "Stripe says: lost card", True)]
    await page.try_refund(str(failed.id))
    shown = await sheet(page)
    assert (shown.top, [line.status for line in shown.lines]) == ([], ["On its way"])


async def test_open_disputes_say_how_long_evidence_counts(fixed_clock: Clock) -> None:
    world = await earned()
    about = {"payment_id": (await world.payment()).id, "amount_cents": 999, "reason": "fraudulent"}
    await add(Dispute(stripe_dispute_id="dp_1", due_by=fixed_clock() + timedelta(days=7, hours=1), **about))
    shown = await sheet(await opened("tab=disputes", await an_admin()))
    assert [(line.words, line.note, line.link) for line in shown.top] == [("Fraudulent", "Evidence counts for 7 more days", "")]
    assert (shown.lines, shown.news) == ([], "1 payment: disputed.")


async def test_what_is_stuck_is_tried_again() -> None:
    await add(
        StripeEvent(id="evt_1", type="charge.refunded", status=EventStatus.parked, attempts=14, error="broken"),
        OutboxEntry(kind="mail", key="m1", status=OutboxStatus.parked, attempts=12, last_error="broken"),
    )
    page = await opened("tab=events", await an_admin())
    before = await sheet(page)
    assert [(line.status, line.note) for line in before.lines] == [("Stuck", "After 14 tries: broken")]
    await page.process("evt_1")
    await page.deliver(before.top[0].id)
    after = await sheet(page)
    assert ([line.status for line in after.lines], after.top, page.problem) == (["Tried again by itself"], [], "")


async def test_differences_and_comparisons_are_told_in_words(fixed_clock: Clock) -> None:
    now = fixed_clock()
    await add(
        Reconciliation(since=now, finished_at=now, checked={"charges": 3}, mended=1, differences=1),
        MoneyDifference(kind="charge", reference="pi_1", ours_cents=None, theirs_cents=5, note="Unknown here", seen_at=now),
    )
    books: Books = (await view(await opened("tab=reconciliation", await an_admin())))["books"]
    assert [(each.kind, each.ours, each.theirs) for each in books.differences] == [("Charge", "unknown", "$0.05")]
    assert [each.words for each in books.runs] == ["3 things compared, 1 written down late, 1 difference"]
    assert books.news == "1 difference: open."


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


async def test_an_open_session_page_follows_what_becomes_of_the_money() -> None:
    admin, world = await an_admin(), await earned()
    page = await session_page(world, admin)
    assert [(tile.name, tile.value) for tile in page.books] == [
        ("Paid", "$9.99"),
        ("Platform fee", "$1.99"),
        ("Earned by the mechanic", "$8.00"),
    ]
    await page.set_reason("Half wri")
    about = {"payment_id": (await world.payment()).id, "amount_cents": 999, "reason": "fraudulent"}
    await add(Dispute(stripe_dispute_id="dp_1", **about))
    await page.hear("changed", {})
    assert (page.is_disputed, page.reason) == (True, "Half wri")


async def test_nobody_else_sees_or_does_anything() -> None:
    world, customer = await earned(), await a_customer()
    nothing, before = shown(await open_page(MoneyState, "/admin/money")), await stored()
    payout_id = str((await world.payout()).id)
    acts: list[Callable[[MoneyState], Any]] = [
        lambda page: page.load(),
        lambda page: page.hear("changed", {}),
        lambda page: page.beat(),
        lambda page: page.ask_stripe(),
        lambda page: page.try_payout(payout_id),
        lambda page: page.try_refund("x"),
        lambda page: page.process("evt_1"),
        lambda page: page.deliver("x"),
    ]
    for who in ([], [customer], [world.mechanic], [world.customer]):
        for act in acts:
            page = await open_page(MoneyState, "/admin/money", *who)
            assert leads_to(await act(page)) == "/admin/login?next=%2Fadmin%2Fmoney"
            assert shown(page) == nothing
        session = await session_page(world, *who)
        answers = [await session.load(), await session.beat(), await session.hear("changed", {})]
        answers += [await session.set_amount("1"), await session.set_reason("Mine"), await session.give_back()]
        assert all(leads_to(answer).startswith("/admin/login?next=") for answer in answers)
        assert (session.phase, session.facts.customer_email) == ("loading", "")
    assert await stored() == before
    assert await rows_of(Refund) == []


@pytest.mark.parametrize(
    ("text", "cents"),
    [("12", 1200), ("12.5", 1250), ("$1,012.50", 101250), (" 0.05 ", 5), ("", None), ("1,2", None), ("-3", None), ("1.234", None)],
)
def test_an_amount_as_people_type_it(text: str, cents: int | None) -> None:
    assert cents_of(text) == cents
