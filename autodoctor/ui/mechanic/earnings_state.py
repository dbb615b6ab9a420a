"""A mechanic's money on the dashboard: how the account for payouts stands, and the tab `Earnings`."""

from __future__ import annotations

import uuid
from typing import Any

import reflex as rx
import structlog
from reflex.state import StateUpdate

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock
from autodoctor.core.db import reading
from autodoctor.core.errors import ValidationFailed
from autodoctor.payouts import queries, statements
from autodoctor.payouts.requirements import Standing
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.realtime.sockets import as_update
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.mechanic.earnings_view import AccountCard, EarningsView, WeekLine, account_card, earnings_view, week_line
from autodoctor.ui.room.view import iso
from autodoctor.ui.steady import Steady
from autodoctor.words import N_

log = structlog.get_logger(__name__)

EARNINGS = N_("Earnings")
"""The tab's key, and its name in English."""
WEEKS = 12
"""So many have a bar."""
LINES, MOST = 20, 100
"""So many shares are listed at first, and at most: those before stand in the statements."""


class EarningsState(Steady, rx.State):
    """`card`, `earnings` and `read_at` (when they were read, "" for not yet) are pushed to each page of this mechanic, `has_failed`
    when they couldn't be read (docs/decisions/0003): here they are only ever emptied. `older_weeks` are those that were asked for behind
    the pushed ones, going on at `weeks_before` as soon as there are any.
    """

    card: AccountCard = AccountCard()
    earnings: EarningsView = EarningsView()
    read_at: str = ""
    has_failed: bool = False
    lines: int = LINES
    older_weeks: list[WeekLine] = []
    weeks_before: str = ""

    @rx.event
    async def load(self):
        """With the dashboard: the account; the rest too, where the address names the tab."""
        self.lines, self.older_weeks, self.weeks_before = LINES, [], ""
        return await self._look(self._is_open())

    @rx.event
    async def open(self, tab: str):
        """A tab of the dashboard was opened."""
        return await self._look(tab == EARNINGS)

    @rx.event
    async def look(self):
        """Read it again."""
        return await self._look(self._is_open())

    @rx.event
    async def show_more(self):
        """More of the list of shares."""
        self.lines = min(self.lines + LINES, MOST)
        return await self._look(True)

    @rx.event
    async def show_older_weeks(self, before: str):
        """The statements of the half year that ends with this week."""
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        try:
            async with reading() as db:
                page = await statements.weeks(db, caller.user_id, cursor=before if isinstance(before, str) else "")
        except ValidationFailed:
            return None
        known = {week.name for week in self.get_value("older_weeks")}
        fresh = [week_line(each, None) for each in page.items if str(each.week) not in known]
        self.older_weeks, self.weeks_before = [*self.get_value("older_weeks"), *fresh], page.next_cursor or ""
        return None

    def _is_open(self) -> bool:
        return self.router.url.query_parameters.get("tab") == EARNINGS.lower()

    async def _look(self, is_open: bool) -> Any:
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        await realtime.join_board(self, topics.earnings, view=view_of(caller.user_id, self.lines if is_open else 0))
        return None

    async def _turn_away(self, to_login: Any) -> Any:
        await realtime.leave_board(self, topics.earnings)
        self.reset()
        return to_login


def view_of(mechanic_id: uuid.UUID, lines: int) -> str:
    """A mechanic's earnings with so many shares listed; with none, only how the account stands."""
    return f"{mechanic_id}:{lines}"


async def read_earnings(view: str) -> StateUpdate:
    """A view, as every page that shows it takes it; one that can't be read says so."""
    mechanic_id, _, lines = view.partition(":")
    try:
        values = await _read(uuid.UUID(mechanic_id), int(lines))
    except Exception:
        log.exception("earnings can't be read", view=view)
        return as_update(EarningsState, has_failed=True)
    return as_update(EarningsState, has_failed=False, **values)


async def _read(mechanic_id: uuid.UUID, lines: int) -> dict[str, Any]:
    async with reading() as db:
        account, not_sent = await queries.account(db, mechanic_id), await queries.not_sent(db, mechanic_id)
        values: dict[str, Any] = {"card": account_card(account, not_sent)}
        if not lines:
            return values
        drawn = earnings_view(
            await queries.earnings(db, mechanic_id),
            await queries.by_week(db, mechanic_id, weeks=WEEKS),
            await statements.weeks(db, mechanic_id),
            await queries.payouts(db, mechanic_id, limit=lines),
            is_ready=account.standing is Standing.ready,
            most=MOST,
        )
    return values | {"earnings": drawn, "read_at": iso(clock.now())}
