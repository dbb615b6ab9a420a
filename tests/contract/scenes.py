"""Who calls, and what there is for them to name: somebody of a role with things of their own at one moment of a consultation."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import bcrypt
import httpx
import pyotp
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import second_factor, tokens
from autodoctor.accounts.identity import Origin
from autodoctor.accounts.models import Mechanic, Role, User
from autodoctor.chat import service as chat
from autodoctor.core.db import unit_of_work
from autodoctor.intake.models import Intake
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import guests
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session
from autodoctor.vehicles.models import Vehicle
from tests import worlds
from tests.files import samples
from tests.people import Person, an_admin, upload
from tests.scheduling.booking_worlds import a_working_mechanic, book, in_hours
from tests.worlds import Consultation

ROLES = ("visitor", "guest", "customer", "mechanic", "administrator")
PASSWORD = "a-good-password-9"
_HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
PICTURE = samples.picture(size=(16, 12))


@dataclass
class Scene:
    """`person` is who calls, None for a visitor; `known` are ids and the like by the parameter's name; `secret` is their app's."""

    stage: str
    person: Person | None
    known: dict[str, str]
    secret: str = ""
    done: set[str] = field(default_factory=set)

    @property
    def token(self) -> str:
        return self.person.headers["Authorization"] if self.person else ""

    def value(self, name: str) -> str | None:
        """What is known under this name, whichever way it is spelled; a code is the one that the app shows now."""
        if name == "totp":
            return pyotp.TOTP(self.secret).now() if self.secret else None
        return self.known.get(_snake(name))


async def a_scene(role: str, stage: str, url: str) -> Scene:
    """Somebody new of this role, at this moment of a new consultation; they have PASSWORD."""
    consultation, mechanic = await STAGES[stage]()
    known = await _things(consultation, mechanic, stage, url)
    person = await _who(role, consultation, mechanic)
    scene = Scene(stage, person, known)
    if person and role != "guest":
        known["email"] = await _with_password(person)
        known["login_id"] = str(person.caller.token_id)
        scene.secret = await _begun(person)
    return scene


async def _who(role: str, consultation: Consultation, mechanic: Person) -> Person | None:
    if role == "visitor":
        return None
    if role == "guest":
        return await _guest_of(consultation)
    return await an_admin() if role == "administrator" else {"customer": consultation.customer, "mechanic": mechanic}[role]


async def _guest_of(consultation: Consultation) -> Person:
    async with unit_of_work() as db:
        invited = await guests.invite(db, consultation.customer.caller, consultation.session_id)
        joined = await guests.join(db, invited.url.rsplit("/", 1)[-1], "Alex", Origin())
        caller = await tokens.identify(db, joined.login.token)
    assert caller is not None
    return Person(caller, {"Authorization": f"Bearer {joined.login.token}"})


async def _things(consultation: Consultation, mechanic: Person, stage: str, url: str) -> dict[str, str]:
    """A vehicle, a described problem, and in an open room a message, an invitation and a file."""
    customer, session_id = consultation.customer, consultation.session_id
    vehicle = Vehicle(user_id=customer.id, make="Honda", model="Accord", year="2015")
    intake = Intake(customer_id=customer.id, plan="chat10", name="Robin", email="robin@example.com", concern="It knocks")
    async with unit_of_work() as db:
        db.add_all([vehicle, intake])
        await db.flush()
        row = (await db.scalars(sa.select(Session).where(col(Session.id) == session_id))).one()
        row.intake_id = intake.id
        found = {
            "session_id": session_id,
            "request_id": consultation.request_id,
            "vehicle_id": vehicle.id,
            "intake_id": intake.id,
            "mechanic_id": mechanic.id,
            "customer_id": customer.id,
            "room_name": f"session-{session_id}",
            "stripe_session_id": row.stripe_session_id,
            "week": "2026-W10",
        }
        if stage == "live":
            await chat.send(db, customer.caller, session_id, content="It knocks when cold.")
            invited = await guests.invite(db, customer.caller, session_id)
            found |= {"invite_id": invited.id, "invitation": invited.url.rsplit("/", 1)[-1]}
    if stage == "live":
        found |= await _a_file(customer, session_id, url)
    return {name: str(value) for name, value in found.items()}


async def _a_file(customer: Person, session_id: uuid.UUID, url: str) -> dict[str, str]:
    """One that is recorded, with its link, and permission to send another."""
    async with httpx.AsyncClient(base_url=url, timeout=20) as client:
        path = await upload(client, customer, PICTURE, sessionId=str(session_id))
        recorded = await client.post(f"/api/sessions/{session_id}/files", json={"filePath": path}, headers=customer.headers)
        body = {"fileName": "a.jpg", "fileSize": len(PICTURE), "fileType": "image/jpeg", "sessionId": str(session_id)}
        signed = await client.post("/api/uploads/sign", json=body, headers=customer.headers)
    download = recorded.json()["file"]["url"].rsplit("/", 1)[-1]
    return {"file_path": path, "download": download, "upload": httpx.URL(signed.json()["uploadUrl"]).params["token"]}


async def _with_password(person: Person) -> str:
    """Answers the address that goes with it."""
    owner = Mechanic if person.caller.role is Role.mechanic else User
    async with unit_of_work() as db:
        await db.execute(sa.update(owner).where(col(owner.id) == person.id).values(password_hash=_HASH))
    return person.caller.email


async def _begun(person: Person) -> str:
    """The secret of the app that they are about to set up, "" for those who can't."""
    if person.caller.role not in second_factor.MAY_HAVE_ONE:
        return ""
    async with unit_of_work() as db:
        return (await second_factor.begin(db, person.caller)).secret


async def _waiting() -> tuple[Consultation, Person]:
    """Paid; the mechanic may take it."""
    return await worlds.paid_request(), await worlds.a_senior()


async def _completed() -> tuple[Consultation, Person]:
    """A Full Diagnostic that is over; its report is yet to be written."""
    consultation, mechanic = await worlds.live(PlanCode.diagnostic)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id, session_notes="Piston slap, harmless when cold.")
    return consultation, mechanic


async def _booked() -> tuple[Consultation, Person]:
    """For the day after tomorrow; nothing is asked of anybody yet."""
    mechanic = await a_working_mechanic(is_senior=True)
    waiting = await worlds.paid_request()
    session_id = await book(waiting.customer, in_hours(50), mechanic)
    return Consultation(waiting.customer, session_id, waiting.request_id), mechanic


STAGES: dict[str, Callable[[], Awaitable[tuple[Consultation, Person]]]] = {
    "live": worlds.live,
    "waiting": _waiting,
    "completed": _completed,
    "accepted": worlds.accepted,
    "booked": _booked,
}
OPEN = ("live",)
"""The stages in which somebody can be invited."""


def _snake(name: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name)
