"""The administrators' money: which tab is open, and what is done there. What it shows is pushed (`money_reading`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
import structlog

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.ids import named_id, new_id
from autodoctor.matching.figures import figures
from autodoctor.payments import by_hand, hands
from autodoctor.payments import figures as money_figures
from autodoctor.payouts import by_hand as payout_hand
from autodoctor.payouts.reconcile import reconcile
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.admin.figures_view import Overview, balance_words
from autodoctor.ui.admin.money_address import PAGE, asked_by
from autodoctor.ui.admin.sheets import Books, Sheet
from autodoctor.ui.admin.view import Figure, figure_rows
from autodoctor.ui.guard import admin_of
from autodoctor.ui.room.view import iso
from autodoctor.ui.steady import Steady
from autodoctor.words import _

log = structlog.get_logger(__name__)


class MoneyState(Steady, rx.State):
    """`wanted` is the view that the address asks for, "" before it is known and when `is_broken`.

    `shown` is the view that stands in `overview`, `sheet` and `books`, `has_failed` when it couldn't be read: these are pushed to every
    page that shows the view at once (docs/decisions/0003), here they are only ever emptied. `balance` compares ours with Stripe's, as of
    `balance_at`. `note` and `problem` say what became of the last button; `answered` is another text after every answer.
    """

    figures: list[Figure] = []
    is_broken: bool = False
    tab: str = "overview"
    span: str = "month"
    wanted: str = ""
    shown: str = ""
    has_failed: bool = False
    overview: Overview = Overview()
    sheet: Sheet = Sheet()
    books: Books = Books()
    balance: str = ""
    balance_at: str = ""
    note: str = ""
    problem: str = ""
    answered: str = ""

    @rx.event
    async def load(self):
        """The tab that the address names; from here on it is pushed whenever something about money has changed."""
        self.note, self.problem, self.answered = "", "", new_id().hex
        try:
            return await self._look()
        except Exception:
            log.exception("the money can't be shown")
            self.is_broken, self.wanted = True, ""
            return None

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """A request or a mechanic has changed: the figures on top of the page."""
        if self.router.url.path.rstrip("/") == PAGE:
            return await self._count()
        await realtime.leave_board(self, topics.money)  # another page is open in this window
        return None

    @rx.event
    async def beat(self):
        """Look again, whatever was told."""
        return await self._look()

    @rx.event
    async def ask_stripe(self):
        """Our balance as Stripe has it, beside ours."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        try:
            theirs = await money_figures.at_stripe()
            async with reading() as db:
                self.balance = balance_words((await money_figures.standing(db)).stripe_cents, theirs)
        except Refusal as refusal:
            self.balance = _("Stripe's balance: {why}", why=refusal.detail)
        self.balance_at, self.answered = iso(clock.now()), new_id().hex
        return None

    @rx.event
    async def try_payout(self, payout_id: str):
        """Look at a share that waits once more."""

        async def work(db: Any, caller: Caller) -> str:
            payout = await payout_hand.try_again(db, caller, named_id(payout_id))
            return _("It is on its way.") if payout.status is PayoutStatus.sending else _("It still has to wait.")

        return await self._do(work)

    @rx.event
    async def try_refund(self, refund_id: str):
        """Begin a refund anew that Stripe couldn't bring."""

        async def work(db: Any, caller: Caller) -> str:
            await by_hand.retry_refund(db, caller, named_id(refund_id))
            return _("It is on its way again.")

        return await self._do(work)

    @rx.event
    async def process(self, event_id: str):
        """Have a failed event processed again."""

        async def work(db: Any, caller: Caller) -> str:
            await hands.process_event_again(db, caller, event_id if isinstance(event_id, str) else "")
            return _("It is being processed. If it fails again, it comes back here.")

        return await self._do(work)

    @rx.event
    async def deliver(self, entry_id: str):
        """Have something delivered again."""

        async def work(db: Any, caller: Caller) -> str:
            await hands.deliver_again(db, caller, named_id(entry_id))
            return _("It is being delivered. If it fails again, it comes back here.")

        return await self._do(work)

    @rx.event(background=True)
    async def compare(self):
        """Compare our books with Stripe's now. It takes seconds, and the page goes on meanwhile."""
        async with self:
            caller = await admin_of(self)
            if not isinstance(caller, Caller):
                return await self._turn_away(caller)
            self.note, self.problem = "", ""
        async with unit_of_work() as db:
            await hands.note_comparison(db, caller)
        await reconcile()
        async with self:
            self.note, self.answered = _("Compared."), new_id().hex
        return None

    async def _do(self, work: Callable[[Any, Caller], Awaitable[str]]) -> Any:
        """One act in one transaction; `work` answers what to say of it. What it changed is pushed."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        self.note, self.problem = "", ""
        try:
            async with unit_of_work() as db:
                self.note = await work(db, caller)
        except Refusal as refusal:
            self.problem = refusal.detail
        self.answered = new_id().hex
        return None

    async def _look(self) -> Any:
        if (turned_away := await self._count()) is not None:
            return turned_away
        asked = asked_by(self.router.url.query_parameters)
        is_new = asked.view != self.wanted
        self.tab, self.span, self.wanted, self.is_broken = asked.tab, asked.span, asked.view, False
        await realtime.follow(self, topics.queue, MoneyState.hear)
        await realtime.join_board(self, topics.money, view=self.wanted)
        if asked.tab != "overview" or not is_new:
            return None
        self.balance = ""
        return MoneyState.ask_stripe

    async def _count(self) -> Any:
        """The figures on top, for an administrator; anybody else is turned away."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        async with reading() as db:
            self.figures = figure_rows(await figures(db))
        return None

    async def _turn_away(self, to_login: Any) -> Any:
        """Nothing of the books is left on the screen, and nothing comes any more."""
        await realtime.leave_board(self, topics.money)
        self.reset()
        return to_login
