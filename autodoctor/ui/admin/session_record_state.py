"""What stays of one session: words, files, stars; and ending it by hand."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from autodoctor.accounts import queries as accounts
from autodoctor.accounts.identity import Caller
from autodoctor.chat import by_hand as chat
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound, Refusal
from autodoctor.core.ids import new_id
from autodoctor.files import queries as files
from autodoctor.matching import by_hand as matching
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions import queries as sessions
from autodoctor.sessions import service
from autodoctor.sessions.queries import SessionView
from autodoctor.ui.admin.session_record_view import Record, Said, cancelled_words, record_of, said
from autodoctor.ui.admin.session_view import session_at
from autodoctor.ui.guard import admin_of
from autodoctor.ui.room.view import FileLine, file_line
from autodoctor.ui.steady import Steady
from autodoctor.video import service as video
from autodoctor.words import _

PAGES = "/admin/sessions/"
LONGEST_WHY = 200


class SessionRecordState(Steady, rx.State):
    """`said` is what was written, once an administrator has asked to read it (`has_read`). `why` is why it is ended, for the audit log;
    `drawn` is another text whenever its field is to be drawn empty.
    """

    record: Record = Record()
    files: list[FileLine] = []
    said: list[Said] = []
    has_read: bool = False
    is_cut: bool = False
    why: str = ""
    note: str = ""
    problem: str = ""
    drawn: str = ""

    @rx.event
    async def load(self):
        """The session that the path names; nothing of what was said in it."""
        self.said, self.has_read, self.is_cut = [], False, False
        self.why, self.note, self.problem, self.drawn = "", "", "", new_id().hex
        return await self._look()

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """Something about the session has changed."""
        return await self._look() if self.router.url.path.startswith(PAGES) else None

    @rx.event
    async def beat(self):
        """Look again, whatever was told: the links to the files are short-lived."""
        return await self._look()

    @rx.event
    async def read(self):
        """Read the conversation; that somebody did is written down."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.problem = ""
        try:
            async with unit_of_work() as db:
                session = await sessions.view(db, session_at(self.router.url.path))
                found = await chat.read(db, caller, session.id)
                names = await _names(db, session, {each.sender_id for each in found})
        except Refusal as refusal:
            self.problem = refusal.detail
            return None
        self.said, self.has_read, self.is_cut = [said(each, names) for each in found], True, session.message_count > len(found)
        return None

    @rx.event
    async def set_why(self, text: str):
        """Why, as it is typed."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.why, self.problem = str(text)[:LONGEST_WHY], ""
        return None

    @rx.event
    async def end(self):
        """End it as if one of them had."""

        async def work(db: Any, caller: Caller) -> str:
            await service.end_by_hand(db, caller, session_at(self.router.url.path), reason=self.why)
            return _("The session is ended.")

        return await self._do(work)

    @rx.event
    async def cancel(self):
        """Cancel it, with all its money back."""

        async def work(db: Any, caller: Caller) -> str:
            done = await matching.force_cancel(db, caller, session_at(self.router.url.path), reason=self.why)
            return cancelled_words(done.refund_cents)

        return await self._do(work)

    async def _do(self, work: Callable[[Any, Caller], Awaitable[str]]) -> Any:
        """One act in one transaction; `work` answers what to say of it."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            async with unit_of_work() as db:
                note = await work(db, caller)
            self.why, self.note, self.problem, self.drawn = "", note, "", new_id().hex
        except Refusal as refusal:
            self.note, self.problem = "", refusal.detail
        return await self._look()

    async def _look(self) -> Any:
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            session_id = session_at(self.router.url.path)
            await realtime.follow(self, topics.session(session_id), SessionRecordState.hear)
            async with reading() as db:
                session = await sessions.view(db, session_id)
                self.files = await _files(db, session)
        except NotFound:
            self.record, self.files = Record(), []
            return None
        self.record = record_of(session, has_video=video.is_offered())
        return None


async def _files(db: Any, session: SessionView) -> list[FileLine]:
    """Those that came with the description, then those of the room, the oldest first."""
    described = await files.links_of_intakes(db, [session.intake_id]) if session.intake_id else {}
    sent = [each.link for each in reversed(await files.files_of_session(db, session.id))]
    return [file_line(each) for each in [*(link for links in described.values() for link in links), *sent]]


async def _names(db: Any, session: SessionView, senders: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    known = await accounts.full_names(db, senders)
    return known | ({session.mechanic_id: session.mechanic_name or ""} if session.mechanic_id else {})
