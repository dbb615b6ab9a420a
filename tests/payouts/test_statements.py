"""A mechanic's weeks: from the ledger, to the cent, mailed once."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.integrations.stripe import service as stripe
from autodoctor.payments.ledger import Movement
from autodoctor.payouts import sending
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.payouts.service import REVERSAL
from autodoctor.payouts.statements import Statement, owed, statement, weeks
from autodoctor.payouts.weekly import mail_statements
from autodoctor.payouts.weeks import Week
from tests.api.conftest import api  # noqa: F401 - the fixture
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.at_sandbox import a_charge, a_transfer, an_account
from tests.payments.conftest import Shop, closed_shop, shop  # noqa: F401 - fixtures
from tests.payouts.earning import a_share, given_back, in_zone, ready_account, sent, tipped
from tests.people import Person, a_customer, a_mechanic
from tests.reports.reading_pdf import text_of

pytestmark = pytest.mark.usefixtures("database")
WEEK = Week(2026, 10)
"""The one that the fixed clock begins in, on its Monday at 09:00 UTC."""


async def of(mechanic: Person, week: Week) -> Statement:
    async with reading() as db:
        return await statement(db, mechanic.id, week)


async def mails_of(mechanic: Person) -> list[OutboxEntry]:
    async with reading() as db:
        return list(await db.scalars(sa.select(OutboxEntry).where(col(OutboxEntry.key).startswith(f"statement:{mechanic.id}"))))


async def two_weeks(clock: Clock) -> Person:
    """In the first week two sessions, one of them sent; in the second a part of that one's price goes back."""
    mechanic = await a_mechanic()
    await a_share(mechanic, 2999)
    await ready_account(mechanic)
    clock.advance(minutes=1)
    session_id = await a_share(mechanic)
    clock.advance(minutes=1)
    await sent(session_id)
    clock.advance(days=7)
    await given_back(session_id, 500, "=Too short")
    return mechanic


async def test_opening_and_lines_make_the_closing_balance(fixed_clock: Clock) -> None:
    mechanic = await two_weeks(fixed_clock)
    first, second = await of(mechanic, WEEK), await of(mechanic, WEEK.plus(1))
    assert [(line.movement, line.paid_cents, line.fee_cents, line.cents) for line in first.lines] == [
        (Movement.earn, 2999, 599, 2400),
        (Movement.earn, 999, 199, 800),
        (Movement.transfer, None, None, -800),
    ]
    assert (first.opening_cents, first.earned_cents, first.sent_cents, first.closing_cents) == (0, 3200, 800, 2400)
    (changed,) = second.lines
    assert (changed.movement, changed.paid_cents, changed.fee_cents, changed.cents) == (Movement.adjust, -500, -100, -400)
    assert changed.why == "Refund: =Too short"
    async with reading() as db:
        assert (second.opening_cents, second.closing_cents) == (2400, 2000) == (2400, await owed(db, mechanic.id))


async def test_each_line_says_what_made_it_smaller_and_a_tip_is_another_matter(fixed_clock: Clock) -> None:
    mechanic, customer = await a_mechanic(), await a_customer()
    session_id = await a_share(mechanic, customer=customer)
    await tipped(customer, session_id)
    for reason, of_tip in (("Too short", False), ("Typed a nought too many", True), ("Called twice", False)):
        fixed_clock.advance(minutes=1)
        await given_back(session_id, 100, reason, of_tip=of_tip)
    lines = (await of(mechanic, WEEK)).lines
    assert [(line.is_tip, line.cents, line.why) for line in lines if line.movement is Movement.adjust] == [
        (False, -80, "Refund: Too short"),
        (True, -100, "Refund: Typed a nought too many"),
        (False, -80, "Refund: Called twice"),
    ]


async def test_what_is_taken_back_late_says_what_for(fixed_clock: Clock, shop: Shop) -> None:  # noqa: F811
    """Two refunds overtake the transfer, one of them the tip's; a third comes before the first part is back."""
    mechanic, customer = await a_mechanic(), await a_customer()
    await ready_account(mechanic)
    session_id = await a_share(mechanic, customer=customer)
    await tipped(customer, session_id)
    await a_charge(99900)
    transfer = await stripe.create_transfer(a_transfer(await an_account()), key="t-1")
    for reason, of_tip in (("Too short", False), ("Typed a nought too many", True)):
        fixed_clock.advance(minutes=1)
        await given_back(session_id, 100, reason, of_tip=of_tip)
    (payout,) = await rows_of(Payout, col(Payout.kind) == PayoutKind.session)
    async with unit_of_work() as db:
        await sending.note_sent(db, payout.id, transfer)
    fixed_clock.advance(minutes=1)
    await given_back(session_id, 100, "Called twice")
    first, second = sorted(await rows_of(OutboxEntry, col(OutboxEntry.kind) == REVERSAL), key=lambda entry: entry.key)
    fixed_clock.advance(minutes=1)
    for entry in (first, second):
        await sending.deliver_reversal(entry)
    taken = [line for line in (await of(mechanic, WEEK)).lines if line.movement is Movement.reversal]
    assert sorted((line.cents, line.why) for line in taken) == [(80, "Refund: Called twice"), (80, "Refund: Too short")]


async def test_the_weeks_that_have_something_are_listed_newest_first(fixed_clock: Clock) -> None:
    mechanic = await two_weeks(fixed_clock)
    fixed_clock.advance(days=7 * 30)
    await a_share(mechanic)
    async with reading() as db:
        page = await weeks(db, mechanic.id)
        older = await weeks(db, mechanic.id, cursor=page.next_cursor)
    assert [(each.earned_cents, each.sent_cents, each.closing_cents) for each in page.items] == [(800, 0, 2800)]
    assert [(each.week, each.closing_cents) for each in older.items] == [(WEEK.plus(1), 2000), (WEEK, 2400)]
    assert (page.next_cursor, older.next_cursor) == ("2026-W11", None)


async def test_a_statement_is_mailed_once_on_monday_morning_where_the_mechanic_is(fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    await in_zone(mechanic, "America/New_York")
    await a_share(mechanic)
    fixed_clock.advance(days=7, hours=2, minutes=59)  # Monday, 11:59 UTC: 07:59 there, the clocks having changed
    assert (await mail_statements(), await mails_of(mechanic)) == (0, [])
    fixed_clock.advance(minutes=1)
    assert (await mail_statements(), await mail_statements()) == (1, 0)
    fixed_clock.advance(days=3)
    assert await mail_statements() == 0
    (mail,) = await mails_of(mechanic)
    assert mail.payload["subject"] == "Your week: 8.00 USD earned"
    assert "From 2 March to 8 March 2026 you earned 8.00 USD. 0.00 USD went to your account. We owe you 8.00 USD." in mail.payload["text"]
    assert "/api/mechanics/statements/2026-W10.pdf" in mail.payload["text"]


async def test_a_monday_that_was_missed_is_made_up_for_and_a_week_without_anything_is_no_mail(fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    await a_share(mechanic)
    fixed_clock.advance(days=10)
    assert await mail_statements() == 1
    fixed_clock.advance(days=7)
    assert await mail_statements() == 0


async def test_the_papers_say_the_same_cents(fixed_clock: Clock, api: httpx.AsyncClient) -> None:  # noqa: F811
    mechanic = await two_weeks(fixed_clock)
    listed = (await api.get("/api/mechanics/statements", headers=mechanic.headers)).json()["items"]
    assert [(each["week"], each["from"], each["closingCents"]) for each in listed] == [
        ("2026-W11", "2026-03-09", 2000),
        ("2026-W10", "2026-03-02", 2400),
    ]
    printed = text_of((await api.get("/api/mechanics/statements/2026-W10.pdf", headers=mechanic.headers)).content)
    for words in ("Quick Chat: sent to your account", "29.99 USD 5.99 USD 24.00 USD", "−8.00 USD", "Closing balance 24.00 USD"):
        assert words in printed
    table = await api.get("/api/mechanics/statements/2026-W11.csv", headers=mechanic.headers)
    assert table.headers["content-disposition"] == 'attachment; filename="statement-2026-W11.csv"'
    opening, changed, closing = csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff")))
    assert (opening["balance cents"], closing["balance"], closing["balance cents"]) == ("2400", "20.00", "2000")
    assert (changed["change"], changed["change cents"], changed["fee"], changed["why"]) == ("-4.00", "-400", "-1.00", "Refund: =Too short")


async def test_statements_are_mechanics_own(fixed_clock: Clock, api: httpx.AsyncClient) -> None:  # noqa: F811
    mechanic = await two_weeks(fixed_clock)
    path = "/api/mechanics/statements/2026-W10.pdf"
    assert (await api.get(path)).status_code == 401
    to_login = await api.get(path, headers={"Accept": "text/html"})
    assert (to_login.status_code, to_login.headers["location"]) == (303, f"/mechanic/login?next={path}")
    assert (await api.get(path, headers=(await a_customer()).headers)).status_code == 403
    assert (await api.get(path, headers=(await a_mechanic()).headers)).status_code == 404
    for week in ("2026-W09", "2026-W99", "nonsense"):
        assert (await api.get(f"/api/mechanics/statements/{week}.csv", headers=mechanic.headers)).status_code == 404
    assert (await api.get("/api/mechanics/statements", params={"cursor": "x"}, headers=mechanic.headers)).status_code == 422
