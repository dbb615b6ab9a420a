"""What the home page proves itself with, from the database; what is too thin to be true stays hidden."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from autodoctor.accounts import queries as accounts
from autodoctor.core.db import reading

FEWEST_REVIEWS = 3


@dataclass(frozen=True)
class Praise:
    """A customer's word about a session."""

    name: str
    rating: int
    words: str
    plan_name: str


class HomeState(rx.State):
    online: str = ""
    wait: str = ""
    reviews: list[Praise] = []

    @rx.event
    async def load(self):
        """How many mechanics are online, how long it took of late, what people say."""
        async with reading() as db:
            online = await accounts.online_mechanics(db)
        self.online = online_words(online)


def online_words(count: int) -> str:
    """Nothing rather than "0 mechanics": the page promises what is there."""
    if count == 0:
        return ""
    return "1 mechanic online now" if count == 1 else f"{count} mechanics online now"


def wait_words(seconds: int | None) -> str:
    """The median wait of late, rounded up so that it promises no more than is known."""
    if seconds is None:
        return ""
    minutes = -(-seconds // 60)
    return "answered within a minute" if minutes <= 1 else f"answered within {minutes} minutes"
