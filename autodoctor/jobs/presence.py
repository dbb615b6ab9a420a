"""Who is still there, and whose weekly hours have begun or ended: nobody else would tell those who look at it."""

from __future__ import annotations

from datetime import datetime

from autodoctor.accounts import presence
from autodoctor.accounts.facts import MechanicChanged
from autodoctor.core import clock, events
from autodoctor.core.db import reading, unit_of_work
from autodoctor.scheduling.availability import turned_between

LOOK_EVERY_S = 5


class PresenceWatch:
    """What the leader looks at every few seconds."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None

    async def look(self) -> None:
        """Drop the silent ones, and tell of everybody whose weekly hours have turned since the last look."""
        now = clock.now()
        async with unit_of_work() as db:
            await presence.drop_silent(db)
        async with reading() as db:
            turned = await turned_between(db, self._looked_at or now, now)
        self._looked_at = now
        if turned:
            async with unit_of_work() as db:
                for mechanic_id in turned:
                    await events.record(db, MechanicChanged(mechanic_id))
