"""The one place where an intake's status changes: through the table, in one conditional statement, and written down."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.audit import service as audit
from autodoctor.core import events
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.intake.facts import IntakeMoved
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import INTAKE_TRANSITIONS, IntakeStatus
from autodoctor.sessions.rules import sources_of
from autodoctor.words import N_, _

NOT_FOUND = N_("We couldn't find this intake.")
WORDS = {
    IntakeStatus.new: N_("New"),
    IntakeStatus.pending: N_("Pending"),
    IntakeStatus.in_review: N_("In review"),
    IntakeStatus.in_progress: N_("In progress"),
    IntakeStatus.awaiting_customer: N_("Awaiting customer"),
    IntakeStatus.resolved: N_("Resolved"),
    IntakeStatus.cancelled: N_("Cancelled"),
}
"""What administrators call each status."""


async def change(db: AsyncSession, intake_id: uuid.UUID, to: IntakeStatus, *, actor_id: uuid.UUID) -> IntakeStatus:
    """Move an intake to `to`, and answer what it was; the status that it has already changes nothing. Raises NotFound,
    InvalidTransition.
    """
    before = await db.scalar(sa.select(col(Intake.status)).where(col(Intake.id) == intake_id).with_for_update())
    if before is None:
        raise NotFound(_(NOT_FOUND))
    if before is to:
        return before
    may_move = sa.update(Intake).where(col(Intake.id) == intake_id, col(Intake.status).in_(sources_of(INTAKE_TRANSITIONS, to)))
    moved = await db.execute(may_move.values(status=to))
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        raise InvalidTransition(_("It is {before} and can't become {after}.", before=_words(before), after=_words(to)))
    await events.record(db, IntakeMoved(intake_id))
    await audit.record(db, actor_id, "change_intake", "intake", intake_id, before=before, after=to)
    return before


async def take_back(db: AsyncSession, intake_id: uuid.UUID, *, before: IntakeStatus, after: IntakeStatus, actor_id: uuid.UUID) -> None:
    """Undo a change: the one way backwards, and only as long as nobody has moved the intake on. Raises InvalidTransition."""
    unmoved = sa.update(Intake).where(col(Intake.id) == intake_id, col(Intake.status) == after)
    moved = await db.execute(unmoved.values(status=before))
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        raise InvalidTransition(_("It isn't {status} any more.", status=_words(after)))
    await events.record(db, IntakeMoved(intake_id))
    await audit.record(db, actor_id, "change_intake", "intake", intake_id, before=after, after=before, taken_back=True)


def _words(status: IntakeStatus) -> str:
    return _(WORDS[status]).lower()
