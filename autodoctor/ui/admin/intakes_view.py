"""What the page of the intakes shows, and what its address asks for. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autodoctor.core.ids import parse_id
from autodoctor.intake.admin_queries import IntakeRow
from autodoctor.intake.by_hand import Changed
from autodoctor.intake.rules import IntakeStatus
from autodoctor.intake.searching import IntakeFilter
from autodoctor.intake.status import WORDS
from autodoctor.plans.catalog import find_plan
from autodoctor.ui.addresses import leading_to, words_in
from autodoctor.ui.room.view import iso
from autodoctor.words import _, _n

PAGE = "/admin/intakes"
EXPORT = "/api/admin/intakes/export"
STATUSES = {status.value: words for status, words in WORDS.items()}
LONGEST_SEARCH = 100
PICKED = "pick-"
"""Before the id of an intake: the name of its box in the form."""


@dataclass(frozen=True)
class Asked:
    """Intakes of this status ("": all), with these words in contact, vehicle or concern, behind this row."""

    status: str = ""
    words: str = ""
    before: str = ""

    def wanted(self) -> IntakeFilter:
        return IntakeFilter(status=IntakeStatus(self.status) if self.status else None, words=self.words)

    def href(self, *, before: str = "") -> str:
        return leading_to(PAGE, {"status": self.status, "q": self.words, "before": before})

    def export_href(self) -> str:
        """Where what is shown is to be had as a whole."""
        return leading_to(EXPORT, {"status": self.status, "q": self.words})


def asked_by(query: Mapping[str, Any]) -> Asked:
    """What a query or a form asks for; what it doesn't name well is left open."""
    status = words_in(query, "status", 40)
    return Asked(status if status in STATUSES else "", words_in(query, "q", LONGEST_SEARCH), words_in(query, "before", 200))


def picked_in(form: Any) -> tuple[list[uuid.UUID], IntakeStatus | None]:
    """The intakes whose boxes are ticked in a form, and where they are to go; None when that is said by nobody or not well."""
    if not isinstance(form, dict):
        return [], None
    ticked = [name.removeprefix(PICKED) for name, value in form.items() if isinstance(name, str) and name.startswith(PICKED) and value]
    ids = [found for each in ticked if (found := parse_id(each))]
    to = form.get("to")
    return ids, IntakeStatus(to) if isinstance(to, str) and to in STATUSES else None


def moved_words(done: Changed, to: IntakeStatus) -> tuple[str, str]:
    """What became of the picked ones: what to say, and what went wrong ("" for nothing)."""
    status = _(STATUSES[to.value]).lower()
    note = _n("{n} intake is {status} now.", "{n} intakes are {status} now.", len(done.ids), status=status) if done.ids else ""
    reasons = sorted({each.detail for each in done.refused})
    refused = len(done.refused)
    told = _n("{n} intake could not be moved. {why}", "{n} intakes could not be moved. {why}", refused, why=" ".join(reasons))
    return note, told if reasons else ""


def taken_back_words(done: Changed) -> tuple[str, str]:
    """What became of those whose move was taken back: what to say, and what went wrong ("" for nothing)."""
    note = _n("{n} intake is as before.", "{n} intakes are as before.", len(done.ids)) if done.ids else ""
    reasons = sorted({each.detail for each in done.refused})
    refused = len(done.refused)
    told = _n("{n} intake could not be put back. {why}", "{n} intakes could not be put back. {why}", refused, why=" ".join(reasons))
    return note, told if reasons else ""


@dataclass(frozen=True)
class IntakeLine:
    """An intake in the list. `at` is ISO 8601 in UTC; `status` a key of `STATUSES`; `box` names it in the form."""

    id: str = ""
    box: str = ""
    at: str = ""
    status: str = ""
    title: str = ""
    who: str = ""
    email: str = ""
    phone: str = ""
    plan_name: str = ""
    concern: str = ""
    details: str = ""
    facts: str = ""
    link: str = ""


def intake_line(row: IntakeRow) -> IntakeLine:
    plan = find_plan(row.plan) if row.plan else None
    facts = {_("VIN"): row.vin, _("plate"): row.plate, _("odometer"): row.odometer}
    return IntakeLine(
        id=str(row.id),
        box=f"{PICKED}{row.id}",
        at=iso(row.created_at),
        status=row.status.value,
        title=" ".join(part for part in (row.year, row.make, row.model) if part) or _("Vehicle not described yet"),
        who=", ".join(part for part in (row.name or _("Customer"), row.city) if part),
        email=row.email or "",
        phone=row.phone or "",
        plan_name=_(plan.name) if plan else "",
        concern=row.concern or "",
        details=row.details or "",
        facts=", ".join(f"{name} {value}" for name, value in facts.items() if value),
        link=f"/admin/sessions/{row.session_id}" if row.session_id else "",
    )
