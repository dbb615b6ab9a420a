"""The administrators' money: which tab is open, and its first one, the figures. The others have states of their own (`money_tabs`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock
from autodoctor.core.db import reading
from autodoctor.core.errors import Refusal
from autodoctor.matching.figures import figures
from autodoctor.payments import figures as money_figures
from autodoctor.ui.admin import money_view as view
from autodoctor.ui.admin.money_tabs import DisputesState, PayoutsState, ReconciliationState, RefundsState, StuckState
from autodoctor.ui.admin.money_view import Overview
from autodoctor.ui.admin.view import Figure, figure_rows
from autodoctor.ui.guard import admin_of
from autodoctor.ui.steady import Steady

PAGE = "/admin/money"


class MoneyState(Steady, rx.State):
    """The page itself, and its first tab. `balance` compares our balance with Stripe's, "" until Stripe has answered."""

    ready: bool = False
    figures: list[Figure] = []
    tab: str = "overview"
    span: str = "month"
    overview: Overview = Overview()
    balance: str = ""

    @rx.event
    async def load(self):
        """The tab and the span that the address names."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        asked = self.router.url.query_parameters
        tab, span = asked.get("tab", ""), asked.get("span", "")
        self.tab = tab if tab in view.TABS else "overview"
        self.span = span if span in view.SPANS else "month"
        async with reading() as db:
            self.figures = figure_rows(await figures(db))
        self.ready = True
        return _LOADS[self.tab]()

    @rx.event
    async def show_overview(self):
        """The figures of the span, all from the ledger; then Stripe is asked."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        span = view.span_named(self.span, clock.now().date())
        async with reading() as db:
            lines = await money_figures.moved(db, span)
            standing = await money_figures.standing(db, span.until)
        self.overview = view.overview(span, money_figures.flows(lines), standing, money_figures.by_day(lines, span))
        self.balance = ""
        return MoneyState.ask_stripe

    @rx.event
    async def ask_stripe(self):
        """Our balance as Stripe has it, beside ours."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            theirs = await money_figures.at_stripe()
        except Refusal as refusal:
            self.balance = f"Stripe's balance: {refusal.detail}"
            return None
        async with reading() as db:
            ours = await money_figures.standing(db)
        self.balance = view.balance_words(ours.stripe_cents, theirs)
        return None


_LOADS: dict[str, Callable[[], Any]] = {
    "overview": lambda: MoneyState.show_overview,
    "payouts": lambda: PayoutsState.load,
    "refunds": lambda: RefundsState.load,
    "disputes": lambda: DisputesState.load,
    "reconciliation": lambda: ReconciliationState.load,
    "events": lambda: StuckState.load,
}
