"""The mails of a development machine."""

from __future__ import annotations

from dataclasses import dataclass, field

import reflex as rx

from autodoctor.core.db import reading
from autodoctor.core.settings import get_settings
from autodoctor.notifications.queries import SentMail, sent_mails


@dataclass(frozen=True)
class MailLine:
    """A mail as it is drawn. `at` is ISO 8601 in UTC."""

    receiver: str
    subject: str
    text: str
    at: str
    links: list[str] = field(default_factory=list)


class OutboxState(rx.State):
    """`phase`: `loading`, `shown`, `missing` (in production there is no such page)."""

    phase: str = "loading"
    mails: list[MailLine] = []

    @rx.event
    async def load(self):
        """The newest fifty."""
        if get_settings().is_production:
            self.phase = "missing"
            return
        async with reading() as db:
            self.mails = [line_of(mail) for mail in await sent_mails(db)]
        self.phase = "shown"


def line_of(mail: SentMail) -> MailLine:
    """A mail as the page takes it."""
    return MailLine(receiver=mail.to, subject=mail.subject, text=mail.text, at=mail.created_at.isoformat(), links=list(mail.links))
