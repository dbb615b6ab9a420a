"""A mechanic's page, for everybody."""

from __future__ import annotations

import reflex as rx
import structlog

from autodoctor.accounts.models import Role
from autodoctor.accounts.public_profiles import public_profile
from autodoctor.core.db import reading
from autodoctor.core.errors import NotFound
from autodoctor.scheduling import availability
from autodoctor.sessions import queries as sessions
from autodoctor.ui.guard import caller_of
from autodoctor.ui.public.mechanic_view import MechanicPage, mechanic_in, mechanic_page, review_of
from autodoctor.ui.public.reviews import Praise
from autodoctor.ui.steady import Steady

log = structlog.get_logger(__name__)


class MechanicPageState(Steady, rx.State):
    """`phase`: `loading`, `found`, `missing`, `failed`."""

    phase: str = "loading"
    mechanic: MechanicPage = MechanicPage()
    specialties: list[str] = []
    reviews: list[Praise] = []

    @rx.event
    async def load(self):
        """The mechanic whom the address names, where everybody may read of them; mechanics see their own in any case."""
        try:
            await self._show()
        except NotFound:
            self.reset()
            self.phase = "missing"
        except Exception:
            log.exception("a mechanic's page can't be shown")
            self.phase = "failed"
        return

    async def _show(self) -> None:
        asked, caller = mechanic_in(self.router.url.path), await caller_of(self, Role.mechanic)
        if asked is None:
            raise NotFound
        async with reading() as db:
            profile = await public_profile(db, asked, to=caller.user_id if caller else None)
            rating = await sessions.mechanic_rating(db, asked)
            reviews = await sessions.reviews_of(db, asked)
            is_online = await availability.is_available(db, asked)
        self.mechanic, self.specialties = mechanic_page(profile, rating, is_online=is_online), profile.specialties
        self.reviews, self.phase = [review_of(each) for each in reviews], "found"
