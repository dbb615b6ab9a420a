"""What requests keep of an erased customer: when they were made, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountErased, AccountLeaving
from autodoctor.core import events
from autodoctor.files.erasing import hold_uploads_of
from autodoctor.matching.models import SessionRequest
from autodoctor.sessions.erasing import hold_sessions_of
from autodoctor.vehicles.erasing import hold_vehicles_of


@events.subscribe(AccountLeaving)
async def hold_what_is_theirs(db: AsyncSession, fact: AccountLeaving) -> None:
    """Session, request, files, vehicles, and the account last, as everybody takes them: two who want several of these never wait for
    each other.
    """
    await hold_sessions_of(db, fact.user_id)
    requests = sa.select(col(SessionRequest.id)).where(col(SessionRequest.customer_id) == fact.user_id)
    await db.execute(requests.order_by(col(SessionRequest.id)).with_for_update(key_share=True))
    await hold_uploads_of(db, fact.user_id)
    await hold_vehicles_of(db, fact.user_id)


@events.subscribe(AccountErased)
async def erase_from_requests(db: AsyncSession, fact: AccountErased) -> None:
    theirs = sa.update(SessionRequest).where(col(SessionRequest.customer_id) == fact.user_id)
    await db.execute(theirs.values(customer_name=None, customer_email=None, notes=None))


__all__ = ["erase_from_requests", "hold_what_is_theirs"]
