"""The ground floor on both databases: migrations, the unit of work, the outbox, deadlines and leases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from autodoctor.accounts.models import Role, User
from autodoctor.core import clock, deadlines, events, leases, outbox
from autodoctor.core.db import reading, savepoint, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.settings import get_settings
from tests.conftest import Clock
from tests.production import PRODUCTION


async def test_a_failed_unit_of_work_keeps_nothing_and_tells_nobody(database: str) -> None:
    heard: list[object] = []

    async def listener(fact: object) -> None:
        heard.append(fact)

    events.listen(listener)
    try:
        with pytest.raises(RuntimeError):
            async with unit_of_work() as db:
                db.add(User(role=Role.customer, email="a@example.com"))
                await events.record(db, "fact")
                raise RuntimeError
    finally:
        events.unlisten(listener)
    async with reading() as db:
        assert await db.scalar(sa.select(sa.func.count()).select_from(User)) == 0
    assert heard == []


async def test_a_part_that_fails_alone_is_taken_back_with_its_facts_and_the_rest_stands(database: str) -> None:
    heard: list[object] = []

    async def listener(fact: object) -> None:
        heard.append(fact)

    events.listen(listener)
    try:
        async with unit_of_work() as db:
            await events.record(db, "before")
            with pytest.raises(RuntimeError):
                async with savepoint(db):
                    db.add(User(role=Role.customer, email="a@example.com"))
                    await db.flush()
                    await events.record(db, "taken back")
                    raise RuntimeError
            db.add(User(role=Role.customer, email="b@example.com"))
            await events.record(db, "after")
    finally:
        events.unlisten(listener)
    async with reading() as db:
        assert list(await db.scalars(sa.select(User.email))) == ["b@example.com"]
    assert heard == ["before", "after"]


async def test_the_database_refuses_an_unknown_role(database: str) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        async with unit_of_work() as db:
            await db.execute(
                sa.text("INSERT INTO users (id, created_at, role) VALUES (:id, :at, 'ghost')"), {"id": new_id().hex, "at": clock.now()}
            )


@pytest.mark.parametrize("in_production", [True, False])
async def test_an_error_in_production_doesn_t_say_what_was_written(
    database: str, settings_env: pytest.MonkeyPatch, in_production: bool
) -> None:
    for name, value in (PRODUCTION if in_production else {}).items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    with pytest.raises(sa.exc.DBAPIError) as caught:
        async with unit_of_work() as db:
            await db.execute(sa.text("UPDATE nowhere SET email = :email"), {"email": "robin@example.com"})
    assert ("robin@example.com" in str(caught.value)) is not in_production


async def test_an_outbox_entry_is_written_once_per_key_and_retried_later(database: str, fixed_clock: Clock) -> None:
    async with unit_of_work() as db:
        await outbox.enqueue(db, "mail", key="welcome:1", payload={"to": "a@example.com"})
        await outbox.enqueue(db, "mail", key="welcome:1", payload={"to": "a@example.com"})
    async with unit_of_work() as db:
        (entry,) = await outbox.claim_due(db)
        await outbox.mark_failed(db, entry, "the provider is down")
    async with unit_of_work() as db:
        assert await outbox.claim_due(db) == []
    fixed_clock.advance(seconds=3)
    async with unit_of_work() as db:
        (again,) = await outbox.claim_due(db)
        assert (again.attempts, again.last_error) == (2, "the provider is down")


async def test_a_deadline_can_be_moved_and_is_due_once(database: str, fixed_clock: Clock) -> None:
    entity = new_id()
    async with unit_of_work() as db:
        await deadlines.schedule(db, "session_end", entity, clock.now() + timedelta(minutes=1))
        await deadlines.schedule(db, "session_end", entity, clock.now() + timedelta(minutes=2))
    fixed_clock.advance(seconds=90)
    async with unit_of_work() as db:
        assert await deadlines.find_due(db) == []
    fixed_clock.advance(seconds=30)
    async with unit_of_work() as db:
        (due,) = await deadlines.find_due(db)
        await deadlines.settle(db, due)
        assert await deadlines.find_due(db) == []


async def test_one_worker_holds_a_lease_until_it_runs_out(database: str, fixed_clock: Clock) -> None:
    async with unit_of_work() as db:
        assert await leases.hold(db, "jobs", "one", timedelta(seconds=10))
        assert not await leases.hold(db, "jobs", "two", timedelta(seconds=10))
    fixed_clock.advance(seconds=11)
    async with unit_of_work() as db:
        assert await leases.hold(db, "jobs", "two", timedelta(seconds=10))
        assert not await leases.hold(db, "jobs", "one", timedelta(seconds=10))
