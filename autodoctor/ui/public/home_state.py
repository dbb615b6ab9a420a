"""What the home page proves itself with, from the database; what is too thin to be true stays hidden."""

from __future__ import annotations

import reflex as rx

from autodoctor.core.db import reading
from autodoctor.matching import queries as matching
from autodoctor.plans.catalog import find_plan
from autodoctor.scheduling import availability
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import PublicReview, Rating
from autodoctor.ui.public.reviews import Praise

FEWEST_RATINGS = 3
"""Fewer are too few to be true."""


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
    return "1 mechanic online" if count == 1 else f"{count} mechanics online"


def wait_words(seconds: int | None) -> str:
    """The median wait of late, rounded up so that it promises no more than is known."""
    if seconds is None:
        return ""
    minutes = -(-seconds // 60)
    return "mostly accepted within a minute" if minutes <= 1 else f"mostly accepted within {minutes} minutes"


def rating_words(rating: Rating) -> str:
    """The average of all ratings; nothing as long as there are too few."""
    if rating.average is None or rating.count < FEWEST_RATINGS:
        return ""
    return f"{rating.average:.1f} of 5 stars from {rating.count} sessions"


def praise(review: PublicReview) -> Praise:
    """A review as it is drawn."""
    plan = find_plan(review.plan)
    about = f"{plan.name} with {review.mechanic_name}" if plan else f"with {review.mechanic_name}"
    return Praise(name=review.first_name, rating=review.rating, words=review.text, about=about)
