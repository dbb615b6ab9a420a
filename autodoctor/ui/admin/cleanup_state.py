"""The sweep by hand, and what earlier ones found."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts import queries as accounts
from autodoctor.accounts.identity import Caller
from autodoctor.audit import queries as audit
from autodoctor.core.db import reading, unit_of_work
from autodoctor.matching import service
from autodoctor.matching.figures import figures
from autodoctor.matching.sweep import SWEEP
from autodoctor.ui.admin.view import Count, Figure, Run, counts, explained, figure_rows, found_words
from autodoctor.ui.guard import admin_of
from autodoctor.ui.room.view import iso
from autodoctor.ui.steady import Steady


class CleanupState(Steady, rx.State):
    """`total` is -1 until a sweep has run on this page."""

    ready: bool = False
    figures: list[Figure] = []
    counts: list[Count] = []
    total: int = -1
    runs: list[Run] = []

    @rx.event
    async def load(self):
        """What a sweep looks for, and the last ones."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.counts, self.total = explained(), -1
        await self._show()
        return None

    @rx.event
    async def run(self):
        """Sweep now."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        async with unit_of_work() as db:
            stats = await service.sweep_by_hand(db, caller)
        self.counts, self.total = counts(stats), stats.total_cleaned
        await self._show()
        return None

    async def _show(self) -> None:
        async with reading() as db:
            self.figures = figure_rows(await figures(db))
            entries = await audit.latest(db, SWEEP)
            names = await accounts.full_names(db, {entry.actor_id for entry in entries if entry.actor_id})
        self.runs = [
            Run(iso(entry.created_at), names.get(entry.actor_id, "") if entry.actor_id else "", found_words(entry.details))
            for entry in entries
        ]
        self.ready = True
