"""One of the customer's sessions, looked back at."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.ids import parse_id
from autodoctor.sessions.models import ParticipantRole
from autodoctor.ui.guard import customer_of
from autodoctor.ui.room import load
from autodoctor.ui.room.papers_view import Papers
from autodoctor.ui.room.view import CaseView, MessageLine, Summary
from autodoctor.ui.steady import Steady


class SessionState(Steady, rx.State):
    """`phase`: `loading`, `not_found`, `found`."""

    phase: str = "loading"
    summary: Summary = Summary()
    case: CaseView = CaseView()
    messages: list[MessageLine] = []
    notes: str = ""
    papers: Papers = Papers()

    @rx.event
    async def load(self):
        """The session that the path names, for its customer alone."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        party = await load.party_among([caller], parse_id(self.router.url.path.rstrip("/").rpartition("/")[2]))
        if party is None or party.role is not ParticipantRole.customer:
            self.reset()
            self.phase = "not_found"
            return None
        record = await load.record(party)
        self.summary, self.case, self.notes = await load.summary(party), record.case, record.notes
        self.papers = await load.papers(party)
        self.messages, self.phase = await load.conversation(party), "found"
        return None
