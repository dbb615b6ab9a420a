"""Telling the customer what the mechanic has written for them (section 8)."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, Profile, User
from autodoctor.core.settings import get_settings
from autodoctor.notifications.service import send_mail
from autodoctor.sessions.models import Session


async def tell_of_report(db: AsyncSession, session_id: uuid.UUID) -> None:
    """The report is finished."""
    await _tell(db, session_id, template="report_ready", key=f"report:{session_id}")


async def tell_of_plan(db: AsyncSession, session_id: uuid.UUID, number: int) -> None:
    """An action plan was sent when the room was closed already."""
    await _tell(db, session_id, template="action_plan_ready", key=f"plan:{session_id}:{number}")


async def _tell(db: AsyncSession, session_id: uuid.UUID, *, template: str, key: str) -> None:
    query = (
        sa.select(col(User.email), col(Profile.full_name), col(Mechanic.name))
        .select_from(Session)
        .join(User, col(User.id) == col(Session.customer_user_id))
        .join(Profile, col(Profile.id) == col(User.id))
        .join(Mechanic, col(Mechanic.id) == col(Session.mechanic_id))
        .where(col(Session.id) == session_id)
    )
    found = (await db.execute(query)).one_or_none()
    if found is None or not found.email:
        return  # the account is gone: nobody is left to write to
    link = f"{get_settings().app_url}/customer/sessions/{session_id}"
    await send_mail(db, template=template, to=found.email, key=key, name=found.full_name or "", mechanic_name=found.name, link=link)
