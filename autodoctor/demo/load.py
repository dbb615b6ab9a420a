"""Loading the demo: accounts through the account services, past consultations through the whole line of services.

The clock is set back while a story is told, so that everything it leaves carries the time at which it would have happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor import subscribers  # noqa: F401 - connects them
from autodoctor.accounts.queries import anybody
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.settings import get_settings
from autodoctor.demo import accounts, telling
from autodoctor.demo.people import ADMIN, CARLA, MIKE, PASSWORD, SUSAN
from autodoctor.demo.stories import STORIES

DEMO_LOGINS = (CARLA.email, MIKE.email, SUSAN.email, ADMIN[0])
FOUNDED = timedelta(days=40)


class DemoRefused(Refusal):
    status, code = 409, "demo_refused"
    default_detail = "The database has accounts already. Demo data is loaded into an empty one only."


class Past:
    """A clock that stands where it is put."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def __call__(self) -> datetime:
        return self.time

    def pass_time(self, **units: float) -> None:
        self.time += timedelta(**units)


async def is_empty() -> bool:
    async with reading() as db:
        return not await anybody(db)


async def load_demo() -> None:
    """Everything in one transaction: all of the demo or none. Raises DemoRefused in production and where accounts exist."""
    if get_settings().is_production:
        raise DemoRefused("Demo data is not loaded in production.")
    async with unit_of_work() as db:
        if await anybody(db):
            raise DemoRefused
        with _in_the_past(clock.now() - FOUNDED) as past:
            await _fill(db, past)


async def _fill(db: AsyncSession, past: Past) -> None:
    today = past.time + FOUNDED
    cast = await accounts.create_all(db)
    for story in STORIES:
        past.time = today - timedelta(days=story.days_ago)
        await telling.tell(db, past, story, cast)
    past.time = today
    await accounts.open_for_work(db, cast)


@contextmanager
def _in_the_past(time: datetime) -> Iterator[Past]:
    past = Past(time)
    clock.set_source(past)
    try:
        yield past
    finally:
        clock.set_source(None)


__all__ = ["DEMO_LOGINS", "PASSWORD", "DemoRefused", "is_empty", "load_demo"]
