"""What the conversation tells of itself: who came by an invitation, and who was shown out (M8)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.chat.notice_words import JOINED, REMOVED
from autodoctor.chat.service import announce
from autodoctor.core import events
from autodoctor.sessions.facts import GuestCame, GuestRemoved


@events.subscribe(GuestCame)
async def tell_who_came(db: AsyncSession, fact: GuestCame) -> None:
    text = JOINED.format(name=fact.name)
    await announce(db, fact.session_id, actor_id=fact.guest_id, text=text, key=f"joined:{fact.guest_id}")


@events.subscribe(GuestRemoved)
async def tell_who_was_removed(db: AsyncSession, fact: GuestRemoved) -> None:
    text = REMOVED.format(name=fact.name)
    await announce(db, fact.session_id, actor_id=fact.actor_id, text=text, key=f"removed:{fact.guest_id}")
