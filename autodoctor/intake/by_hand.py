"""Administrators work the intakes: one, or many at once (section 5)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.audit import service as audit
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.intake import status
from autodoctor.intake.rules import IntakeStatus

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class NotChanged:
    """An intake that stays as it is, and why: the refusal's machine word and its sentence."""

    id: uuid.UUID
    code: str
    detail: str


@dataclass(frozen=True)
class Changed:
    """What became of many at once. Those that had the status already count as changed; `moved` holds what the others were before."""

    ids: list[uuid.UUID] = field(default_factory=list)
    refused: list[NotChanged] = field(default_factory=list)
    moved: dict[uuid.UUID, IntakeStatus] = field(default_factory=dict)


async def set_status(db: AsyncSession, admin: Caller | None, intake_id: uuid.UUID, to: IntakeStatus) -> None:
    """Move one intake. Raises Forbidden, NotFound, InvalidTransition."""
    await status.change(db, intake_id, to, actor_id=require_admin(admin).user_id)


async def set_statuses(db: AsyncSession, admin: Caller | None, intake_ids: Collection[uuid.UUID], to: IntakeStatus) -> Changed:
    """Move those that can be moved, and say of the others why they can't. Raises Forbidden.

    In the order of their ids, so that two who do this at once never wait for each other.
    """
    actor, done = require_admin(admin), Changed()
    for intake_id in sorted(set(intake_ids)):
        try:
            before = await status.change(db, intake_id, to, actor_id=actor.user_id)
            done.ids.append(intake_id)
            if before is not to:
                done.moved[intake_id] = before
        except (NotFound, InvalidTransition) as refusal:
            done.refused.append(NotChanged(intake_id, refusal.code, refusal.detail))
    return done


async def take_back(db: AsyncSession, admin: Caller | None, moved: Mapping[uuid.UUID, IntakeStatus], to: IntakeStatus) -> Changed:
    """Undo what `set_statuses` has moved to `to`, and say of those that somebody has moved on since why they stay. Raises Forbidden."""
    actor, done = require_admin(admin), Changed()
    for intake_id in sorted(moved):
        try:
            await status.take_back(db, intake_id, before=moved[intake_id], after=to, actor_id=actor.user_id)
            done.ids.append(intake_id)
        except InvalidTransition as refusal:
            done.refused.append(NotChanged(intake_id, refusal.code, refusal.detail))
    return done


async def note_export(db: AsyncSession, admin: Caller | None, **wanted: str) -> None:
    """An administrator takes the list home, with everybody's contact details: the audit log says which. Raises Forbidden."""
    await audit.record(db, require_admin(admin).user_id, "export", "intakes", "all", **wanted)
