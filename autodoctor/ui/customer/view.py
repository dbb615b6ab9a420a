"""What the customer's pages draw, and the words for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from autodoctor.matching.models import SessionRequest
from autodoctor.matching.queries import ActiveForCustomer, Outlook
from autodoctor.matching.rules import CloseReason, RequestStatus
from autodoctor.payments.models import RefundStatus
from autodoctor.payments.queries import RefundView
from autodoctor.scheduling.queries import BookingView
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.amounts import money
from autodoctor.ui.plan_names import plan_name
from autodoctor.ui.room.view import iso, length_words, mechanic_path
from autodoctor.vehicles.rules import name_of
from autodoctor.words import N_, _, _n


@dataclass(frozen=True)
class Step:
    """One of the four steps of a consultation on its way. `state` is `done`, `now` or `next`."""

    name: str
    state: str


@dataclass(frozen=True)
class RequestNow:
    """The customer's consultation on its way.

    `phase`: `none`, `describe`, `waiting`, `unattended`, `accepted`. Times are ISO 8601 in UTC.
    """

    phase: str = "none"
    request_id: str = ""
    session_id: str = ""
    plan_name: str = ""
    price: str = ""
    vehicle: str = ""
    described: bool = False
    position: int = 0
    online: str = ""
    wait: str = ""
    mechanic_name: str = ""
    room_path: str = ""
    is_live: bool = False
    paid_at: str = ""
    announcement: str = ""
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class BookedSession:
    """One session that is booked for later. `about`: with whom, and about which car. `at` is ISO 8601 in UTC."""

    id: str
    at: str
    plan_name: str
    about: str
    price: str
    is_described: bool
    can_move: bool


@dataclass(frozen=True)
class PastSession:
    """One line of the history. `refund` says what goes back of its price and how far it has come, `mechanic_path` leads to what everybody
    may read of the mechanic; "" where there is nothing.
    """

    id: str
    at: str
    title: str
    plan_name: str
    mechanic_name: str
    took: str
    cost: str
    status: str
    rating: int
    rebook_path: str
    mechanic_path: str = ""
    refund: str = ""
    refund_tone: str = ""


@dataclass(frozen=True)
class Closed:
    """The customer's last request, when it ended without a consultation: what happened, what becomes of the money, and once more.

    `at` is "" when there is nothing to tell.
    """

    at: str = ""
    title: str = ""
    words: str = ""
    money_words: str = ""
    rebook_path: str = ""


STEPS = (N_("Paid"), N_("Described"), N_("Matching"), N_("Join"))


def steps_of(*, described: bool, accepted: bool) -> list[Step]:
    """The four-step line: what is done, what happens now, what comes next."""
    done = (True, described, accepted, False)
    current = STEPS.index("Join") if accepted else done.index(False)
    return [Step(_(name), "done" if done[index] else "now" if index == current else "next") for index, name in enumerate(STEPS)]


def phase_of(status: RequestStatus, *, is_described: bool) -> str:
    """Which of its phases a consultation on its way is in."""
    if status is RequestStatus.accepted:
        return "accepted"
    if status is RequestStatus.unattended:
        return "unattended"
    return "waiting" if is_described else "describe"


def request_now(active: ActiveForCustomer | None, outlook: Outlook | None) -> RequestNow:
    """The consultation on its way as the dashboard draws it; `outlook` says how long it may take (L6)."""
    if active is None:
        return RequestNow()
    request, session = active.request, active.session
    described = session.intake_id is not None
    phase = phase_of(request.status, is_described=described)
    mechanic = active.mechanic_name or _("Your mechanic")
    position = (outlook and outlook.queue_position) or 0
    return RequestNow(
        phase=phase,
        request_id=str(request.id),
        session_id=str(session.id),
        plan_name=plan_name(session.plan),
        price=money(session.price_cents),
        vehicle=name_of(session.vehicle_info),
        described=described,
        position=position,
        online=online_words(outlook.online_mechanics) if outlook else "",
        wait=wait_words(outlook.expected_wait_seconds) if outlook else "",
        mechanic_name=mechanic,
        room_path=f"/{session.type}/{session.id}",
        is_live=session.status is SessionStatus.live,
        paid_at=iso(request.paid_at),
        announcement=announcement(phase, mechanic, position),
        steps=steps_of(described=described, accepted=phase == "accepted"),
    )


_CLOSED = {
    CloseReason.expired: (N_("Nobody was free"), N_("We found no mechanic for your {plan} in time. We are sorry.")),
    CloseReason.mechanic_no_show: (
        N_("Your mechanic didn't come"),
        N_("A mechanic accepted your {plan} and then didn't come. We are sorry."),
    ),
    CloseReason.mechanic_left: (
        N_("Your session broke off"),
        N_("The mechanic of your {plan} left the room and didn't come back. We are sorry."),
    ),
    CloseReason.customer_no_show: (
        N_("Your mechanic waited for you"),
        N_("Your {plan} was cancelled: you weren't in the room in time."),
    ),
    CloseReason.orphaned: (
        N_("Something went wrong on our side"),
        N_("Your {plan} got lost on its way to the mechanics. We are sorry."),
    ),
    CloseReason.by_administrator: (N_("We cancelled your session"), N_("We couldn't go on with your {plan}. We are sorry.")),
}
"""What is told of each end that the customer didn't choose."""


def closed(last: SessionRequest | None, refund: RefundView | None, *, is_free: bool = False) -> Closed:
    """The customer's last request, where it ended without a consultation and not by their own hand."""
    told = _CLOSED.get(CloseReason(last.close_reason)) if last and last.close_reason else None
    if last is None or told is None:
        return Closed()
    return Closed(
        at=iso(last.closed_at),
        title=_(told[0]),
        words=_(told[1], plan=plan_name(last.plan_code)),
        money_words=_(FREE_WORDS) if is_free else refund_words(refund),
        rebook_path=f"/api/checkout?plan={last.plan_code}",
    )


FREE_WORDS = N_("You paid nothing for it, so there is nothing to give back.")
CALLED_OFF_FREE = N_("Your booking is cancelled. There is nothing to give back: it was free, or you have it back already.")
CANCELLED_FREE = N_("Your request is cancelled. There is nothing to give back: it was free, or you have it back already.")


def refund_words(refund: RefundView | None) -> str:
    """What becomes of the money, and how far it has come."""
    if refund is None:
        return _("This session isn't refunded. If that seems wrong to you, write to us.")
    amount = money(refund.amount_cents)
    if refund.status is RefundStatus.succeeded:
        return _("{amount} is refunded. Your bank shows it within 5 to 10 days.", amount=amount)
    if refund.status is RefundStatus.waiting:
        return _("{amount} goes back as soon as your bank, which is looking at this payment, has decided.", amount=amount)
    if refund.status is RefundStatus.failed:
        return _("Your bank didn't take the {amount} back. We look for another way and write to you.", amount=amount)
    return _("{amount} is on its way back to the card you paid with.", amount=amount)


def booked_session(booking: BookingView) -> BookedSession:
    """A line of what is booked."""
    who = _("With {name}", name=booking.mechanic_name) if booking.mechanic_name else _("With the first mechanic who is free then")
    return BookedSession(
        id=str(booking.session_id),
        at=iso(booking.starts_at),
        plan_name=plan_name(booking.plan_code),
        about=" · ".join(filter(None, (who, booking.vehicle))),
        price=money(booking.price_cents),
        is_described=booking.intake_id is not None,
        can_move=booking.can_move,
    )


def called_off_words(refund_cents: int) -> str:
    """What becomes of the money of a booking that is called off before its time."""
    if refund_cents == 0:
        return _(CALLED_OFF_FREE)
    return _("Your booking is cancelled. {amount} goes back to the card you paid with.", amount=money(refund_cents))


def cancelled_words(refund_cents: int, *, is_free: bool = False) -> str:
    """What becomes of the money of a cancelled request."""
    if is_free:
        return _(CANCELLED_FREE)
    if refund_cents == 0:
        return _("Your request is cancelled. A mechanic had accepted already, so the payment isn't refunded.")
    return _("Your request is cancelled. {amount} goes back to the card you paid with.", amount=money(refund_cents))


def announcement(phase: str, mechanic: str, position: int) -> str:
    """What a screen reader says when the phase changes."""
    if phase == "accepted":
        return _("{name} has accepted your request. You can join the session.", name=mechanic)
    if phase == "unattended":
        return _("It takes longer than usual. Our team is looking for a mechanic for you.")
    return _("Your place in the queue: {position}.", position=position)


_REFUND_CHIPS = {
    RefundStatus.requested: (N_("{amount} on its way back"), "info"),
    RefundStatus.waiting: (N_("{amount} goes back once your bank has decided"), "soon"),
    RefundStatus.succeeded: (N_("{amount} refunded"), "neutral"),
    RefundStatus.failed: (N_("{amount} couldn't be refunded yet"), "now"),
}


def past_session(session: SessionView, refund: RefundView | None) -> PastSession:
    """A line of the history."""
    words, tone = _REFUND_CHIPS[refund.status] if refund else ("", "")
    plan = plan_name(session.plan)
    return PastSession(
        id=str(session.id),
        at=iso(session.ended_at or session.created_at),
        title=name_of(session.vehicle_info) or plan,
        plan_name=plan,
        mechanic_name=session.mechanic_name or _("No mechanic"),
        took=f"{length_words(session.duration_minutes)} · " if session.duration_minutes else "",
        cost=money(session.paid_cents),
        status=session.status,
        rating=session.rating or 0,
        rebook_path=f"/api/checkout?plan={session.plan}",
        mechanic_path=mechanic_path(session),
        refund=_(words, amount=money(refund.amount_cents)) if refund else "",
        refund_tone=tone,
    )


def online_words(count: int) -> str:
    """How many mechanics could answer now."""
    if count == 0:
        return _("No mechanic is online right now. The first one who comes online sees your request.")
    return _n("{n} mechanic is online.", "{n} mechanics are online.", count)


def wait_words(seconds: int | None) -> str:
    """The expected wait, rounded so that it promises no more than is known."""
    if seconds is None:
        return _("There were too few requests lately to tell how long it takes.")
    if seconds < 90:
        return _("Going by the last day, a mechanic accepts in about a minute.")
    return _("Going by the last day, a mechanic accepts in about {minutes} minutes.", minutes=round(seconds / 60))


@dataclass(frozen=True)
class KnownVehicle:
    """A vehicle of the registry, as a form fills it in and a list shows it."""

    id: str
    title: str
    vin: str
    year: str
    make: str
    model: str
    plate: str
    is_primary: bool


@dataclass(frozen=True)
class IntakeStart:
    """What the intake form is filled with at first. `files`: `{filePath, name, preview}` of photos sent before."""

    plan: str = ""
    session_id: str = ""
    next_path: str = ""
    draft_key: str = "intake"
    name: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    vin: str = ""
    year: str = ""
    make: str = ""
    model: str = ""
    odometer: str = ""
    plate: str = ""
    concern: str = ""
    details: str = ""
    files: list[dict[str, str]] = field(default_factory=list)
