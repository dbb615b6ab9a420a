"""A customer and a mechanic with a consultation between them, as the API sees them; and browsers that carry cookies."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from autodoctor.accounts.cookies import login_cookie
from autodoctor.core.db import unit_of_work
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from tests import worlds
from tests.people import Person, a_mechanic
from tests.worlds import Consultation


@dataclass(frozen=True)
class World:
    """One customer's paid request, and a mechanic who may take it."""

    customer: Person
    mechanic: Person
    session_id: uuid.UUID
    request_id: uuid.UUID

    @property
    def consultation(self) -> Consultation:
        return Consultation(self.customer, self.session_id, self.request_id)

    @property
    def session_path(self) -> str:
        return f"/api/sessions/{self.session_id}"

    @property
    def accept_path(self) -> str:
        return f"/api/mechanics/requests/{self.request_id}/accept"


async def paid(customer: Person | None = None, mechanic: Person | None = None, plan: PlanCode = PlanCode.chat10) -> World:
    """Paid, and waiting for a mechanic."""
    request = await worlds.paid_request(plan, customer)
    return World(request.customer, mechanic or await a_mechanic(), request.session_id, request.request_id)


async def accepted(customer: Person | None = None, mechanic: Person | None = None) -> World:
    """Accepted by the mechanic; nobody is in the room yet."""
    world = await paid(customer, mechanic)
    await worlds.accept(world.mechanic, world.consultation)
    return world


async def live(customer: Person | None = None, mechanic: Person | None = None) -> World:
    """Both are in the room, and the clock runs."""
    world = await accepted(customer, mechanic)
    for person in (world.customer, world.mechanic):
        await worlds.enter(person, world.consultation)
    return world


async def completed(customer: Person | None = None, mechanic: Person | None = None) -> World:
    """Over, with the mechanic's last word."""
    world = await live(customer, mechanic)
    async with unit_of_work() as db:
        await sessions.end(db, world.mechanic.caller, world.session_id, session_notes="Piston slap, harmless when cold.")
    return world


def browser_of(*people: Person, origin: str | None = "http://test") -> dict[str, Any]:
    """What a browser sends in which all of these are logged in: their cookies, and where its page came from."""
    cookies = "; ".join(f"{login_cookie(person.caller.role)}={token_of(person)}" for person in people)
    return {"headers": {"Cookie": cookies, **({"Origin": origin} if origin else {})}}


def token_of(person: Person) -> str:
    return person.headers["Authorization"].removeprefix("Bearer ")


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def wrong_fields(answer: httpx.Response) -> tuple[int, list[str]]:
    return answer.status_code, [each["field"] for each in answer.json().get("errors", [])]
