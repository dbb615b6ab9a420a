"""A house with things in it that are somebody's own, and people who come to its doors: none of these things are theirs."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import tokens
from autodoctor.accounts.identity import Origin
from autodoctor.accounts.models import Mechanic, MechanicStatus, SecondFactor
from autodoctor.chat import service as chat
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.intake.models import Intake
from autodoctor.sessions import guests
from autodoctor.sessions.models import Session
from autodoctor.vehicles.models import Vehicle
from tests.api.worlds import World, live
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import stored

SECRET = "the-owners-own-affair"


@dataclass(frozen=True)
class House:
    """`world` has the owner's live session and its mechanic."""

    world: World
    vehicle_id: uuid.UUID
    invite_id: uuid.UUID
    intake_id: uuid.UUID

    @property
    def ids(self) -> dict[str, str]:
        """What can be named in a path or a body, by the parameter's name."""
        found = {
            "session_id": self.world.session_id,
            "request_id": self.world.request_id,
            "vehicle_id": self.vehicle_id,
            "invite_id": self.invite_id,
            "intake_id": self.intake_id,
            "login_id": self.world.customer.caller.token_id,
            "mechanic_id": self.world.mechanic.id,
        }
        return {name: str(value) for name, value in found.items()}

    async def belongings(self) -> set[tuple[str, tuple[str, ...]]]:
        """Every row of the database that names the owner, their mechanic, or something of theirs."""
        names = {*self.ids.values(), str(self.world.customer.id)}
        rows = {(table, tuple(map(str, row))) for table, found in (await stored()).items() for row in found}
        return {(table, row) for table, row in rows if any(name in value for name in names for value in row)}


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door, by what the table calls them; `person` is None for one who isn't logged in."""

    kind: str
    person: Person | None = None
    headers: dict[str, str] = field(default_factory=dict)


async def a_house() -> House:
    """A live session with a vehicle, a described problem, a message and an invitation."""
    world = await live()
    vehicle = Vehicle(user_id=world.customer.id, make="Honda", model=SECRET, year="2015")
    intake = Intake(customer_id=world.customer.id, plan="chat10", name=SECRET, email="owner@example.com", concern=SECRET)
    async with unit_of_work() as db:
        db.add_all([vehicle, intake])
        await db.flush()
        await db.execute(sa.update(Session).where(col(Session.id) == world.session_id).values(intake_id=intake.id, session_notes=SECRET))
        await chat.send(db, world.customer.caller, world.session_id, content=SECRET)
        invited = await guests.invite(db, world.customer.caller, world.session_id)
    return House(world, vehicle.id, invited.id, intake.id)


async def a_visitor(kind: str) -> Visitor:
    """Somebody of this kind; nothing in the house is theirs."""
    if kind == "visitor":
        return Visitor(kind)
    person = await PEOPLE[kind]()
    return Visitor(kind, person, person.headers)


async def _unapproved() -> Person:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(status=MechanicStatus.pending_review))
    return mechanic


async def _a_guest() -> Person:
    world = await live()
    async with unit_of_work() as db:
        invited = await guests.invite(db, world.customer.caller, world.session_id)
        joined = await guests.join(db, invited.url.rsplit("/", 1)[-1], "Alex", Origin())
        caller = await tokens.identify(db, joined.login.token)
    assert caller is not None
    return Person(caller, {"Authorization": f"Bearer {joined.login.token}"})


async def _enrolled() -> Person:
    admin = await an_admin()
    async with unit_of_work() as db:
        db.add(SecondFactor(user_id=admin.id, secret="-", confirmed_at=clock.now()))
    return admin


PEOPLE: dict[str, Callable[[], Awaitable[Person]]] = {
    "unverified customer": lambda: a_customer(is_verified=False),
    "customer": a_customer,
    "unapproved mechanic": _unapproved,
    "mechanic": a_mechanic,
    "administrator": _enrolled,
    "administrator without a second factor": an_admin,
    "guest of another session": _a_guest,
}
