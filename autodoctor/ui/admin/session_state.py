"""One session as administrators see it: what happened, who took part, its money, and giving some of it back."""

from __future__ import annotations

import contextlib
from typing import Any

import reflex as rx
import structlog

from autodoctor.accounts import queries as accounts
from autodoctor.accounts.identity import Caller
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import FieldError, NotFound, Refusal, ValidationFailed
from autodoctor.core.ids import new_id, parse_id
from autodoctor.matching.figures import figures
from autodoctor.payments import admin_queries, by_hand
from autodoctor.payments.figures import flows, moved_of
from autodoctor.payouts import admin_queries as payout_queries
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.timeline import timeline
from autodoctor.ui.admin import money_lines, session_view
from autodoctor.ui.admin.figures_view import Tile, session_tiles
from autodoctor.ui.admin.money_lines import Line, of_this_session
from autodoctor.ui.admin.session_view import Event, Preview, SessionFacts
from autodoctor.ui.admin.view import Figure, figure_rows
from autodoctor.ui.amounts import cents_of
from autodoctor.ui.guard import admin_of
from autodoctor.ui.steady import Steady
from autodoctor.words import _

log = structlog.get_logger(__name__)

PAGES = "/admin/sessions/"


class AdminSessionState(Steady, rx.State):
    """`phase`: `loading`, `found`, `missing`, `failed`. `books` is what the ledger says of it. `amount` and `reason` are the refund that is
    being written, `preview` what it would do; `drawn` is another text whenever the form is to be drawn empty. The key of the refund
    makes a double click one.
    """

    phase: str = "loading"
    figures: list[Figure] = []
    facts: SessionFacts = SessionFacts()
    events: list[Event] = []
    books: list[Tile] = []
    payments: list[Line] = []
    refunds: list[Line] = []
    disputes: list[Line] = []
    payouts: list[Line] = []
    is_disputed: bool = False
    preview: Preview = Preview()
    amount: str = ""
    reason: str = ""
    note: str = ""
    problem: str = ""
    drawn: str = ""
    _key: str = ""

    @rx.event
    async def load(self):
        """The session that the path names."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self._begin_anew()
        self.note = ""
        try:
            await self._follow(caller)
        except Exception:
            log.exception("a session can't be shown")
            self.phase = "failed"
        return None

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """Something about the session or its money has changed."""
        return await self.beat() if self.router.url.path.startswith(PAGES) else None

    @rx.event
    async def beat(self):
        """Look again, whatever was told. What is being written stays."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        await self._follow(caller)
        return None

    @rx.event
    async def set_amount(self, text: str):
        """What goes back, as it is typed; what it would do is told at once."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.amount, self.problem = str(text)[:20], ""
        await self._prepare(caller)
        return None

    @rx.event
    async def set_reason(self, text: str):
        """Why, as it is typed."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.reason, self.problem = str(text)[: by_hand.LONGEST_REASON], ""
        return None

    @rx.event
    async def give_back(self):
        """Do it."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.note, self.problem = "", ""
        try:
            cents, session_id = _cents(self.amount), session_view.session_at(self.router.url.path)
            async with unit_of_work() as db:
                done = await by_hand.refund_session(db, caller, session_id, amount_cents=cents, reason=self.reason, key=parse_id(self._key))
            self.note = session_view.done_words(done.cents, is_new=done.is_new)
            self._begin_anew()
        except Refusal as refusal:
            self.problem = refusal.detail
        await self._show(caller)
        return None

    def _begin_anew(self) -> None:
        self.amount, self.reason, self.problem = "", "", ""
        self._key = self.drawn = new_id().hex

    async def _follow(self, caller: Caller) -> None:
        if session_id := parse_id(self.router.url.path.rstrip("/").rpartition("/")[2]):
            for topic in (topics.session(session_id), topics.money_of(session_id)):
                await realtime.follow(self, topic, AdminSessionState.hear)
        await self._show(caller)

    async def _show(self, caller: Caller) -> None:
        try:
            session_id = session_view.session_at(self.router.url.path)
            async with reading() as db:
                session = await sessions.view(db, session_id)
                await self._read(db, session)
        except NotFound:
            self.phase = "missing"
            return
        await self._prepare(caller)
        self.phase = "found"

    async def _read(self, db: Any, session: SessionView) -> None:
        """Everything but the refund that is being written."""
        self.figures = figure_rows(await figures(db))
        self.facts = session_view.facts(session, *await _addresses(db, session))
        self.events = [session_view.event(each) for each in await timeline(db, session.id)]
        self.books = session_tiles(flows(await moved_of(db, session.id)))
        self.payments = [of_this_session(money_lines.payment_line(each)) for each in await admin_queries.payments_of(db, session.id)]
        self.refunds = [of_this_session(money_lines.refund_line(each)) for each in await admin_queries.refunds_of(db, session.id)]
        disputes = await admin_queries.disputes_of(db, session.id)
        self.disputes = [of_this_session(money_lines.dispute_line(each, clock.now())) for each in disputes]
        self.is_disputed = any(each.status in admin_queries.UNDECIDED for each in disputes)
        self.payouts = [of_this_session(money_lines.payout_line(each)) for each in await payout_queries.of_session(db, session.id)]

    async def _prepare(self, caller: Caller) -> None:
        try:
            async with reading() as db:
                self.preview = session_view.preview(
                    await by_hand.prepare(db, caller, session_view.session_at(self.router.url.path), _cents(self.amount))
                )
        except Refusal as refusal:
            self.preview = Preview(problem=refusal.detail)


def _cents(text: str) -> int | None:
    """None where nothing was typed: all that is left. Raises ValidationFailed."""
    if not text.strip():
        return None
    cents = cents_of(text)
    if cents is None:
        raise ValidationFailed(FieldError("amountCents", _("Please write the amount like 12.50.")))
    return cents


async def _addresses(db: Any, session: SessionView) -> tuple[str, str]:
    """The customer's and the mechanic's, "" where there is none."""
    customer = mechanic = ""
    with contextlib.suppress(NotFound):
        customer = (await accounts.customer_profile(db, session.customer_id)).email if session.customer_id else ""
    with contextlib.suppress(NotFound):
        mechanic = (await accounts.mechanic_profile(db, session.mechanic_id)).email if session.mechanic_id else ""
    return customer, mechanic
