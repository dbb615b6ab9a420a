"""The lists of the administrators' money page: a state for each tab."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock, outbox
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound, Refusal
from autodoctor.core.ids import new_id, parse_id
from autodoctor.payments import admin_queries, by_hand, dashboard, hands
from autodoctor.payments.models import DisputeStatus, RefundStatus
from autodoctor.payouts import admin_queries as payout_queries
from autodoctor.payouts import by_hand as payout_hand
from autodoctor.payouts import reconciliation_queries
from autodoctor.payouts.reconcile import reconcile
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.ui.admin import money_view as view
from autodoctor.ui.admin.money_view import DifferenceLine, Line, RunLine, Tile
from autodoctor.ui.guard import admin_of
from autodoctor.ui.steady import Steady

DONE = [PayoutStatus.sent, PayoutStatus.reversed, PayoutStatus.void]
DECIDED = [DisputeStatus.won, DisputeStatus.lost]


class _Tab(Steady, rx.State, mixin=True):
    """What every list has: what became of the last button, and `answered`, another text after every answer."""

    ready: bool = False
    note: str = ""
    problem: str = ""
    answered: str = ""

    @rx.event
    async def load(self):
        """Everything, from the database."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.note, self.problem, self.answered = "", "", new_id().hex
        await self._show()
        self.ready = True
        return None

    async def _show(self) -> None:
        raise NotImplementedError

    async def _do(self, work: Callable[[Any, Caller], Awaitable[str]]) -> Any:
        """One act in one transaction; `work` answers what to say of it."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.note, self.problem = "", ""
        try:
            async with unit_of_work() as db:
                self.note = await work(db, caller)
        except Refusal as refusal:
            self.problem = refusal.detail
        self.answered = new_id().hex
        await self._show()
        return None


class PayoutsState(_Tab, rx.State):
    """`more_waiting` and `more` are where the two lists go on, "" at their ends."""

    owed: list[Tile] = []
    waiting: list[Line] = []
    more_waiting: str = ""
    done: list[Line] = []
    more: str = ""

    async def _show(self) -> None:
        async with reading() as db:
            self.owed = [view.owed_tile(each) for each in await admin_queries.owed(db)]
            waiting = await payout_queries.payouts(db, statuses=payout_queries.OPEN)
            done = await payout_queries.payouts(db, statuses=DONE)
        self.waiting, self.more_waiting = [view.payout_line(each) for each in waiting.items], waiting.next_cursor or ""
        self.done, self.more = [view.payout_line(each) for each in done.items], done.next_cursor or ""

    @rx.event
    async def try_again(self, payout_id: str):
        """Look at a share that waits once more."""

        async def work(db: Any, caller: Caller) -> str:
            payout = await payout_hand.try_again(db, caller, _id(payout_id))
            return "It is on its way." if payout.status is PayoutStatus.sending else "It still has to wait."

        return await self._do(work)

    @rx.event
    async def show_more_waiting(self):
        """The next lines of those that wait."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if self.more_waiting:
            async with reading() as db:
                page = await payout_queries.payouts(db, statuses=payout_queries.OPEN, cursor=self.more_waiting)
            self.waiting = [*self.get_value("waiting"), *(view.payout_line(each) for each in page.items)]
            self.more_waiting = page.next_cursor or ""
        return None

    @rx.event
    async def show_more(self):
        """The next lines of those that went out."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if self.more:
            async with reading() as db:
                page = await payout_queries.payouts(db, statuses=DONE, cursor=self.more)
            self.done = [*self.get_value("done"), *(view.payout_line(each) for each in page.items)]
            self.more = page.next_cursor or ""
        return None


class RefundsState(_Tab, rx.State):
    """Those that failed stand on top, and in their place among all."""

    failed: list[Line] = []
    every: list[Line] = []
    more: str = ""

    async def _show(self) -> None:
        async with reading() as db:
            failed = await admin_queries.refunds(db, status=RefundStatus.failed, limit=100)
            every = await admin_queries.refunds(db)
        self.failed = [view.refund_line(each) for each in failed.items]
        self.every, self.more = [view.refund_line(each) for each in every.items], every.next_cursor or ""

    @rx.event
    async def try_again(self, refund_id: str):
        """Begin a refund anew that Stripe couldn't bring."""

        async def work(db: Any, caller: Caller) -> str:
            await by_hand.retry_refund(db, caller, _id(refund_id))
            return "It is on its way again."

        return await self._do(work)

    @rx.event
    async def show_more(self):
        """The next lines."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if self.more:
            async with reading() as db:
                page = await admin_queries.refunds(db, cursor=self.more)
            self.every = [*self.get_value("every"), *(view.refund_line(each) for each in page.items)]
            self.more = page.next_cursor or ""
        return None


class DisputesState(_Tab, rx.State):
    """Those that a bank has yet to decide stand on top."""

    open: list[Line] = []
    decided: list[Line] = []
    more: str = ""

    async def _show(self) -> None:
        async with reading() as db:
            undecided = await admin_queries.undecided_disputes(db)
            decided = await admin_queries.disputes(db, statuses=DECIDED)
        self.open = _dispute_lines(undecided)
        self.decided, self.more = _dispute_lines(decided.items), decided.next_cursor or ""

    @rx.event
    async def show_more(self):
        """The next lines."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if self.more:
            async with reading() as db:
                page = await admin_queries.disputes(db, statuses=DECIDED, cursor=self.more)
            self.decided = [*self.get_value("decided"), *_dispute_lines(page.items)]
            self.more = page.next_cursor or ""
        return None


class ReconciliationState(_Tab, rx.State):
    """The last comparisons with Stripe, and what they can't mend."""

    runs: list[RunLine] = []
    differences: list[DifferenceLine] = []

    async def _show(self) -> None:
        async with reading() as db:
            runs, differences = await reconciliation_queries.latest(db), await reconciliation_queries.open_differences(db)
        self.runs, self.differences = [view.run_line(each) for each in runs], [view.difference_line(each) for each in differences]

    @rx.event(background=True)
    async def run(self):
        """Compare now. It takes seconds, and the page goes on meanwhile."""
        async with self:
            caller = await admin_of(self)
            if not isinstance(caller, Caller):
                self.reset()
                return caller
            self.note, self.problem = "", ""
        async with unit_of_work() as db:
            await hands.note_comparison(db, caller)
        await reconcile()
        async with self:
            await self._show()
            self.note, self.answered = "Compared.", new_id().hex
        return None


class StuckState(_Tab, rx.State):
    """Events of Stripe's that keep failing, and what couldn't be delivered."""

    events: list[Line] = []
    more: str = ""
    parked: list[Line] = []

    async def _show(self) -> None:
        async with reading() as db:
            events = await admin_queries.failing_events(db)
            parked = await outbox.parked(db, limit=100)
        self.events, self.more = [view.event_line(each) for each in events.items], events.next_cursor or ""
        self.parked = [view.parked_line(each) for each in parked.items]

    @rx.event
    async def process(self, event_id: str):
        """Have a failed event processed again."""

        async def work(db: Any, caller: Caller) -> str:
            await hands.process_event_again(db, caller, event_id if isinstance(event_id, str) else "")
            return "It is being processed. If it fails again, it comes back here."

        return await self._do(work)

    @rx.event
    async def deliver(self, entry_id: str):
        """Have something delivered again."""

        async def work(db: Any, caller: Caller) -> str:
            await hands.deliver_again(db, caller, _id(entry_id))
            return "It is being delivered. If it fails again, it comes back here."

        return await self._do(work)

    @rx.event
    async def show_more(self):
        """The next lines."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if self.more:
            async with reading() as db:
                page = await admin_queries.failing_events(db, cursor=self.more)
            self.events = [*self.get_value("events"), *(view.event_line(each) for each in page.items)]
            self.more = page.next_cursor or ""
        return None


def _dispute_lines(rows: list[admin_queries.DisputeRow]) -> list[Line]:
    now = clock.now()
    return [view.dispute_line(each, now, dashboard.dispute_link(each.stripe_dispute_id)) for each in rows]


def _id(text: str) -> Any:
    """Raises NotFound for what is no id."""
    found = parse_id(text)
    if found is None:
        raise NotFound
    return found
