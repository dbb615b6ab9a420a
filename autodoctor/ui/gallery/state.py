"""Whether the gallery of components is there."""

from __future__ import annotations

import reflex as rx

from autodoctor.core.settings import get_settings


class ComponentsState(rx.State):
    """`phase`: `loading`, `shown`, `missing` (in production there is no such page)."""

    phase: str = "loading"

    @rx.event
    async def load(self):
        """It is there on a development machine alone."""
        self.phase = "missing" if get_settings().is_production else "shown"
