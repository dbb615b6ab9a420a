"""A mechanic's money on their pages: how the account stands, what was earned, and what became of it (P5, P6)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Mechanic
from autodoctor.core.db import unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.payouts import onboarding, queries
from autodoctor.realtime import topics
from autodoctor.ui.mechanic import earnings_state
from autodoctor.ui.mechanic.earnings_state import EARNINGS, EarningsState, read_earnings, view_of
from autodoctor.ui.mechanic.earnings_view import AccountCard, EarningsView
from autodoctor.ui.mechanic.onboarding_state import OnboardingState
from tests.conftest import Clock
from tests.payments.conftest import Shop, closed_shop, shop  # noqa: F401 - fixtures
from tests.payouts.earning import a_share, disputed, given_back, ready_account, sent, tipped
from tests.people import Person, a_customer, a_mechanic
from tests.ui.screens import leads_to, open_page, run_in_background, shown

pytestmark = pytest.mark.usefixtures("database")

PAGE, DONE = "/mechanic/dashboard", "/mechanic/onboarding/success"


@pytest.fixture(autouse=True)
def joined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The views of the board of earnings that pages have asked for; "" where they left it."""
    asked: list[str] = []

    async def join(_state: Any, topic: str, *, view: str) -> None:
        asked.append(view if topic == topics.earnings else topic)

    async def leave(_state: Any, _topic: str) -> None:
        asked.append("")

    monkeypatch.setattr(earnings_state.realtime, "join_board", join)
    monkeypatch.setattr(earnings_state.realtime, "leave_board", leave)
    return asked


async def pushed(mechanic: Person, lines: int = 20) -> dict[str, Any]:
    """What a page of theirs is sent."""
    ((state, values),) = (await read_earnings(view_of(mechanic.id, lines))).delta.items()
    assert state == EarningsState.get_full_name()
    return {name.removesuffix("_rx_state_"): value for name, value in values.items()}


async def earnings_of(mechanic: Person, lines: int = 20) -> EarningsView:
    return (await pushed(mechanic, lines))["earnings"]


async def card_of(mechanic: Person) -> AccountCard:
    return (await pushed(mechanic, 0))["card"]


async def account(mechanic: Person, **values: Any) -> None:
    """Their account stands so at Stripe, as far as we know."""
    known = {f"stripe_{name}": value for name, value in {"account_id": f"acct_{mechanic.id}", **values}.items()}
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(**known))


MISSING = {"details_submitted": True, "missing": ["external_account", "individual.verification.document"]}


class TestAccount:
    async def test_who_has_none_is_led_to_set_it_up(self) -> None:
        card = await card_of(await a_mechanic())
        assert (card.standing, card.title, card.can_set_up) == ("none", "You have no payout account yet", True)
        assert (card.note, card.waiting, card.missing, card.is_closed) == ("", [], [], False)

    @pytest.mark.parametrize(
        ("values", "standing", "title", "can_set_up", "is_closed"),
        [
            ({"missing": ["tos_acceptance.date"]}, "begun", "Your payout account is not filled in yet", True, False),
            (MISSING, "missing", "Something is still missing", True, False),
            ({"details_submitted": True}, "checking", "Stripe is checking your details", False, False),
            ({**MISSING, "disabled_reason": "rejected.fraud"}, "refused", "Stripe has closed your payout account", False, True),
            ({"details_submitted": True, "payouts_enabled": True}, "ready", "Your payout account is ready", False, False),
            ({**MISSING, "payouts_enabled": True}, "ready", "Your payout account is ready", True, False),
        ],
        ids=["begun", "missing", "checking", "refused", "ready", "ready for now"],
    )
    async def test_each_standing_has_its_words_and_its_way_on(
        self, values: dict[str, Any], standing: str, title: str, can_set_up: bool, is_closed: bool
    ) -> None:
        mechanic = await a_mechanic()
        await account(mechanic, **values)
        card = await card_of(mechanic)
        assert (card.standing, card.title, card.can_set_up, card.is_closed) == (standing, title, can_set_up, is_closed)

    async def test_what_stripe_asks_for_is_said_in_words(self) -> None:
        mechanic = await a_mechanic()
        await account(mechanic, **MISSING)
        card = await card_of(mechanic)
        assert (card.asks, card.missing) == ("Stripe asks for:", ["A bank account for your payouts", "A photo of your identity document"])
        await account(mechanic, payouts_enabled=True)
        assert (await card_of(mechanic)).asks == "So that it stays ready, Stripe also asks for:"
        await account(mechanic, payouts_enabled=False, disabled_reason="rejected.other")
        assert ((await card_of(mechanic)).asks, (await card_of(mechanic)).missing) == ("", [])

    async def test_what_waits_for_a_closed_account_is_not_promised_by_stripe(self, fixed_clock: Clock) -> None:
        mechanic = await a_mechanic()
        await a_share(mechanic)
        await account(mechanic, disabled_reason="rejected.other")
        (waiting,) = (await card_of(mechanic)).waiting
        assert (waiting.amount, waiting.words) == ("$8.00", "We bring it to you another way, once we have talked.")

    async def test_what_is_not_sent_is_told_with_its_reason(self, fixed_clock: Clock) -> None:
        mechanic = await a_mechanic()
        await a_share(mechanic)
        await disputed(await a_share(mechanic, 2999))
        card = await card_of(mechanic)
        assert [(each.name, each.amount) for each in card.waiting] == [
            ("Waiting for your account", "$8.00"),
            ("Held while the bank decides", "$24.00"),
        ]
        assert card.note == "$8.00 is waiting for your payout account."
        await ready_account(mechanic)
        await a_share(mechanic)
        card = await card_of(mechanic)
        assert [each.name for each in card.waiting] == ["Stripe hasn't taken it yet", "Held while the bank decides", "On its way"]
        assert card.note == ""


class TestTab:
    async def test_a_dashboard_reads_the_account_and_the_rest_where_the_tab_is_open(self, joined: list[str]) -> None:
        mechanic = await a_mechanic()
        card, whole = view_of(mechanic.id, 0), view_of(mechanic.id, 20)
        page = await open_page(EarningsState, PAGE, mechanic)
        await page.load()
        for tab in (EARNINGS, "History", 7, None):
            await page.open(tab)  # type: ignore[arg-type]
        linked = await open_page(EarningsState, f"{PAGE}?tab=earnings", mechanic)
        await linked.load()
        await linked.look()
        assert joined == [card, whole, card, card, card, whole, whole]
        assert "earnings" not in await pushed(mechanic, 0)

    async def test_nothing_earned_yet(self, fixed_clock: Clock) -> None:
        view = await earnings_of(await a_mechanic())
        assert (view.is_empty, view.lines, view.weeks, view.has_more, len(view.bars)) == (True, [], [], False, 12)
        assert view.chart == "In the last 12 weeks you earned $0.00."

    async def test_share_sent_and_not_sent_are_three_figures_that_add_up(self, fixed_clock: Clock) -> None:
        mechanic, customer = await a_mechanic(), await a_customer()
        await a_share(mechanic, 2999)
        await ready_account(mechanic)
        session_id = await a_share(mechanic, customer=customer)
        await sent(session_id)
        await given_back(session_id, 500)
        await tipped(customer, session_id)
        sums = (await earnings_of(mechanic)).sums
        assert (sums.share, sums.sent, sums.not_sent) == ("$33.00", "$4.00", "$29.00")
        assert (sums.paid, sums.fee, sums.tips, sums.sessions) == ("$39.98", "$6.98", "$5.00", "You were paid for 2 sessions.")

    async def test_each_share_says_what_became_of_it(self, fixed_clock: Clock) -> None:
        mechanic, customer = await a_mechanic(), await a_customer()
        await a_share(mechanic)
        fixed_clock.advance(minutes=1)
        await disputed(await a_share(mechanic))
        fixed_clock.advance(minutes=1)
        await given_back(await a_share(mechanic), 999)
        await ready_account(mechanic)
        fixed_clock.advance(minutes=1)
        session_id = await a_share(mechanic, customer=customer)
        await sent(session_id)
        await given_back(session_id, 500)
        fixed_clock.advance(minutes=1)
        await tipped(customer, session_id)
        assert [(line.is_tip, line.status, line.share, line.taken_back) for line in (await earnings_of(mechanic)).lines] == [
            (True, "On its way", "$5.00", ""),
            (False, "Sent", "$4.00", "$4.00"),
            (False, "Nothing left to pay", "$0.00", ""),
            (False, "Held while the bank decides", "$8.00", ""),
            (False, "Stripe hasn't taken it yet", "$8.00", ""),
        ]

    async def test_the_chart_and_the_statements_tell_the_same_weeks(self, fixed_clock: Clock) -> None:
        mechanic = await a_mechanic()
        session_id = await a_share(mechanic, 2999)
        fixed_clock.advance(days=7)
        await given_back(session_id, 500)
        fixed_clock.advance(days=21)
        await a_share(mechanic)
        view = await earnings_of(mechanic)
        assert [(bar.label, bar.height) for bar in view.bars][-5:] == [
            ("2 Mar", "100.0%"),
            ("9 Mar", "0.0%"),
            ("16 Mar", "0.0%"),
            ("23 Mar", "0.0%"),
            ("30 Mar", "33.3%"),
        ]
        assert view.chart == "In the last 12 weeks you earned $28.00. The best week was that of 2 Mar, with $24.00."
        assert [(week.days, week.earned, week.sent, week.balance, week.is_running) for week in view.weeks] == [
            ("30 Mar – 5 Apr 2026", "$8.00", "$0.00", "$28.00", True),
            ("9–15 Mar 2026", "-$4.00", "$0.00", "$20.00", False),
            ("2–8 Mar 2026", "$24.00", "$0.00", "$24.00", False),
        ]

    async def test_a_long_list_goes_on_as_far_as_a_page_can_carry(self, joined: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in (("LINES", 2), ("MOST", 3)):
            monkeypatch.setattr(earnings_state, name, value)
        mechanic = await a_mechanic()
        for _ in range(4):
            await a_share(mechanic)
        page = await open_page(EarningsState, f"{PAGE}?tab=earnings", mechanic)
        await page.load()
        await page.show_more()
        await page.show_more()
        assert joined == [view_of(mechanic.id, each) for each in (2, 3, 3)]
        first, last = await earnings_of(mechanic, 2), await earnings_of(mechanic, 3)
        assert (len(first.lines), first.has_more, first.is_cut) == (2, True, False)
        assert (len(last.lines), last.has_more, last.is_cut) == (3, False, True)

    async def test_older_weeks_come_behind_those_that_are_pushed(self, fixed_clock: Clock) -> None:
        mechanic = await a_mechanic()
        await a_share(mechanic)
        fixed_clock.advance(days=-7 * 30)
        await a_share(mechanic)
        fixed_clock.advance(days=7 * 30)
        view = await earnings_of(mechanic)
        assert ([week.name for week in view.weeks], view.older_weeks) == (["2026-W10"], "2025-W32")
        page = await open_page(EarningsState, f"{PAGE}?tab=earnings", mechanic)
        await page.load()
        for _ in range(2):
            await page.show_older_weeks(view.older_weeks)
        assert ([week.name for week in page.get_value("older_weeks")], page.weeks_before) == (["2025-W32"], "")
        for nonsense in ("x", "2026-W99", 7, None):
            assert await page.show_older_weeks(nonsense) is None  # type: ignore[arg-type]
        assert len(page.older_weeks) == 1

    async def test_as_many_weeks_are_listed_as_have_a_bar(self, fixed_clock: Clock) -> None:
        mechanic = await a_mechanic()
        fixed_clock.advance(days=-7 * 12)
        for _ in range(13):
            await a_share(mechanic)
            fixed_clock.advance(days=7)
        view = await earnings_of(mechanic)
        assert ([week.name for week in view.weeks][-1], len(view.weeks), view.older_weeks) == ("2025-W51", 12, "2025-W50")

    async def test_what_cannot_be_read_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        mechanic = await a_mechanic()

        async def fail(*_: object) -> None:
            raise ConnectionError("the database is down")

        with monkeypatch.context() as broken:
            broken.setattr(queries, "account", fail)
            assert await pushed(mechanic) == {"has_failed": True}
        assert (await pushed(mechanic))["has_failed"] is False

    async def test_nobody_else_is_shown_a_mechanics_earnings(self, joined: list[str], fixed_clock: Clock) -> None:
        await a_share(await a_mechanic())
        for people in ([], [await a_customer()]):
            page = await open_page(EarningsState, PAGE, *people)
            nothing = shown(page)
            answers = [
                await page.load(),
                await page.open(EARNINGS),
                await page.look(),
                await page.show_more(),
                await page.show_older_weeks("2026-W10"),
            ]
            assert {leads_to(answer) for answer in answers} == {"/mechanic/login?next=%2Fmechanic%2Fdashboard"}
            assert shown(page) == nothing
        assert set(joined) == {""}
        stranger = await open_page(EarningsState, PAGE, await a_mechanic())
        await stranger.show_older_weeks("2026-W10")
        assert stranger.older_weeks == []


class TestBackFromStripe:
    async def fill_in(self, *missing: str) -> None:
        """The one account is filled in at the sandbox; its event is lost."""
        async with transaction() as state:
            (theirs,) = await state.all(sandbox.ACCOUNT)
            await sandbox.fill_in(state, theirs, missing=missing)

    async def back(self, *people: Person) -> tuple[OnboardingState, Any]:
        page = await open_page(OnboardingState, DONE, *people)
        return page, await run_in_background(OnboardingState.load, page)

    async def test_stripe_is_asked_and_its_answer_said(self, shop: Shop) -> None:  # noqa: F811
        mechanic = await a_mechanic()
        await a_share(mechanic)
        await onboarding.begin(mechanic.caller)
        await self.fill_in("external_account")
        page, _ = await self.back(mechanic)
        assert (page.asking, page.problem, page.card.standing) == (False, "", "missing")
        assert page.get_value("card").missing == ["A bank account for your payouts"]
        await self.fill_in()
        page, _ = await self.back(mechanic)
        assert (page.card.standing, [each.name for each in page.get_value("card").waiting]) == ("ready", ["On its way"])

    async def test_who_never_began_is_offered_the_way(self) -> None:
        page, _ = await self.back(await a_mechanic())
        assert (page.asking, page.problem, page.card.standing, page.card.can_set_up) == (False, "", "none", True)

    async def test_with_stripe_down_it_says_so_and_what_was_known_before(self, settings_env: pytest.MonkeyPatch) -> None:
        settings_env.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
        get_settings.cache_clear()
        mechanic = await a_mechanic()
        await account(mechanic, **MISSING)
        page, _ = await self.back(mechanic)
        assert page.problem.startswith("Our payment provider isn't answering just now.")
        assert (page.asking, page.card.standing) == (False, "missing")

    async def test_what_changes_while_it_is_open_is_read_again(self) -> None:
        mechanic = await a_mechanic()
        page, _ = await self.back(mechanic)
        await account(mechanic, details_submitted=True)
        await page.hear("changed", {})
        assert page.card.standing == "checking"
        await account(mechanic, payouts_enabled=True)
        await page.beat()
        assert page.card.standing == "ready"

    async def test_nobody_else_has_such_a_page(self) -> None:
        for people in ([], [await a_customer()]):
            page, answer = await self.back(*people)
            answers = [answer, await page.hear("changed", {}), await page.beat()]
            assert {leads_to(each) for each in answers} == {"/mechanic/login?next=%2Fmechanic%2Fonboarding%2Fsuccess"}
            assert (page.card, page.problem) == (AccountCard(), "")
