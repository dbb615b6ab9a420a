"""What the page of a mechanic says to everybody. Pure: nothing else of a mechanic goes out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from autodoctor.accounts.models import Seniority
from autodoctor.accounts.public_profiles import PublicProfile
from autodoctor.core.ids import parse_id
from autodoctor.plans.catalog import find_plan
from autodoctor.sessions.queries import PublicReview, Rating
from autodoctor.ui.components.layout import window_title
from autodoctor.ui.public.reviews import Praise
from autodoctor.ui.room.view import MECHANICS, iso

TITLES = {Seniority.junior: "Certified mechanic", Seniority.senior: "Senior mechanic"}
LONGEST_DESCRIPTION = 155
"""Search engines cut what is longer."""


@dataclass(frozen=True)
class MechanicPage:
    """`since` is ISO 8601 in UTC; `rating` is words. `title` and `description` are for the window and search engines."""

    name: str = ""
    kind: str = ""
    bio: str = ""
    since: str = ""
    rating: str = ""
    is_online: bool = False
    is_shown: bool = True
    title: str = ""
    description: str = ""


def mechanic_in(path: str) -> uuid.UUID | None:
    """The mechanic that `/mechanics/ID` names; None for any other page."""
    return parse_id(path.rstrip("/").removeprefix(MECHANICS))


def mechanic_page(profile: PublicProfile, rating: Rating, *, is_online: bool) -> MechanicPage:
    """A mechanic, as everybody reads of them."""
    kind, rated = TITLES[profile.seniority], rating_words(rating)
    known_for = f" for {', '.join(profile.specialties)}" if profile.specialties else ""
    return MechanicPage(
        name=profile.name,
        kind=kind,
        bio=profile.bio or "",
        since=iso(profile.since),
        rating=rated,
        is_online=is_online,
        is_shown=profile.is_shown,
        title=window_title(f"{profile.name}, {kind.lower()}"),
        description=_cut(f"Talk to {profile.name}, {kind.lower()}{known_for}. {rated}. Ask about your car now, from where you are."),
    )


def rating_words(rating: Rating) -> str:
    """What customers gave, and how many of them."""
    if rating.average is None:
        return "Not rated yet"
    return f"{rating.average:.1f} of 5 stars from {rating.count} session{'' if rating.count == 1 else 's'}"


def review_of(review: PublicReview) -> Praise:
    """A review, as it is drawn on the page of its mechanic."""
    plan = find_plan(review.plan)
    return Praise(name=review.first_name, rating=review.rating, words=review.text, about=plan.name if plan else "Session")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rsplit(' ', 1)[0]}…"
