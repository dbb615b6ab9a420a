"""Deleting a session for good: a rare thing, for what was made by mistake and never was one."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.audit import service as audit
from autodoctor.core import events
from autodoctor.sessions import status
from autodoctor.sessions.facts import SessionDeleted
from autodoctor.sessions.models import Session
from autodoctor.sessions.refusals import MustStay
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus
from autodoctor.words import _


async def delete(db: AsyncSession, admin: Caller | None, session_id: uuid.UUID) -> None:
    """Delete a cancelled session with its request, its intake staying its customer's.

    What anybody paid for stays, with its ledger; so does what was said or written in it, and every session that took place. Those who
    keep such records refuse in this transaction. Raises Forbidden, NotFound, MustStay.
    """
    actor = require_admin(admin)
    found = await status.locked(db, session_id)
    if SESSION_TRANSITIONS[found]:
        raise MustStay(_("This session isn't over. Cancel it first."))
    if found is SessionStatus.completed:
        raise MustStay(_("This session took place: its history stays."))
    await events.record(db, SessionDeleted(session_id))
    await db.execute(sa.delete(Session).where(col(Session.id) == session_id))
    await audit.record(db, actor.user_id, "delete_session", "session", session_id, was=found)
