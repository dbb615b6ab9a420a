"""What the intake form starts with: the open session, what was told before, and what is known of the customer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from autodoctor.accounts import queries as accounts
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.queries import CustomerProfile
from autodoctor.core.db import reading
from autodoctor.core.ids import parse_id
from autodoctor.files.links import FileLink
from autodoctor.intake import queries as intakes
from autodoctor.intake.queries import IntakeView
from autodoctor.matching import queries as matching
from autodoctor.plans.catalog import PlanCode, find_plan
from autodoctor.scheduling import queries as scheduling
from autodoctor.ui.customer.vehicles_state import known
from autodoctor.ui.customer.view import IntakeStart, KnownVehicle
from autodoctor.ui.guard import customer_of
from autodoctor.ui.steady import Steady
from autodoctor.vehicles import queries as vehicles

TOLD = ("city", "vin", "year", "make", "model", "odometer", "plate", "concern", "details")


class IntakeState(Steady, rx.State):
    """`phase`: `loading`, `form`, `over` (the session that the address names takes no description)."""

    phase: str = "loading"
    start: IntakeStart = IntakeStart()
    vehicles: list[KnownVehicle] = []

    @rx.event
    async def load(self):
        """The description of the session that the address names, of the open one, or of the next checkout."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        asked = self.router.url.query_parameters
        plan = find_plan(asked.get("plan"))
        start = await starting_point(caller, plan.code if plan else None, named=parse_id(asked.get("session_id")))
        async with reading() as db:
            self.vehicles = [known(each) for each in await vehicles.list_own(db, caller.user_id)]
        self.start, self.phase = start or IntakeStart(), "form" if start else "over"
        return None


async def starting_point(caller: Caller, plan: PlanCode | None, *, named: uuid.UUID | None) -> IntakeStart | None:
    """The form is about the session that is named, or about the open one; without either, it is kept for the checkout of `plan`.

    None when a session is named that is neither the customer's open one nor booked for later.
    """
    async with reading() as db:
        profile = await accounts.customer_profile(db, caller.user_id)
        session = await _session_of(db, caller, named)
        if named and session is None:
            return None
        waiting = None if session else await intakes.latest_unlinked(db, caller.user_id)
        intake_id = session.intake_id if session else waiting.id if waiting else None
        told = await intakes.view(db, intake_id) if intake_id else None
    start = for_session(session.id, session.plan) if session else for_checkout(plan)
    return filled(start, profile, told)


@dataclass(frozen=True)
class _Described:
    """The session that a description is about."""

    id: uuid.UUID
    plan: str
    intake_id: uuid.UUID | None


async def _session_of(db: Any, caller: Caller, named: uuid.UUID | None) -> _Described | None:
    active = await matching.active_for_customer(db, caller.user_id)
    if active and named in (None, active.session.id):
        return _Described(active.session.id, active.session.plan, active.session.intake_id)
    booked = await scheduling.upcoming_for_customer(db, caller.user_id) if named else []
    return next((_Described(each.session_id, each.plan_code, each.intake_id) for each in booked if each.session_id == named), None)


def for_session(session_id: uuid.UUID, plan: str) -> IntakeStart:
    """A form whose answers go to this session's mechanics."""
    draft = f"intake.{session_id}"
    return IntakeStart(plan=plan, session_id=str(session_id), next_path="/customer/dashboard", draft_key=draft)


def for_checkout(plan: PlanCode | None) -> IntakeStart:
    """A form that waits for the next checkout: that of `plan`, or the one still to be chosen."""
    next_path = f"/api/checkout?plan={plan}" if plan else "/pricing"
    return IntakeStart(plan=(plan or PlanCode.chat10).value, next_path=next_path, draft_key="intake.next")


def filled(start: IntakeStart, profile: CustomerProfile, told: IntakeView | None) -> IntakeStart:
    """The form with what was told before, and what the profile knows."""
    person = replace(
        start,
        name=(told and told.name) or profile.full_name,
        email=(told and told.email) or profile.email,
        phone=(told and told.phone) or profile.phone or "",
    )
    if told is None:
        return person
    return replace(person, **{name: getattr(told, name) or "" for name in TOLD}, files=[_photo(link) for link in told.files])


def _photo(link: FileLink) -> dict[str, str]:
    return {"filePath": link.path, "name": link.name, "preview": link.thumb_url or ""}
