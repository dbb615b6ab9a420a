"""Routes for development only: in production they don't exist."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Text
from autodoctor.core.db import reading
from autodoctor.core.errors import NotFound
from autodoctor.core.settings import get_settings
from autodoctor.notifications.queries import sent_mails
from autodoctor.words import _


async def require_development() -> None:
    if get_settings().is_production:
        raise NotFound(_("There is nothing at this address."))


router = APIRouter(dependencies=[Depends(require_development)], tags=["development"])


class MailItem(ApiModel):
    to: str
    subject: str
    text: str
    html: str
    links: list[str]
    created_at: datetime


class Outbox(ApiModel):
    items: list[MailItem]


@router.get("/api/dev/outbox", responses=problems(404, 422))
async def outbox(
    to: Annotated[Text | None, Query(description="only the mails to this address", max_length=254)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Outbox:
    """The mails that were written, newest first: the mailbox of development. 404 in production."""
    async with reading() as db:
        mails = await sent_mails(db, to, limit)
    return Outbox(items=[MailItem.model_validate(mail) for mail in mails])
