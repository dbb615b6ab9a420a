"""What an administrator finds from anywhere by a few words."""

from __future__ import annotations

from dataclasses import dataclass, field

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.core.errors import ValidationFailed
from autodoctor.sessions import lookup
from autodoctor.sessions.lookup import Found, PersonFound
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.searching import LONGEST_SEARCH
from autodoctor.ui.addresses import leading_to
from autodoctor.ui.guard import admin_of
from autodoctor.ui.room.view import vehicle_of
from autodoctor.ui.steady import Steady

SHORTEST = 3


@dataclass(frozen=True)
class FoundLine:
    """Something that was found, and where it leads."""

    label: str
    about: str
    href: str


@dataclass(frozen=True)
class PaletteAnswer:
    """What the words have found; `note` says in words why nothing more."""

    words: str = ""
    found: list[FoundLine] = field(default_factory=list)
    note: str = ""


class PaletteState(Steady, rx.State):
    answer: PaletteAnswer = PaletteAnswer()

    @rx.event
    async def find(self, words: str):
        """Sessions and people by name, address or number."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        asked = words.replace("\0", "").strip()[:LONGEST_SEARCH] if isinstance(words, str) else ""
        if len(asked) < SHORTEST:
            self.answer = PaletteAnswer(asked)
            return None
        try:
            async with reading() as db:
                self.answer = answered(asked, await lookup.look_up(db, caller, asked))
        except ValidationFailed as refusal:
            self.answer = PaletteAnswer(asked, note=refusal.detail)
        return None


def answered(words: str, found: Found) -> PaletteAnswer:
    """People first: their lists tell more than their newest session. Pure."""
    return PaletteAnswer(words, [*map(_person, found.people), *map(_session, found.sessions)])


def _person(person: PersonFound) -> FoundLine:
    if person.is_mechanic:
        return FoundLine(person.name, f"Mechanic · {person.email}", leading_to("/admin/mechanics", {"standing": "all", "q": person.email}))
    href = leading_to("/admin/sessions", {"show": "all", "q": person.email or person.name})
    return FoundLine(person.name or person.email, f"Customer · {person.email}", href)


def _session(session: SessionView) -> FoundLine:
    people = " with ".join(each for each in (session.customer_name, session.mechanic_name) if each)
    about = " · ".join(each for each in (people, f"{session.created_at:%-d %B %Y}", str(session.id)[:8]) if each)
    return FoundLine(f"Session: {vehicle_of(session) or 'vehicle not described'}", about, f"/admin/sessions/{session.id}")
