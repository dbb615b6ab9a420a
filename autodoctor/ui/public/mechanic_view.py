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
from autodoctor.ui.numbers import tenths
from autodoctor.ui.public.reviews import Praise
from autodoctor.ui.room.view import MECHANICS, iso
from autodoctor.words import N_, _, _n

TITLES = {Seniority.junior: N_("Certified mechanic"), Seniority.senior: N_("Senior mechanic")}
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
    kind, rated = _(TITLES[profile.seniority]), rating_words(rating)
    return MechanicPage(
        name=profile.name,
        kind=kind,
        bio=profile.bio or "",
        since=iso(profile.since),
        rating=rated,
        is_online=is_online,
        is_shown=profile.is_shown,
        title=window_title(f"{profile.name}, {kind.lower()}"),
        description=_cut(_description(profile, kind.lower(), rated)),
    )


def _description(profile: PublicProfile, kind: str, rated: str) -> str:
    if not profile.specialties:
        return _("Talk to {name}, {kind}. {rated}. Ask about your car now, from where you are.", name=profile.name, kind=kind, rated=rated)
    return _(
        "Talk to {name}, {kind} for {specialties}. {rated}. Ask about your car now, from where you are.",
        name=profile.name,
        kind=kind,
        specialties=", ".join(profile.specialties),
        rated=rated,
    )


def rating_words(rating: Rating) -> str:
    """What customers gave, and how many of them."""
    if rating.average is None:
        return _("Not rated yet")
    average = tenths(rating.average)
    return _n("{average} of 5 stars from {n} session", "{average} of 5 stars from {n} sessions", rating.count, average=average)


def review_of(review: PublicReview) -> Praise:
    """A review, as it is drawn on the page of its mechanic."""
    plan = find_plan(review.plan)
    return Praise(name=review.first_name, rating=review.rating, words=review.text, about=_(plan.name) if plan else _("Session"))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rsplit(' ', 1)[0]}…"
