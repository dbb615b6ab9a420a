"""People with logins, and sessions between them, written straight into the tables."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

import httpx

from autodoctor.accounts import admins, tokens
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import Mechanic, MechanicStatus, Profile, Role, User
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions.models import ParticipantRole, Session, SessionParticipant
from autodoctor.sessions.rules import SessionStatus

SOME_HASH = "$2b$04$Ensb/ELLViWytGETjXY1Ru3DAsfXsnDqOzW9mE.Z8Sv246w4e/4ui"


@dataclass(frozen=True)
class Person:
    """Somebody logged in: as services see them, and as requests carry them."""

    caller: Caller
    headers: dict[str, str]

    @property
    def id(self) -> uuid.UUID:
        return self.caller.user_id


async def a_customer(*, is_verified: bool = True) -> Person:
    async with unit_of_work() as db:
        user = User(role=Role.customer, email=f"{secrets.token_hex(5)}@example.com")
        db.add(user)
        await db.flush()
        db.add(Profile(id=user.id, full_name="Robin Sample", role=Role.customer, email_verified=is_verified))
    return await log_in(user.id, Role.customer)


async def a_mechanic() -> Person:
    async with unit_of_work() as db:
        email = f"{secrets.token_hex(5)}@example.com"
        user = User(role=Role.mechanic)
        db.add(user)
        await db.flush()
        db.add(Mechanic(id=user.id, name="Sam Wrench", email=email, password_hash=SOME_HASH, status=MechanicStatus.approved))
    return await log_in(user.id, Role.mechanic)


async def an_admin() -> Person:
    async with unit_of_work() as db:
        admin_id = await admins.create(db, email=f"{secrets.token_hex(5)}@example.com", password=secrets.token_hex(8), name="Kim Admin")
    return await log_in(admin_id, Role.admin)


async def logged_in_again(person: Person) -> Person:
    """The same person with a fresh login: an administrator's ends after an hour without use."""
    return await log_in(person.id, person.caller.role)


async def log_in(user_id: uuid.UUID, role: Role) -> Person:
    """Somebody who is in the tables already."""
    async with unit_of_work() as db:
        issued = await tokens.issue(db, user_id, role, Origin())
        caller = await tokens.identify(db, issued.token)
    assert caller is not None
    return Person(caller, {"Authorization": f"Bearer {issued.token}"})


async def a_session(customer: Person, mechanic: Person | None = None, status: SessionStatus = SessionStatus.waiting) -> uuid.UUID:
    """A paid chat of these two."""
    plan = PLANS[PlanCode.chat10]
    async with unit_of_work() as db:
        session = Session(
            plan=plan.code,
            type=plan.type,
            status=status,
            stripe_session_id=f"cs_{uuid.uuid4().hex}",
            customer_user_id=customer.id,
            mechanic_id=mechanic.id if mechanic else None,
            price_cents=plan.price_cents,
            currency="usd",
            started_at=clock.now(),
        )
        db.add(session)
        await db.flush()
        db.add(SessionParticipant(session_id=session.id, user_id=customer.id, role=ParticipantRole.customer))
        if mechanic:
            db.add(SessionParticipant(session_id=session.id, user_id=mechanic.id, role=ParticipantRole.mechanic))
    return session.id


async def upload(
    api: httpx.AsyncClient, who: Person, content: bytes, *, name: str = "noise.jpg", kind: str = "image/jpeg", **target: str
) -> str:
    """Sign and put one file; answers its path."""
    body = {"fileName": name, "fileSize": len(content), "fileType": kind, **target}
    signed = await api.post("/api/uploads/sign", json=body, headers=who.headers)
    assert signed.status_code == 200, signed.text
    put = await api.put(signed.json()["uploadUrl"], content=content)
    assert put.status_code == 200, put.text
    return signed.json()["filePath"]
