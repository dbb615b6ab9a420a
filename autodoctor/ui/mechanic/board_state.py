"""The mechanic's dashboard: who waits, the one job, and whether work is wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
import structlog
from reflex.state import StateUpdate

from autodoctor.accounts import mechanics, presence
from autodoctor.accounts import queries as accounts
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Seniority
from autodoctor.chat import queries as chat
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.ids import named_id, new_id
from autodoctor.matching import queries as matching
from autodoctor.matching import service
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.realtime.sockets import as_update
from autodoctor.scheduling import availability
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling import queries as scheduling
from autodoctor.sessions import queries as sessions
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.mechanic.view import (
    BookedJob,
    CardView,
    FollowUpLine,
    JobView,
    booked_job,
    card_view,
    follow_up_line,
    job_view,
    phase_of,
    soon,
)
from autodoctor.ui.room.view import iso
from autodoctor.ui.steady import Steady

log = structlog.get_logger(__name__)

PAGE = "/mechanic/dashboard"
UseCase = Callable[[Any, Caller], Awaitable[object]]
"""A service's function, given the transaction's session and the caller."""


class BoardState(Steady, rx.State):
    """`phase`: `loading`, `failed`, `review`, `offline`, `online`, `busy`.

    `online` is what the switch shows: whether work is wanted, by the switch itself or `by_hours`, then `until` these end.
    `board` and `board_at` (when it was read, "" for not yet) are pushed to every dashboard at once (docs/decisions/0003): here
    they are only ever emptied. `offer` is the request whose pass may be taken back, "" for none. `answered` is another text after every
    answer: a pressed button knows that its wait is over.
    """

    phase: str = "loading"
    online: bool = False
    by_hours: bool = False
    until: str = ""
    board: list[CardView] = []
    board_at: str = ""
    passed: list[str] = []
    me: str = ""
    job: JobView = JobView()
    booked: list[BookedJob] = []
    follow_ups: list[FollowUpLine] = []
    problem: str = ""
    answered: str = ""
    offer: str = ""

    @rx.event
    async def load(self):
        """What is true now; from here on pushes tell when to look again."""
        self.problem, self.answered, self.offer = "", new_id().hex, ""
        try:
            return await self._look()
        except Exception:
            log.exception("the dashboard can't be shown")
            self.phase = "failed"
            return None

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """Something about this mechanic or their job has changed."""
        if self.router.url.path.rstrip("/") == PAGE:
            return await self._look()
        await self._leave()  # another page is open in this window
        return None

    @rx.event
    async def beat(self):
        """A sign of life: keeps the mechanic connected and this state from expiring, tells whether the login still holds, and finds
        what no push told, such as weekly hours that have begun or ended."""
        return await self._look()

    @rx.event
    async def set_online(self, online: bool):
        """Whether work is wanted now."""
        if not isinstance(online, bool):
            return None
        return await self._do(lambda db, caller: mechanics.set_online(db, caller, online=online))

    @rx.event
    async def accept(self, request_id: str):
        """Take it: the first one gets it (L2)."""
        return await self._do(lambda db, caller: service.accept(db, caller, named_id(request_id)))

    @rx.event
    async def pass_on(self, request_id: str):
        """Not this one (L5)."""

        async def passed(db: Any, caller: Caller) -> None:
            asked = named_id(request_id)
            await service.pass_on(db, caller, asked)
            self.offer = str(asked)

        return await self._do(passed)

    @rx.event
    async def undo_pass(self, offer: str):
        """Have it offered again."""

        async def take_back(db: Any, caller: Caller) -> None:
            self.offer = ""
            await service.take_pass_back(db, caller, named_id(offer))

        return await self._do(take_back)

    @rx.event
    async def let_go(self, request_id: str):
        """Back to the others (L7)."""
        return await self._do(lambda db, caller: service.let_go(db, caller, named_id(request_id)))

    @rx.event
    async def give_back(self, session_id: str):
        """Can't come to what is booked: at its time it is offered to all (L8)."""
        return await self._do(lambda db, caller: bookings.give_back(db, caller, named_id(session_id)))

    async def _do(self, use_case: UseCase):
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        self.problem = ""
        try:
            async with unit_of_work() as db:
                await use_case(db, caller)
        except Refusal as refusal:
            self.problem = refusal.detail
        self.answered = new_id().hex
        await self._show(caller)
        return None

    async def _look(self):
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        await self._show(caller)
        return None

    async def _turn_away(self, to_login: Any):
        """Nothing of the board is left on the screen, and nothing comes any more."""
        await self._leave()
        self.reset()
        return to_login

    async def _leave(self) -> None:
        for topic in (topics.board, topics.earnings):
            await realtime.leave_board(self, topic)

    async def _show(self, caller: Caller) -> None:
        """Everything but the board, from the database; the board comes by its own way, now and whenever it changes."""
        async with reading() as db:
            profile = await accounts.mechanic_profile(db, caller.user_id)
            active = await matching.active_for_mechanic(db, caller.user_id)
            passed = await matching.passed(db, caller.user_id)
            work = await availability.work_of(db, caller.user_id)
            is_fresh = await presence.is_fresh(db, caller.user_id)
            session = await sessions.view(db, active.session.id) if active else None
            asked = await chat.unanswered(db, caller.user_id)
            booked = await scheduling.upcoming_for_mechanic(db, caller.user_id)
        self.job = job_view(active, session, clock.now()) if active and session else JobView()
        self.online, self.passed = work.is_wanted, sorted(map(str, passed))
        self.follow_ups = [follow_up_line(each) for each in asked]
        self.booked = [booked_job(each) for each in booked]
        self.by_hours, self.until = work.by_hours, soon(work.until, clock.now())
        self.phase = phase_of(profile, work, has_job=active is not None)
        self.me = str(caller.user_id)
        await self._listen(caller)
        if not is_fresh:
            async with unit_of_work() as db:
                await presence.seen(db, caller.user_id)

    async def _listen(self, caller: Caller) -> None:
        await realtime.follow(self, topics.mechanic(caller.user_id), BoardState.hear)
        if self.phase == "online":
            await realtime.join_board(self, topics.board, view=caller.seniority or Seniority.junior)
        else:
            await realtime.leave_board(self, topics.board)
            self.board, self.board_at = [], ""


async def read_board(seniority: str) -> StateUpdate:
    """The board of this seniority, as every dashboard takes it."""
    async with reading() as db:
        cards = await matching.board(db, senior=seniority == Seniority.senior)
    now = clock.now()
    return as_update(BoardState, board=[card_view(card, now) for card in cards], board_at=iso(now))
