"""What the customer's pages draw, and the words for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    paid_at: str = ""
    announcement: str = ""
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class PastSession:
    """One line of the history."""

    id: str
    at: str
    title: str
    plan_name: str
    mechanic_name: str
    length: str
    cost: str
    status: str
    rating: int
    rebook_path: str


STEPS = ("Paid", "Described", "Matching", "Join")


def steps_of(*, described: bool, accepted: bool) -> list[Step]:
    """The four-step line: what is done, what happens now, what comes next."""
    done = (True, described, accepted, False)
    current = next(index for index, is_done in enumerate(done) if not is_done)
    return [Step(name, "done" if done[index] else "now" if index == current else "next") for index, name in enumerate(STEPS)]


def money(cents: int) -> str:
    """US cents with their currency: 999 → `$9.99`."""
    return f"${cents // 100:,}.{cents % 100:02d}"


def online_words(count: int) -> str:
    """How many mechanics could answer now."""
    if count == 0:
        return "No mechanic is online right now. The first one who comes online sees your request."
    return "1 mechanic is online" if count == 1 else f"{count} mechanics are online"


def wait_words(seconds: int | None) -> str:
    """The expected wait, rounded so that it promises no more than is known."""
    if seconds is None:
        return "We don't know the wait yet"
    if seconds < 90:
        return "Usually about a minute"
    return f"Usually about {round(seconds / 60)} minutes"


def vehicle_words(year: object, make: object, model: object) -> str:
    """`2003 Honda Accord`, as far as it is known."""
    return " ".join(str(part) for part in (year, make, model) if part)


def length_words(minutes: int | None) -> str:
    """How long a session took."""
    if minutes is None:
        return "–"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


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
