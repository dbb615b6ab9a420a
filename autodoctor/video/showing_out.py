"""Who belongs to a session no more, or comes after its end, is shown out of its video room (M3).

A token can't be taken back: it opens its room for as long as it was made for. So whoever comes in with an old one is shown out again,
on LiveKit's word that they are there.
"""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import events, outbox
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.livekit import service as livekit
from autodoctor.sessions.facts import GuestRemoved, MechanicReleased
from autodoctor.video import rules
from autodoctor.video.rules import Identity

SHOW_OUT = "show_out"
"""The outbox entry that removes one person from a session's room."""


@events.subscribe(MechanicReleased)
async def show_mechanic_out(db: AsyncSession, fact: MechanicReleased) -> None:
    """In the transaction that takes a session from its mechanic: they don't see and hear what the next one is told."""
    if get_settings().livekit_configured:
        await show_out(db, fact.session_id, Identity("party", fact.mechanic_id), cause=new_id().hex)


@events.subscribe(GuestRemoved)
async def show_guest_out(db: AsyncSession, fact: GuestRemoved) -> None:
    """In the transaction that takes an invitation back (M8)."""
    if get_settings().livekit_configured:
        await show_out(db, fact.session_id, Identity("guest", fact.guest_id), cause=new_id().hex)


async def show_out(db: AsyncSession, session_id: uuid.UUID, who: Identity, *, cause: str) -> None:
    """Have somebody removed, once per `cause`."""
    payload = {"room": rules.room_of(session_id), "identity": str(who)}
    await outbox.enqueue(db, SHOW_OUT, key=f"{SHOW_OUT}:{session_id}:{cause}", payload=payload)


async def remove(entry: OutboxEntry) -> None:
    """Remove them; who isn't there is nothing. Raises VideoUnavailable, so that the outbox tries again."""
    await livekit.remove_participant(entry.payload["room"], entry.payload["identity"])
