"""What each side looks back at, narrowed down, and how it is read."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import ValidationFailed
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import history
from autodoctor.sessions.listing import SessionFilter
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from tests.counting import asked
from tests.people import Person, a_customer, a_mechanic, a_session

pytestmark = pytest.mark.usefixtures("database")

S = SessionStatus
EVERYTHING = SessionFilter(status=S.completed, plan=PlanCode.chat10, first_day=date(2026, 1, 1), last_day=date(2026, 3, 1), words="honda")


async def past(customer: Person, mechanic: Person | None = None, status: SessionStatus = S.completed, **told: Any) -> uuid.UUID:
    session_id = await a_session(customer, mechanic, status)
    if told:
        async with unit_of_work() as db:
            await db.execute(sa.update(Session).where(col(Session.id) == session_id).values(**told))
    return session_id


async def of_customer(customer: Person, but: uuid.UUID | None = None, **wanted: Any) -> set[uuid.UUID]:
    async with reading() as db:
        return {each.id for each in (await history.of_customer(db, customer.id, SessionFilter(**wanted), but=but)).items}


async def of_mechanic(mechanic: Person, **wanted: Any) -> set[uuid.UUID]:
    async with reading() as db:
        return {each.id for each in (await history.of_mechanic(db, mechanic.id, SessionFilter(**wanted))).items}


async def test_a_customer_sees_what_is_behind_them_and_nobody_elses() -> None:
    customer = await a_customer()
    done, off = await past(customer), await past(customer, status=S.cancelled)
    await past(customer, status=S.scheduled)
    on_its_way = await past(customer, status=S.live)
    await past(await a_customer())
    assert await of_customer(customer, but=on_its_way) == {done, off}


async def test_a_mechanic_sees_what_they_completed_and_nobody_elses() -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    done = await past(customer, mechanic)
    await past(customer, mechanic, status=S.cancelled)
    await past(customer, await a_mechanic())
    assert await of_mechanic(mechanic) == {done}


async def test_they_are_found_by_status_plan_and_day() -> None:
    customer = await a_customer()
    done = await past(customer, created_at=datetime(2026, 2, 1, 12, tzinfo=UTC))
    off = await past(customer, status=S.cancelled, plan="video15", created_at=datetime(2026, 2, 3, 12, tzinfo=UTC))
    assert await of_customer(customer, status=S.completed) == {done}
    assert await of_customer(customer, plan=PlanCode.video15) == {off}
    assert await of_customer(customer, first_day=date(2026, 2, 2)) == {off}
    assert await of_customer(customer, last_day=date(2026, 2, 2)) == {done}


async def test_days_are_those_of_the_readers_zone() -> None:
    customer = await a_customer()
    late = await past(customer, created_at=datetime(2026, 2, 2, 3, tzinfo=UTC))  # still the first of February in Vancouver
    first = date(2026, 2, 1)
    assert await of_customer(customer, last_day=first) == set()
    assert await of_customer(customer, last_day=first, zone=ZoneInfo("America/Vancouver")) == {late}


@pytest.mark.parametrize("words", ["honda", "2003 Hon", "  ACCORD ", "wrench"])
async def test_a_customer_finds_the_vehicle_and_the_mechanic(words: str) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    wanted = await past(customer, mechanic, vehicle_info={"year": "2003", "make": "Honda", "model": "Accord"})
    await past(customer, vehicle_info={"make": "Fiat"})
    await past(customer)
    assert await of_customer(customer, words=words) == {wanted}


async def test_words_are_taken_as_they_are_and_addresses_are_not_looked_through() -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    await past(customer, mechanic, vehicle_info={"make": "Honda"})
    for words in ("%", "_", "example.com", "make"):
        assert await of_customer(customer, words=words) == await of_mechanic(mechanic, words=words) == set()


async def test_a_mechanic_finds_a_customer_by_the_beginning_of_the_name() -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    done = await past(customer, mechanic)
    assert await of_mechanic(mechanic, words="rob") == {done}
    assert await of_mechanic(mechanic, words="sample") == set()


async def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValidationFailed):
        await of_customer(await a_customer(), first_day=date(2026, 2, 2), last_day=date(2026, 2, 1))


SIDES: tuple[tuple[Any, str], ...] = (
    (history.of_customer, "sessions_customer_idx (customer_user_id=?"),
    (history.of_mechanic, "sessions_mechanic_idx (mechanic_id=?"),
)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("wanted", [SessionFilter(), EVERYTHING], ids=["all", "everything"])
async def test_a_page_is_a_walk_along_the_index_of_its_side(database: str, wanted: SessionFilter) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    for _ in range(2):
        await past(customer, mechanic)
    async with reading() as db:
        cursor = (await history.of_customer(db, customer.id, SessionFilter(), but=None, limit=1)).next_cursor
        for side, index in SIDES:
            for before in (None, cursor):
                options = {"but": customer.id} if side is history.of_customer else {}
                with asked() as statements:
                    await side(db, customer.id, wanted, cursor=before, **options)
                ((statement, parameters),) = statements
                plan = await (await db.connection()).exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                lines = [line[-1] for line in plan]
                assert any(f"USING INDEX {index}" in line for line in lines)
                assert "USE TEMP B-TREE FOR ORDER BY" not in lines
                assert before is None or any("created_at<" in line for line in lines), "what lies before the cursor is not read again"
