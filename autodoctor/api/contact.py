"""The contact form."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from autodoctor.accounts.addresses import read_email
from autodoctor.accounts.limits import check_rate
from autodoctor.api.account_schemas import Said
from autodoctor.api.callers import VisitorOrigin
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Text
from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.core.ids import new_id
from autodoctor.core.settings import get_settings
from autodoctor.core.text import one_line, several_lines
from autodoctor.notifications.service import send_mail
from autodoctor.words import _

router = APIRouter(tags=["others"])


class ContactMessage(ApiModel):
    name: Text = Field(min_length=1, max_length=200)
    email: Text = Field(max_length=254)
    message: Text = Field(min_length=1, max_length=5000)


@router.post("/api/contact", response_model=Said, responses=problems(422, 429))
async def contact(body: ContactMessage, origin: VisitorOrigin) -> Said:
    """Write to the people who run this site."""
    await check_rate("contact", origin.ip_address, body.email)
    address = read_email(body.email)
    name, message = one_line(body.name), several_lines(body.message)
    wrong = [address] if isinstance(address, FieldError) else []
    wrong += [FieldError(field, _("This is required.")) for field, text in (("name", name), ("message", message)) if not text]
    if wrong:
        raise ValidationFailed(*wrong)
    to = get_settings().contact_email
    async with unit_of_work() as db:
        await send_mail(db, template="contact_message", to=to, key=f"contact:{new_id()}", name=name, email=address, message=message)
    return Said(message=_("Thank you. We answer within a day."))
