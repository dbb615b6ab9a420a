"""What the home page proves itself with, from the database; what is too thin to be true stays hidden."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx
from babel.numbers import format_decimal

from autodoctor.core.db import reading
from autodoctor.matching import queries as matching
from autodoctor.plans.catalog import find_plan
from autodoctor.scheduling import availability
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import PublicReview, Rating
from autodoctor.words import _, _n, spoken

FEWEST_RATINGS = 3
"""Fewer are too few to be true."""


@dataclass(frozen=True)
class Praise:
    """A customer's word about a session."""

    name: str
    rating: int
    words: str
    about: str


class HomeState(rx.State):
    online: str = ""
    wait: str = ""
    rating: str = ""
    reviews: list[Praise] = []

    @rx.event
    async def load(self):
        """How many mechanics are online, how long it took of late, what customers give and say."""
        async with reading() as db:
            online = await availability.count_available(db, seniors_only=False)
            wait = await matching.median_wait_seconds(db)
            rating = await sessions.overall_rating(db)
            reviews = await sessions.public_reviews(db)
        self.online, self.wait, self.rating = online_words(online), wait_words(wait), rating_words(rating)
        self.reviews = [praise(each) for each in reviews] if self.rating else []


def online_words(count: int) -> str:
    """Nothing rather than "0 mechanics"."""
    if count == 0:
        return ""
    return _n("{n} mechanic online", "{n} mechanics online", count)


def wait_words(seconds: int | None) -> str:
    """The median wait of late, rounded up so that it promises no more than is known."""
    if seconds is None:
        return ""
    minutes = -(-seconds // 60)
    return _("mostly accepted within a minute") if minutes <= 1 else _("mostly accepted within {n} minutes", n=minutes)


def rating_words(rating: Rating) -> str:
    """The average of all ratings; nothing as long as there are too few."""
    if rating.average is None or rating.count < FEWEST_RATINGS:
        return ""
    average = format_decimal(rating.average, format="0.0", locale=spoken().locale)
    return _("{average} of 5 stars from {n} sessions", average=average, n=rating.count)


def praise(review: PublicReview) -> Praise:
    """A review as it is drawn."""
    plan = find_plan(review.plan)
    name = review.mechanic_name
    about = _("{plan} with {mechanic}", plan=_(plan.name), mechanic=name) if plan else _("with {mechanic}", mechanic=name)
    return Praise(name=review.first_name, rating=review.rating, words=review.text, about=about)
