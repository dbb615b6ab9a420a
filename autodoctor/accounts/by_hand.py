"""What an operator decides about a mechanic, on the pages or on the command line: approved, suspended, junior or senior (R3).

Each is written down. Without `actor_id` it came from the command line.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import mechanics
from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.audit import service as audit
from autodoctor.core.errors import NotFound


async def change_mechanic(
    db: AsyncSession,
    admin: Caller | None,
    mechanic_id: uuid.UUID,
    *,
    status: MechanicStatus | None = None,
    seniority: Seniority | None = None,
) -> None:
    """Change what is given; what is so already stays, and nobody is told. `status` is `approved` or `suspended`.

    Raises Forbidden, NotFound.
    """
    actor_id = require_admin(admin).user_id
    if seniority is not None:
        await set_seniority(db, actor_id, mechanic_id, seniority)
    if status is MechanicStatus.approved:
        await approve(db, actor_id, mechanic_id)
    elif status is MechanicStatus.suspended:
        await suspend(db, actor_id, mechanic_id)


async def approve(db: AsyncSession, actor_id: uuid.UUID | None, mechanic_id: uuid.UUID) -> None:
    """They can take requests, and hear of it by mail. Raises NotFound."""
    if (await _held(db, mechanic_id)).status is MechanicStatus.approved:
        return
    await mechanics.approve(db, mechanic_id)
    await audit.record(db, actor_id, "approve_mechanic", "mechanic", mechanic_id)


async def suspend(db: AsyncSession, actor_id: uuid.UUID | None, mechanic_id: uuid.UUID) -> None:
    """They are logged out everywhere and take no more requests. Raises NotFound."""
    if await _status(db, mechanic_id) is MechanicStatus.suspended:
        return
    await mechanics.suspend(db, mechanic_id)
    await audit.record(db, actor_id, "suspend_mechanic", "mechanic", mechanic_id)


async def set_seniority(db: AsyncSession, actor_id: uuid.UUID | None, mechanic_id: uuid.UUID, seniority: Seniority) -> None:
    """Seniors take Full Diagnostics too. Raises NotFound."""
    if (await _held(db, mechanic_id)).seniority is seniority:
        return
    await mechanics.set_seniority(db, mechanic_id, seniority)
    await audit.record(db, actor_id, "set_seniority", "mechanic", mechanic_id, seniority=seniority.value)


async def _held(db: AsyncSession, mechanic_id: uuid.UUID) -> Mechanic:
    held = sa.select(Mechanic).where(col(Mechanic.id) == mechanic_id).with_for_update()
    mechanic = await db.scalar(held.execution_options(populate_existing=True))
    if mechanic is None:
        raise NotFound("We couldn't find this mechanic.")
    return mechanic


async def _status(db: AsyncSession, mechanic_id: uuid.UUID) -> MechanicStatus:
    """Looked at, not held: a suspension holds what they have taken first, then them."""
    status = await db.scalar(sa.select(col(Mechanic.status)).where(col(Mechanic.id) == mechanic_id))
    if status is None:
        raise NotFound("We couldn't find this mechanic.")
    return status
