"""The administrators' overview: what needs a hand, the figures by day, and that nobody else sees them (R4, section 7)."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, MechanicStatus
from autodoctor.core.db import unit_of_work
from autodoctor.core.deadlines import Deadline
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.matching import service as matching
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Dispute, Refund, RefundStatus
from autodoctor.payments.reconciliation_models import MoneyDifference
from autodoctor.payouts.models import Payout
from autodoctor.ui.admin import overview_reading, overview_state
from autodoctor.ui.admin.overview_reading import read_overview
from autodoctor.ui.admin.overview_state import OverviewState
from autodoctor.ui.admin.overview_view import Days, wait_words
from tests.conftest import Clock
from tests.payments.earned import earned
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui import screens
from tests.worlds import Consultation, accept, accepted, paid_request

PAGE = "/admin/overview"


async def opened(query: str = "", *people: Person) -> OverviewState:
    page = await screens.open_page(OverviewState, f"{PAGE}?{query}" if query else PAGE, *people)
    await page.load()
    return page


async def view(page: OverviewState) -> dict[str, Any]:
    """What is pushed to a page that shows what this one wants."""
    ((state, values),) = (await read_overview(page.wanted)).delta.items()
    assert (state, values["shown_rx_state_"], values["has_failed_rx_state_"]) == (OverviewState.get_full_name(), page.wanted, False)
    return {name.removesuffix("_rx_state_"): value for name, value in values.items()}


async def write(*rows: Any) -> None:
    async with unit_of_work() as db:
        db.add_all(rows)


async def call_off(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await matching.cancel(db, consultation.customer.caller, consultation.request_id)


async def leave_unattended(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await matching.mark_unattended(db, consultation.request_id)


async def a_day(clock: Clock) -> None:
    """Two were matched, at once and after 100 seconds, and one that was then called off, at once; one was called off before that, one has
    expired, and one waits."""
    await earned()
    later = await paid_request()
    clock.advance(seconds=100)
    await accept(await a_mechanic(), later)
    matched, _mechanic = await accepted()
    await call_off(matched)
    await call_off(await paid_request())
    lost = await paid_request()
    async with unit_of_work() as db:
        await matching.expire(db, lost.request_id)
    await paid_request()


@pytest.mark.usefixtures("database")
async def test_the_figures_and_charts_of_a_day(fixed_clock: Clock) -> None:
    await a_day(fixed_clock)
    shown = await view(await opened("", await an_admin()))
    days: Days = shown["days"]
    assert (days.title, days.is_new) == ("1 Feb 2026 to 2 Mar 2026", False)
    assert [(tile.name, tile.value) for tile in days.requests.tiles] == [
        ("Requests", "6"),
        ("Matched", "3"),
        ("Expired", "1"),
        ("Cancelled", "2"),
    ]
    assert [tile.means for tile in days.requests.tiles][1::2] == ["50% of them", "1 of them after a mechanic had accepted"]
    today = days.requests.chart.columns[-1]
    assert today.words == "2 Mar: matched 3, expired 1, cancelled 1, waiting 1"
    assert (today.heights, days.requests.chart.highest) == (["50.0%", "16.7%", "16.7%", "16.7%"], "6")
    assert [tile.value for tile in days.matching.tiles] == ["0 s", "0 s"]
    assert [tile.value for tile in days.revenue.tiles] == ["$59.94", "$0.00", "$59.94"]
    assert len(days.revenue.chart.columns) == 30
    assert {figure.name: figure.value for figure in shown["figures"]}["Sessions today"] == 6


@pytest.mark.usefixtures("database")
async def test_the_median_is_that_of_all_requests_and_not_of_the_days(fixed_clock: Clock) -> None:
    for waits in ((10, 20, 30), (200,)):
        for seconds in waits:
            consultation = await paid_request()
            fixed_clock.advance(seconds=seconds)
            await accept(await a_mechanic(), consultation)
        fixed_clock.advance(days=1)
    days: Days = (await view(await opened("span=7-days", await an_admin())))["days"]
    assert [(tile.value, tile.means) for tile in days.matching.tiles] == [
        ("25 s", "From payment to accept, of 4 matched"),
        ("3 min 20 s", "3 Mar 2026"),
    ]
    assert [column.amounts for column in days.matching.chart.columns][-3:] == [["20 s"], ["3 min 20 s"], ["–"]]


@pytest.mark.usefixtures("database", "fixed_clock")
async def test_the_address_names_the_span() -> None:
    admin = await an_admin()
    for query, span, number in (
        ("", "30-days", 30),
        ("span=7-days", "7-days", 7),
        ("span=90-days", "90-days", 90),
        ("span=x", "30-days", 30),
    ):
        page = await opened(query, admin)
        assert page.wanted == span
        assert len((await view(page))["days"].requests.chart.columns) == number


@pytest.mark.usefixtures("database")
async def test_what_needs_a_hand_stands_in_front_with_its_list(fixed_clock: Clock) -> None:
    page, now = await opened("", await an_admin()), fixed_clock()
    before = await view(page)
    assert (before["needs"], before["news"], before["days"].is_new) == ([], "Nothing needs you now.", True)
    first, second, world = await paid_request(), await paid_request(), await earned()
    for consultation in (first, second):
        await leave_unattended(consultation)
    payment = await world.payment()
    await write(
        Deadline(kind="unattended", entity_id=new_id(), due_at=now - timedelta(seconds=40)),
        StripeEvent(id="evt_1", type="charge.refunded", status=EventStatus.parked, attempts=14, error="broken"),
        StripeEvent(id="evt_2", type="charge.refunded", status=EventStatus.waiting, attempts=1, error="broken", due_at=now),
        OutboxEntry(kind="mail", key="m1", status=OutboxStatus.parked),
        OutboxEntry(kind="mail", key="m2", status=OutboxStatus.parked),
        OutboxEntry(kind="refund", key="r1", status=OutboxStatus.parked),
        Refund(key="k", status=RefundStatus.failed, failure="lost_card", payment_id=payment.id, amount_cents=5, reason="r"),
        Dispute(stripe_dispute_id="dp_1", due_by=now + timedelta(days=7, hours=1), payment_id=payment.id, amount_cents=999, reason="x"),
        MoneyDifference(kind="charge", reference="pi_1", note="Unknown here", seen_at=now),
    )
    async with unit_of_work() as db:
        await db.execute(sa.update(Payout).where(col(Payout.session_id) == world.session_id).values(problem="Stripe refuses it"))
        await db.execute(sa.update(Mechanic).values(status=MechanicStatus.pending_review))
    found = await view(page)
    assert [(need.number, need.title, need.words, need.href, need.tone) for need in found["needs"]] == [
        ("2", "requests that nobody took", "The oldest was paid", "/admin/unattended", "now"),
        ("1", "deadline that hasn't fired", "The jobs are busy, or none run. The oldest was due", "/admin/cleanup", "now"),
        ("2", "Stripe events that failed", "Given up: 1. Tried again by itself: 1.", "/admin/money?tab=events", "now"),
        ("3", "deliveries that failed", "Mail: 2, Refund: 1.", "/admin/money?tab=events", "now"),
        ("1", "refund that failed", "The money is still the customer's and is with us.", "/admin/money?tab=refunds", "now"),
        ("1", "payout that can't go out", "", "/admin/money?tab=payouts", "now"),
        ("1", "disputed payment", "Evidence counts for 7 more days.", "/admin/money?tab=disputes", "now"),
        ("1", "difference from Stripe's books", "No comparison could mend it.", "/admin/money?tab=reconciliation", "now"),
        ("1", "mechanic to review", "Nothing is offered to them until you have answered.", "/admin/mechanics", "soon"),
    ]
    assert [need.since for need in found["needs"]][:3] == ["2026-03-02T09:00:00+00:00", "2026-03-02T08:59:20+00:00", ""]
    assert found["news"].startswith("Needs you now: 2 requests that nobody took, 1 deadline that hasn't fired, ")


@pytest.mark.usefixtures("database", "fixed_clock")
async def test_what_cannot_be_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    page = await opened("", await an_admin())

    async def broken(*_arguments: object, **_more: object) -> None:
        raise ConnectionError("the database is down")

    with monkeypatch.context() as broken_database:
        broken_database.setattr(overview_reading, "metrics_of", broken)
        (values,) = (await read_overview(page.wanted)).delta.values()
        assert values == {"shown_rx_state_": page.wanted, "has_failed_rx_state_": True}
        broken_database.setattr(overview_state, "admin_of", broken)
        await page.load()
        assert (page.is_broken, page.wanted) == (True, "")
    await page.load()
    assert (page.is_broken, page.wanted) == (False, "30-days")


@pytest.mark.usefixtures("database", "fixed_clock")
async def test_nobody_else_sees_anything() -> None:
    await paid_request()
    nothing, before = screens.shown(await screens.open_page(OverviewState, PAGE)), await screens.stored()
    for who in ([], [await a_customer()], [await a_mechanic()]):
        page = await screens.open_page(OverviewState, PAGE, *who)
        answers: list[Awaitable[Any]] = [page.load(), page.hear("changed", {}), page.beat()]
        for answer in answers:
            assert screens.leads_to(await answer) == "/admin/login?next=%2Fadmin%2Foverview"
        assert screens.shown(page) == nothing
    assert {name: rows for name, rows in before.items() if name == "session_requests"} == {
        name: rows for name, rows in (await screens.stored()).items() if name == "session_requests"
    }


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59.6, "1 min 0 s"), (102, "1 min 42 s"), (3599.4, "59 min 59 s"), (3900, "1 h 5 min")]
)
def test_how_long_somebody_waited(seconds: float, words: str) -> None:
    assert wait_words(seconds) == words
