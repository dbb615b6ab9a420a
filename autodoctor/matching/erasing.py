"""What requests keep of an erased customer: when they were made, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountErased
from autodoctor.core import events
from autodoctor.matching.models import SessionRequest


@events.subscribe(AccountErased)
async def erase_from_requests(db: AsyncSession, fact: AccountErased) -> None:
    theirs = sa.update(SessionRequest).where(col(SessionRequest.customer_id) == fact.user_id)
    await db.execute(theirs.values(customer_name=None, customer_email=None, notes=None))


__all__ = ["erase_from_requests"]
