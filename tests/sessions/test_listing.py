"""The administrators' lists stay walks along an index, however many sessions there are."""

from __future__ import annotations

from datetime import date

import pytest

from autodoctor.core.db import reading
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import listing
from autodoctor.sessions.listing import SessionFilter
from autodoctor.sessions.rules import SessionStatus
from tests.counting import asked
from tests.people import a_customer, a_mechanic, a_session

EVERYTHING = {"status": SessionStatus.completed, "plan": PlanCode.chat10, "first_day": date(2026, 1, 1), "last_day": date(2026, 3, 1)}


async def walked(wanted: SessionFilter, *, cursor: str | None = None) -> list[str]:
    """How SQLite, which knows nothing of how many rows there are, would read the sessions; and whether it would sort them."""
    async with reading() as db:
        with asked() as statements:
            await listing.listed(db, wanted, cursor=cursor)
        ((statement, parameters),) = [each for each in statements if "FROM sessions" in each[0]]
        connection = await db.connection()
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [line[-1] for line in plan if " sessions " in line[-1] or "ORDER BY" in line[-1]]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (SessionFilter(), "sessions_created_at_idx"),
        (SessionFilter(last_day=date(2026, 3, 1)), "sessions_created_at_idx"),
        (SessionFilter(status=SessionStatus.live), "sessions_status_idx"),
        (SessionFilter(plan=PlanCode.chat10), "sessions_plan_idx"),
        (SessionFilter(**EVERYTHING), "sessions_status_plan_idx"),
    ],
    ids=["all", "days", "status", "plan", "everything"],
)
async def test_a_filter_is_a_walk_along_its_index_in_order(database: str, wanted: SessionFilter, index: str) -> None:
    async with reading() as db:
        await a_session(await a_customer())
        await a_session(await a_customer())
        cursor = (await listing.listed(db, SessionFilter(), limit=1)).next_cursor
    for plan in (await walked(wanted), await walked(wanted, cursor=cursor)):
        assert f"USING INDEX {index}" in plan[0]
        assert not [line for line in plan if line == "USE TEMP B-TREE FOR ORDER BY"]
    assert "created_at<" in plan[0], "what lies before the cursor is not read again"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_search_reads_the_sessions_of_whom_it_finds(database: str) -> None:
    await a_session(await a_customer(), await a_mechanic())
    for words, ways in (("robin", {"customer_user_id"}), ("wrench", {"mechanic_id"}), ("example.com", {"customer_user_id", "mechanic_id"})):
        plan = await walked(SessionFilter(words=words, **EVERYTHING))
        reads = [line for line in plan if " sessions " in line]
        assert len(reads) == len(ways) + 1, "and each one found by its id"
        assert all(any(f"({way}=? AND created_at" in line for line in reads) for way in ways)
        assert all("(id=?)" in line or "created_at" in line for line in reads)
