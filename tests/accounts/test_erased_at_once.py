"""An account is erased while something happens to it in another window: one waits for the other, and neither breaks (R2)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import erasing, passwords
from autodoctor.accounts.models import User
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.security import hash_password
from autodoctor.sessions import service as sessions
from autodoctor.sessions import status
from autodoctor.sessions.models import Session
from autodoctor.vehicles import service as vehicles
from autodoctor.vehicles.description import Description
from tests.accounts.test_at_once import LONG_ENOUGH_S
from tests.api import worlds
from tests.api.conftest import api  # noqa: F401 - a fixture
from tests.api.identity import PASSWORD
from tests.api.test_personal_data import delete, with_password
from tests.api.worlds import World
from tests.files import samples
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer, upload

Act = Callable[[AsyncSession, World], Awaitable[object]]


async def erased(customer: Person) -> None:
    async with reading() as db:
        known = await passwords.held(db, customer.caller)
    async with unit_of_work() as db:
        await erasing.erase_own(db, customer.caller, known=known)


async def rate(db: AsyncSession, world: World) -> None:
    await sessions.review(db, world.customer.caller, world.session_id, rating=5, review="So friendly")


async def change_a_session(db: AsyncSession, world: World) -> None:
    await status.update(db, world.session_id, session_notes="As it was")


async def hold_a_session(db: AsyncSession, world: World) -> None:
    await status.locked(db, world.session_id)


async def note(db: AsyncSession, world: World) -> None:
    actor = world.customer.id
    await status.note(db, world.session_id, "session", "completed", "completed", actor_id=actor, reason="a word about it")


async def add_a_vehicle(db: AsyncSession, world: World) -> None:
    await vehicles.add(db, world.customer.caller, Description(make="Honda", model="Accord", year="2003"), is_primary=False)


FIRST_AND_THEN: dict[str, tuple[Act, Act]] = {
    "rated, and noted": (rate, note),
    "changed, and noted": (change_a_session, note),
    "held, and noted": (hold_a_session, note),
    "held, and a vehicle told": (hold_a_session, add_a_vehicle),
    "a vehicle told, and another": (add_a_vehicle, add_a_vehicle),
}
"""What holds something of the customer's, and what then names the customer."""


@pytest.mark.parametrize("what", FIRST_AND_THEN)
async def test_neither_breaks_the_other(database: str, what: str) -> None:
    first, then = FIRST_AND_THEN[what]
    world = await worlds.completed(await with_password())
    async with unit_of_work() as db:
        await add_a_vehicle(db, world)
    async with unit_of_work() as db:
        await first(db, world)
        erasure = asyncio.create_task(erased(world.customer))
        await asyncio.wait([erasure], timeout=LONG_ENOUGH_S)
        assert not erasure.done(), "it waits for what is under way"
        await then(db, world)
    await asyncio.wait_for(erasure, timeout=20)
    (session,) = await rows_of(Session)
    assert session.review is None, "it came before, so it is erased too"


async def test_a_customer_who_deletes_and_goes_on_in_another_window_hears_no_500(
    database: str,
    api: httpx.AsyncClient,  # noqa: F811
) -> None:
    found = Counter[tuple[str, int]]()

    async def round_of_windows() -> None:
        world = await worlds.live(await with_password_of_ones_own())
        path = await upload(api, world.customer, samples.picture(), sessionId=str(world.session_id))
        async with unit_of_work() as db:
            await sessions.end(db, world.mechanic.caller, world.session_id)
        headers, theirs = world.customer.headers, world.mechanic.headers
        car = {"make": "Honda", "model": "Accord", "year": "2003"}
        calls = {
            "delete": delete(api, world.customer),
            "review": api.post(f"{world.session_path}/review", json={"rating": 5, "review": "Fine"}, headers=headers),
            "file": api.post(f"{world.session_path}/files", json={"filePath": path}, headers=headers),
            "vehicle": api.post("/api/customer/vehicles", json=car, headers=headers),
            "profile": api.patch("/api/customer/profile", json={"fullName": "Robin Again"}, headers=headers),
            "message": api.post("/api/chat/send-message", json={"sessionId": str(world.session_id), "content": "Hi"}, headers=headers),
            "notes": api.patch(f"{world.session_path}/notes", json={"sessionNotes": "As it was"}, headers=theirs),
            "deleted again": delete(api, world.customer),
        }
        answers = await asyncio.gather(*calls.values())
        found.update(zip(calls, (answer.status_code for answer in answers), strict=True))

    for _ in range(6):
        await asyncio.gather(*(round_of_windows() for _ in range(2)))
    print(f"\n{dict(found)}")
    assert {key: count for key, count in found.items() if key[1] >= 500} == {}
    assert found["delete", 200] > 0


async def with_password_of_ones_own() -> Person:
    """As `with_password`, with an address that nobody else has."""
    customer = await a_customer()
    async with unit_of_work() as db:
        await db.execute(sa.update(User).where(col(User.id) == customer.id).values(password_hash=await hash_password(PASSWORD)))
    return customer
