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
from autodoctor.ui.numbers import long_day
from autodoctor.ui.room.view import vehicle_of
from autodoctor.ui.steady import Steady
from autodoctor.words import _

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
        return FoundLine(
            person.name, _("Mechanic · {email}", email=person.email), leading_to("/admin/mechanics", {"standing": "all", "q": person.email})
        )
    href = leading_to("/admin/sessions", {"show": "all", "q": person.email or person.name})
    return FoundLine(person.name or person.email, _("Customer · {email}", email=person.email), href)


def _session(session: SessionView) -> FoundLine:
    customer, mechanic = session.customer_name, session.mechanic_name
    people = _("{customer} with {mechanic}", customer=customer, mechanic=mechanic) if customer and mechanic else customer or mechanic
    about = " · ".join(each for each in (people, long_day(session.created_at.date()), str(session.id)[:8]) if each)
    label = _("Session: {vehicle}", vehicle=vehicle_of(session) or _("vehicle not described"))
    return FoundLine(label, about, f"/admin/sessions/{session.id}")
