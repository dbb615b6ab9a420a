"""What the site's front says."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.customers import WAIVER_VERSION
from autodoctor.accounts.models import Mechanic
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.notifications.queries import SentMail
from autodoctor.notifications.service import send_mail
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions.models import Session
from autodoctor.sessions.queries import PublicReview, Rating
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.amounts import money
from autodoctor.ui.public import home_state, legal_texts, plans
from autodoctor.ui.public.home_state import HomeState
from autodoctor.ui.public.outbox_state import OutboxState, line_of
from autodoctor.ui.visitor import VisitorState, mailbox
from tests.people import a_customer, a_mechanic, a_session
from tests.ui.screens import open_page


@pytest.mark.parametrize(("count", "words"), [(0, ""), (1, "1 mechanic online"), (12, "12 mechanics online")])
def test_nobody_online_is_not_boasted_of(count: int, words: str) -> None:
    assert home_state.online_words(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (20, "mostly accepted within a minute"),
        (60, "mostly accepted within a minute"),
        (61, "mostly accepted within 2 minutes"),
    ],
)
def test_the_wait_is_rounded_up(seconds: int | None, words: str) -> None:
    assert home_state.wait_words(seconds) == words


@pytest.mark.parametrize(
    ("rating", "words"),
    [(Rating(None, 0), ""), (Rating(5.0, 2), ""), (Rating(4.6666, 3), "4.7 of 5 stars from 3 sessions")],
)
def test_an_average_of_too_few_is_not_shown(rating: Rating, words: str) -> None:
    assert home_state.rating_words(rating) == words


def test_a_review_says_what_it_is_about() -> None:
    shown = home_state.praise(PublicReview("Robin", 5, "Calm.", "chat10", "Sam Wrench"))
    assert (shown.name, shown.about) == ("Robin", "Quick Chat with Sam Wrench")


async def rated(count: int) -> None:
    """Sessions that customers rated with words."""
    customer, mechanic = await a_customer(), await a_mechanic()
    for number in range(count):
        session_id = await a_session(customer, mechanic, SessionStatus.completed)
        values = {"rating": 5, "review": f"Good {number}", "reviewed_at": clock.now()}
        async with unit_of_work() as db:
            await db.execute(sa.update(Session).where(col(Session.id) == session_id).values(**values))


async def test_the_home_page_shows_what_the_database_can_prove(database: str) -> None:
    await rated(3)
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).values(online=True, connected=True, last_seen_at=clock.now()))
    state = HomeState()  # type: ignore[call-arg]
    await HomeState.load.fn(state)  # type: ignore[attr-defined]
    assert (state.online, state.wait, state.rating) == ("1 mechanic online", "", "5.0 of 5 stars from 3 sessions")
    assert [each.name for each in state.reviews] == ["Robin"] * 3


async def test_the_home_page_hides_what_is_too_thin(database: str) -> None:
    await rated(2)
    state = HomeState()  # type: ignore[call-arg]
    await HomeState.load.fn(state)  # type: ignore[attr-defined]
    assert (state.online, state.wait, state.rating, state.reviews) == ("", "", "", [])


@pytest.mark.parametrize("code", list(PlanCode))
def test_a_plans_card_leads_to_its_checkout_and_says_what_it_costs(code: PlanCode) -> None:
    card = str(plans.plan_card(PLANS[code]))
    assert f'href:"/api/checkout?plan={code.value}"' in card
    assert money(PLANS[code].price_cents) in card
    assert f"with {PLANS[code].name}" in card


def test_plans_say_before_paying_what_they_can_t_keep() -> None:
    without = {code for code, plan in PLANS.items() if "Video isn't set up" in plans.short_of(plan, has_video=False)}
    assert without == {code for code, plan in PLANS.items() if plan.has_video} == {PlanCode.video15, PlanCode.diagnostic}
    assert [plans.short_of(plan, has_video=True) for plan in PLANS.values()] == ["", "", ""]
    card = str(plans.plan_card(PLANS[PlanCode.video15]))
    assert "Video isn't set up on this server" in card and "has_video" in card  # which of the two is known when the page runs


def test_a_price_says_that_tax_comes_on_top_only_where_it_does() -> None:
    card = str(plans.plan_card(PLANS[PlanCode.chat10]))
    assert re.search(r"adds_tax\S* *\?.*\" plus tax for 30 minutes\".*:.*\" for 30 minutes\"", card)


@pytest.mark.parametrize("value", ["on", "off"])
async def test_whether_tax_comes_on_top_is_known_when_the_page_runs(settings_env: pytest.MonkeyPatch, database: str, value: str) -> None:
    settings_env.setenv("STRIPE_TAX", value)
    get_settings.cache_clear()
    visitor = await open_page(VisitorState, "/pricing")
    await visitor.look()
    assert visitor.adds_tax is (value == "on")


@pytest.mark.parametrize(("cents", "words"), [(999, "$9.99"), (100, "$1.00"), (123456, "$1,234.56")])
def test_prices_have_their_currency(cents: int, words: str) -> None:
    assert money(cents) == words


def test_the_waiver_says_the_version_that_is_recorded() -> None:
    assert WAIVER_VERSION in legal_texts.WAIVER.since


def test_a_mail_keeps_its_links() -> None:
    mail = SentMail("robin@example.com", "Hello", "Text", "<p>", ("http://localhost/x",), datetime(2026, 3, 2, 9, tzinfo=UTC))
    line = line_of(mail)
    assert (line.receiver, line.links, line.at) == ("robin@example.com", ["http://localhost/x"], "2026-03-02T09:00:00+00:00")


async def test_the_development_mailbox_shows_the_newest_mail(database: str) -> None:
    async with unit_of_work() as db:
        await send_mail(db, template="verify_email", to="robin@example.com", key="verify:1", link="http://localhost/x", name="Robin")
    state = OutboxState()  # type: ignore[call-arg]
    await OutboxState.load.fn(state)  # type: ignore[attr-defined]
    assert state.phase == "shown"
    assert [mail.receiver for mail in state.mails] == ["robin@example.com"]


async def test_in_production_there_is_no_mailbox(settings_env: pytest.MonkeyPatch) -> None:
    for name, value in {
        "APP_ENV": "production",
        "STRIPE_SECRET_KEY": "sk_live_x",
        "STRIPE_WEBHOOK_SECRET": "whsec_x",
        "APP_SECRET": "s" * 32,
        "APP_URL": "https://autodoctor.test",
        "SMTP_URL": "smtp://mail.test:25",
    }.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    state = OutboxState()  # type: ignore[call-arg]
    await OutboxState.load.fn(state)  # type: ignore[attr-defined]
    assert (state.phase, mailbox()) == ("missing", "")


async def test_a_machine_that_really_sends_mail_doesnt_point_to_the_mailbox(settings_env: pytest.MonkeyPatch) -> None:
    assert mailbox() == "/dev/outbox"
    settings_env.setenv("SMTP_URL", "smtp://mail.test:25")
    get_settings.cache_clear()
    assert mailbox() == ""
