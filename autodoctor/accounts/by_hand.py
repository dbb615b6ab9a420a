"""What an operator decides about a mechanic, on the pages or on the command line: approved, suspended, junior or senior (R3).

Each is written down. Without `actor_id` it came from the command line.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import mechanics, tokens
from autodoctor.accounts.addresses import spelled_once
from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import LoginToken, Mechanic, MechanicSession, MechanicStatus, Seniority, User
from autodoctor.audit import service as audit
from autodoctor.core.errors import NotFound
from autodoctor.words import N_, _

_NO_SUCH = N_("We couldn't find this mechanic.")


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


async def log_out(db: AsyncSession, actor_id: uuid.UUID | None, email: str) -> int:
    """End every login of the accounts with this address, in whatever role. Answers how many there were. Raises NotFound."""
    owned = (sa.select(col(table.id)).where(col(table.email) == spelled_once(email)) for table in (User, Mechanic))
    owners = [owner_id for query in owned for owner_id in await db.scalars(query)]
    if not owners:
        raise NotFound(_("There is no account with the address {email}.", email=email))
    for owner_id in owners:
        await audit.record(db, actor_id, "log_out", "user", owner_id)
    theirs = await tokens.end(db, LoginToken, col(LoginToken.user_id).in_(owners))
    return theirs + await tokens.end(db, MechanicSession, col(MechanicSession.mechanic_id).in_(owners))


async def log_everybody_out(db: AsyncSession, actor_id: uuid.UUID | None) -> int:
    """End every login there is, guests' too. Answers how many there were."""
    await audit.record(db, actor_id, "log_everybody_out", "user", "all")
    return await tokens.end(db, LoginToken, sa.true()) + await tokens.end(db, MechanicSession, sa.true())


async def _held(db: AsyncSession, mechanic_id: uuid.UUID) -> Mechanic:
    held = sa.select(Mechanic).where(col(Mechanic.id) == mechanic_id).with_for_update()
    mechanic = await db.scalar(held.execution_options(populate_existing=True))
    if mechanic is None:
        raise NotFound(_(_NO_SUCH))
    return mechanic


async def _status(db: AsyncSession, mechanic_id: uuid.UUID) -> MechanicStatus:
    """Looked at, not held: a suspension holds what they have taken first, then them."""
    status = await db.scalar(sa.select(col(Mechanic.status)).where(col(Mechanic.id) == mechanic_id))
    if status is None:
        raise NotFound(_(_NO_SUCH))
    return status
