"""Writing to people: a mail is written into the transaction of its cause and sent by `jobs` afterwards (PRODUCT section 8)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import outbox
from autodoctor.notifications.frame import render
from autodoctor.notifications.templates import TEMPLATES

MAIL = "mail"
"""The outbox's word for a mail."""


async def send_mail(db: AsyncSession, *, template: str, to: str, key: str, **values: Any) -> None:
    """Write the mail `template` (a function of `templates`, which says what `values` it wants) to the address `to`.

    It is sent once per `key`, for instance "receipt:<session id>": a second call with the same key changes nothing.
    Raises KeyError for an unknown template and TypeError for values it doesn't take.
    """
    mail = render(TEMPLATES[template](**values))
    await outbox.enqueue(db, MAIL, key=key, payload={"to": to, **asdict(mail)})
