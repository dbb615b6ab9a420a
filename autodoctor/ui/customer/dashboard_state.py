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
from autodoctor.matching.rules import WAITING
from autodoctor.payments import queries as payments
from autodoctor.payments.queries import Bill
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling import queries as scheduling
from autodoctor.ui.customer import history_reading
from autodoctor.ui.customer.history_reading import PAGE
from autodoctor.ui.customer.view import (
    BookedSession,
    Closed,
    PastSession,
    RequestNow,
    booked_session,
    called_off_words,
    cancelled_words,
    closed,
    request_now,
)
from autodoctor.ui.guard import customer_of
from autodoctor.ui.past_asked import PastFrame
from autodoctor.ui.steady import Steady

UseCase = Callable[[Any, Caller, uuid.UUID], Awaitable[str]]
"""What is asked of one thing of the customer's: answers what is said about it."""


class DashboardState(Steady, rx.State):
    """`past` is what the address asks for of the history, `frame` what stands around it; `note` and `problem` answer what the customer
    just did."""

    ready: bool = False
    now: RequestNow = RequestNow()
    closed: Closed = Closed()
    booked: list[BookedSession] = []
    past: list[PastSession] = []
    frame: PastFrame = PastFrame()
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
    async def narrow(self, form: dict[str, Any]):
        """Only these of the past ones; what is looked for stands in the address."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        return rx.redirect(history_reading.asked_by(form if isinstance(form, dict) else {}).href())

    async def _look(self):
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        await self._show(caller)
        return None

    async def _show(self, caller: Caller) -> None:
        """Everything, from the database."""
        asked = history_reading.asked_by(dict(self.router.url.query_parameters))
        async with reading() as db:
            active = await matching.active_for_customer(db, caller.user_id)
            outlook = await matching.outlook(db, active.request) if active else None
            last = None if active else await matching.last_closed(db, caller.user_id)
            bill = await payments.bill(db, last.session_id) if last else Bill()
            upcoming = await scheduling.upcoming_for_customer(db, caller.user_id)
            past, frame = await history_reading.read(db, caller.user_id, asked, but=active.session.id if active else None)
        await self._follow_queue(is_waiting=active is not None and active.request.status in WAITING)
        self.now, self.closed = request_now(active, outlook), closed(last, bill.refund, is_free=bill.is_free)
        self.booked = [booked_session(each) for each in upcoming]
        self.past, self.frame, self.ready = past, frame, True

    async def _follow_queue(self, *, is_waiting: bool) -> None:
        """Others move this customer's place only while there is one."""
        if is_waiting:
            await realtime.follow(self, topics.queue, DashboardState.hear)
        else:
            await realtime.unfollow(self, topics.queue)
