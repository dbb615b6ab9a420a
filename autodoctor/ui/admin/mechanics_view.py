"""What the page of the mechanics shows, and what its address asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autodoctor.accounts.models import MechanicStatus, Seniority
from autodoctor.sessions.mechanics import MechanicRow
from autodoctor.ui.addresses import leading_to, words_in
from autodoctor.ui.numbers import number, tenths
from autodoctor.ui.room.view import iso
from autodoctor.words import N_, _, _n

PAGE = "/admin/mechanics"
EVERYBODY = "all"
STANDINGS = {
    MechanicStatus.pending_review.value: N_("To review"),
    MechanicStatus.approved.value: N_("Approved"),
    MechanicStatus.suspended.value: N_("Suspended"),
    EVERYBODY: N_("All"),
}
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Asked:
    """Whose list: of this standing, with these words in their name or address, behind this row (`""`: from its beginning)."""

    standing: str = MechanicStatus.pending_review.value
    words: str = ""
    before: str = ""

    @property
    def status(self) -> MechanicStatus | None:
        return None if self.standing == EVERYBODY else MechanicStatus(self.standing)

    def href(self, *, before: str = "") -> str:
        return leading_to(PAGE, {"standing": self.standing, "q": self.words, "before": before})


def asked_by(query: Mapping[str, str]) -> Asked:
    """What a query asks for; what it doesn't name well is as usual. Words without a standing are looked for among everybody."""
    words = words_in(query, "q", LONGEST_SEARCH)
    standing = query.get("standing", "")
    usual = EVERYBODY if words else MechanicStatus.pending_review.value
    return Asked(standing if standing in STANDINGS else usual, words, words_in(query, "before", 200))


@dataclass(frozen=True)
class MechanicLine:
    """A mechanic in the list. `standing` is a key of `STANDINGS`; times are ISO 8601 in UTC, "" for never; `work`, `payout` are words."""

    id: str
    name: str
    email: str
    phone: str
    standing: str
    is_senior: bool
    is_there: bool
    is_online: bool
    specialties: str
    bio: str
    work: str
    payout: str
    joined: str
    last_seen: str


def mechanic_line(row: MechanicRow) -> MechanicLine:
    return MechanicLine(
        id=str(row.id),
        name=row.name,
        email=row.email,
        phone=row.phone or "",
        standing=row.status.value,
        is_senior=row.seniority is Seniority.senior,
        is_there=row.is_connected,
        is_online=row.online,
        specialties=", ".join(row.specialties),
        bio=row.bio or "",
        work=_work(row),
        payout=_("Can be paid out") if row.is_payable else _("Hasn't set up payouts yet"),
        joined=iso(row.created_at),
        last_seen=iso(row.last_seen_at) if row.last_seen_at else "",
    )


def _work(row: MechanicRow) -> str:
    if not row.completed:
        return _("No session completed yet")
    done = _n("{number} session completed", "{number} sessions completed", row.completed, number=number(row.completed))
    if row.rating is None:
        return done
    return _("{done}, {average} stars ({count})", done=done, average=tenths(row.rating), count=number(row.rating_count))
