"""The customer's dashboard: the consultation on its way, moved by pushes, and what was before it."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.ids import parse_id
from autodoctor.matching import queries as matching
from autodoctor.matching import service
from autodoctor.matching.queries import ActiveForCustomer
from autodoctor.matching.rules import WAITING
from autodoctor.payments import queries as payments
from autodoctor.payments.queries import Bill
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling import queries as scheduling
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.customer.view import (
    BookedSession,
    Closed,
    PastSession,
    RequestNow,
    booked_session,
    called_off_words,
    cancelled_words,
    closed,
    past_session,
    request_now,
)
from autodoctor.ui.guard import customer_of
from autodoctor.ui.steady import Steady

PAGE = "/customer/dashboard"
UseCase = Callable[[Any, Caller, uuid.UUID], Awaitable[str]]
"""What is asked of one thing of the customer's: answers what is said about it."""


class DashboardState(Steady, rx.State):
    """`older` is where the history goes on, "" at its end; `note` and `problem` answer what the customer just did."""

    ready: bool = False
    now: RequestNow = RequestNow()
    closed: Closed = Closed()
    booked: list[BookedSession] = []
    past: list[PastSession] = []
    older: str = ""
    note: str = ""
    problem: str = ""

    @rx.event
    async def load(self):
        """What is true now; from here on pushes tell when to look again."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        await realtime.follow(self, topics.customer(caller.user_id), DashboardState.hear)
        self.note, self.problem = "", ""
        await self._show(caller)
        return None

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """Something about this customer's consultation or the queue before it has changed."""
        return await self._look() if self.router.url.path.rstrip("/") == PAGE else None

    @rx.event
    async def beat(self):
        """Look again: others in the queue have moved, a push was lost, or the login has ended."""
        return await self._look()

    @rx.event
    async def cancel(self, request_id: str):
        """Take the request back (P4: in full before a mechanic has accepted)."""

        async def take_back(db: Any, caller: Caller, asked: uuid.UUID) -> str:
            done = await service.cancel(db, caller, asked)
            return cancelled_words(done.refund_cents, is_free=done.is_free)

        return await self._do(take_back, request_id)

    @rx.event
    async def call_off(self, session_id: str):
        """Cancel what is booked, before its time: all of it goes back (L8, P4)."""

        async def give_up(db: Any, caller: Caller, asked: uuid.UUID) -> str:
            return called_off_words(await bookings.cancel(db, caller, asked))

        return await self._do(give_up, session_id)

    async def _do(self, use_case: UseCase, named: str):
        """What the customer asks for, answered in words; then everything anew."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        self.note, self.problem = "", ""
        try:
            async with unit_of_work() as db:
                if asked := parse_id(named):
                    self.note = await use_case(db, caller, asked)
        except Refusal as refusal:
            self.problem = refusal.detail
        await self._show(caller)
        return None

    @rx.event
    async def show_older(self):
        """The history's next lines."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        if self.older:
            async with reading() as db:
                page = await sessions.bookings(db, caller.user_id, cursor=self.older)
                lines = await _lines(db, [each for each in page.items if not is_ahead(each)])
            self.past = [*self.get_value("past"), *lines]
            self.older = page.next_cursor or ""
        return None

    async def _look(self):
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        await self._show(caller)
        return None

    async def _show(self, caller: Caller) -> None:
        """Everything, from the database. What was shown of the history beyond its first page is folded up again."""
        async with reading() as db:
            active = await matching.active_for_customer(db, caller.user_id)
            outlook = await matching.outlook(db, active.request) if active else None
            last = None if active else await matching.last_closed(db, caller.user_id)
            bill = await payments.bill(db, last.session_id) if last else Bill()
            upcoming = await scheduling.upcoming_for_customer(db, caller.user_id)
            page = await sessions.bookings(db, caller.user_id)
            past = await _lines(db, [each for each in page.items if not is_ahead(each, active)])
        await self._follow_queue(is_waiting=active is not None and active.request.status in WAITING)
        self.now, self.closed = request_now(active, outlook), closed(last, bill.refund, is_free=bill.is_free)
        self.booked = [booked_session(each) for each in upcoming]
        self.past, self.older, self.ready = past, page.next_cursor or "", True

    async def _follow_queue(self, *, is_waiting: bool) -> None:
        """Others move this customer's place only while there is one."""
        if is_waiting:
            await realtime.follow(self, topics.queue, DashboardState.hear)
        else:
            await realtime.unfollow(self, topics.queue)


async def _lines(db: Any, past: list[SessionView]) -> list[PastSession]:
    bills = await payments.bills(db, [each.id for each in past])
    return [past_session(each, bills.get(each.id, Bill()).refund) for each in past]


def is_ahead(session: SessionView, active: ActiveForCustomer | None = None) -> bool:
    """Whether a session stands above the history: the one on its way, and what is booked for later."""
    return session.status is SessionStatus.scheduled or (active is not None and session.id == active.session.id)
