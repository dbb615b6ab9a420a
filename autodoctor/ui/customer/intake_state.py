"""What the intake form starts with: the open session, what was told before, and what is known of the customer."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts import queries as accounts
from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.files.links import FileLink
from autodoctor.intake import queries as intakes
from autodoctor.intake.queries import IntakeView
from autodoctor.matching import queries as matching
from autodoctor.plans.catalog import PlanCode, find_plan
from autodoctor.ui.customer.guarding import customer_of
from autodoctor.ui.customer.vehicles_state import known
from autodoctor.ui.customer.view import IntakeStart, KnownVehicle
from autodoctor.vehicles import queries as vehicles


class IntakeState(rx.State):
    ready: bool = False
    start: IntakeStart = IntakeStart()
    vehicles: list[KnownVehicle] = []

    @rx.event
    async def load(self):
        """The open session's description, or an empty one for the next checkout."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        plan = find_plan(self.router.url.query_parameters.get("plan"))
        self.start, self.vehicles = await starting_point(caller, plan.code if plan else None)
        self.ready = True
        return None


async def starting_point(caller: Caller, plan: PlanCode | None) -> tuple[IntakeStart, list[KnownVehicle]]:
    """With an open session the form is about that one; without, it is kept for the checkout of `plan`."""
    async with reading() as db:
        profile = await accounts.customer_profile(db, caller.user_id)
        active = await matching.active_for_customer(db, caller.user_id)
        intake_id = active.session.intake_id if active else None
        told = await intakes.view(db, intake_id) if intake_id else None
        registry = await vehicles.list_own(db, caller.user_id)
    target = _for_session(active.session) if active else _for_checkout(plan)
    person = {
        "name": _first(told and told.name, profile.full_name),
        "email": _first(told and told.email, profile.email),
        "phone": _first(told and told.phone, profile.phone),
    }
    return IntakeStart(**target, **person, **_told(told)), [known(each) for each in registry]


def _for_session(session: Session) -> dict[str, str]:
    return {
        "plan": session.plan,
        "session_id": str(session.id),
        "next_path": "/customer/dashboard",
        "draft_key": f"intake.{session.id}",
    }


def _for_checkout(plan: PlanCode | None) -> dict[str, str]:
    code = (plan or PlanCode.chat10).value
    return {"plan": code, "next_path": f"/api/checkout?plan={code}" if plan else "/pricing", "draft_key": "intake.next"}


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")


def _told(told: IntakeView | None) -> dict[str, str | list[dict[str, str]]]:
    if told is None:
        return {}
    names = ("city", "vin", "year", "make", "model", "odometer", "plate", "concern", "details")
    return {**{name: getattr(told, name) or "" for name in names}, "files": [_photo(link) for link in told.files]}


def _photo(link: FileLink) -> dict[str, str]:
    return {"filePath": link.path, "name": link.name, "preview": link.thumb_url or ""}
