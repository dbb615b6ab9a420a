"""What the mechanic's pages draw, and the words for it: small flat records, made from what the capabilities answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from babel.numbers import format_decimal

from autodoctor.accounts.models import MechanicStatus
from autodoctor.accounts.queries import MechanicProfile
from autodoctor.accounts.rules import first_name
from autodoctor.chat.queries import Unanswered
from autodoctor.matching.queries import ActiveForMechanic, Card
from autodoctor.matching.rules import RequestStatus
from autodoctor.plans.catalog import find_plan
from autodoctor.plans.rules import split
from autodoctor.scheduling.queries import BookingView
from autodoctor.scheduling.rules import Work
from autodoctor.sessions.queries import Rating, SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import FileLine, file_line, iso, length_words, vehicle_of
from autodoctor.vehicles import code_book
from autodoctor.vehicles.rules import name_of
from autodoctor.vehicles.trouble_codes import Explanation
from autodoctor.words import N_, _, _n, spoken

STILL_DESCRIBING = N_("Still describing the problem")
NO_VEHICLE = N_("Vehicle not named")


@dataclass(frozen=True)
class CardView:
    """One request as every mechanic sees it before accepting (L5). Times are ISO 8601 in UTC.

    `remaining_ms` of `total_ms` were left of the offer when the board was read; below zero it has been waiting longer.
    `first_for` is the mechanic to whom alone a booked one is offered at first, "" for everybody.
    """

    id: str
    title: str
    who: str
    concern: str
    details: str
    is_described: bool
    plan_name: str
    earn: str
    since: str
    remaining_ms: int
    total_ms: int
    is_overdue: bool
    first_for: str = ""
    codes: list[Explanation] = field(default_factory=list)
    photos: list[FileLine] = field(default_factory=list)


@dataclass(frozen=True)
class JobView:
    """The mechanic's one job: contact details are shown now. `request_id` is "" when there is none."""

    request_id: str = ""
    session_id: str = ""
    title: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    city: str = ""
    concern: str = ""
    details: str = ""
    plan_name: str = ""
    earn: str = ""
    room_path: str = ""
    accepted_at: str = ""
    is_live: bool = False
    customer_here: bool = False
    codes: list[Explanation] = field(default_factory=list)
    photos: list[FileLine] = field(default_factory=list)


@dataclass(frozen=True)
class BookedJob:
    """A session that a customer has booked with this mechanic, before its time: no contact details (L5)."""

    id: str
    at: str
    title: str
    who: str
    concern: str
    plan_name: str
    earn: str


@dataclass(frozen=True)
class PastJob:
    """One line of the history. `rating` is 0 while there is none."""

    id: str
    at: str
    title: str
    who: str
    plan_name: str
    took: str
    earn: str
    rating: int
    review: str


@dataclass(frozen=True)
class FollowUpLine:
    """A follow-up question that waits for this mechanic (M7). Times are ISO 8601 in UTC."""

    session_id: str
    title: str
    who: str
    text: str
    asked_at: str
    until: str


def follow_up_line(waiting: Unanswered) -> FollowUpLine:
    """A question, to be drawn."""
    return FollowUpLine(
        session_id=str(waiting.session_id),
        title=name_of(waiting.vehicle_info) or _(NO_VEHICLE),
        who=first_name(waiting.customer_name),
        text=waiting.text or _("A file"),
        asked_at=iso(waiting.asked_at),
        until=iso(waiting.ends_at),
    )


def card_view(card: Card, now: datetime) -> CardView:
    """A card, to be drawn."""
    return CardView(
        id=str(card.request_id),
        title=title_of(card.vehicle, is_described=card.is_described),
        who=", ".join(part for part in (card.customer_name, card.city) if part),
        concern=card.concern or "",
        details=card.details or "",
        is_described=card.is_described,
        plan_name=_plan_name(card.plan_code),
        earn=money(card.share_cents),
        since=iso(card.offered_at),
        remaining_ms=_milliseconds(card.expires_at - now),
        total_ms=_milliseconds(card.expires_at - card.offered_at),
        is_overdue=card.status is RequestStatus.unattended,
        first_for=card.first_for,
        codes=code_book.explained(card.concern, card.details),
        photos=[file_line(link) for link in card.files],
    )


def title_of(vehicle: Mapping[str, Any], *, is_described: bool) -> str:
    """`2003 Honda Accord`, as far as it is known; before the description has come, that it hasn't (L5)."""
    return name_of(vehicle) or _(NO_VEHICLE if is_described else STILL_DESCRIBING)


def job_view(active: ActiveForMechanic, session: SessionView, now: datetime) -> JobView:
    """The job, to be drawn."""
    card = card_view(active.card, now)
    return JobView(
        request_id=card.id,
        session_id=str(session.id),
        title=card.title,
        name=active.customer_name,
        phone=active.phone or "",
        email=active.email or "",
        city=active.card.city or "",
        concern=card.concern,
        details=card.details,
        plan_name=card.plan_name,
        earn=card.earn,
        room_path=f"/{session.type}/{session.id}",
        accepted_at=iso(active.request.accepted_at),
        is_live=session.status is SessionStatus.live,
        customer_here=session.customer_here(now),
        codes=card.codes,
        photos=card.photos,
    )


def phase_of(profile: MechanicProfile, work: Work, *, has_job: bool) -> str:
    """What the dashboard is about: `review`, `busy`, `online` or `offline`. The connection doesn't matter: who sees this is there."""
    if profile.status is not MechanicStatus.approved:
        return "review"
    if has_job:
        return "busy"
    return "online" if work.is_wanted else "offline"


def soon(until: datetime | None, now: datetime) -> str:
    """When it ends, where the time of day alone says it; else ""."""
    return iso(until) if until is not None and until - now < timedelta(days=1) else ""


def booked_job(booking: BookingView) -> BookedJob:
    """A booked session, to be drawn."""
    return BookedJob(
        id=str(booking.session_id),
        at=iso(booking.starts_at),
        title=title_of_booking(booking),
        who=booking.customer_name or _("Customer"),
        concern=booking.concern or "",
        plan_name=_plan_name(booking.plan_code),
        earn=money(split(booking.price_cents).share_cents),
    )


def title_of_booking(booking: BookingView) -> str:
    """The vehicle, as far as it is known."""
    return booking.vehicle or (_("Not described yet") if booking.intake_id is None else _(NO_VEHICLE))


def past_job(session: SessionView, share_cents: int) -> PastJob:
    """A completed session, as a line of the history, with what it brought."""
    return PastJob(
        id=str(session.id),
        at=iso(session.ended_at or session.created_at),
        title=vehicle_of(session) or _(NO_VEHICLE),
        who=first_name(session.customer_name),
        plan_name=_plan_name(session.plan),
        took=length_words(session.duration_minutes),
        earn=money(share_cents),
        rating=session.rating or 0,
        review=session.review or "",
    )


def _plan_name(code: str) -> str:
    plan = find_plan(code)
    return _(plan.name) if plan else code


def rating_words(rating: Rating) -> str:
    """A mechanic's ratings in a sentence; "" as long as nobody rated."""
    if rating.average is None:
        return ""
    average = format_decimal(round(rating.average, 1), format="0.0", locale=spoken().locale)
    return _n("{average} of 5 stars, from {n} customer", "{average} of 5 stars, from {n} customers", rating.count, average=average)


def _milliseconds(span: timedelta) -> int:
    return round(span.total_seconds() * 1000)
