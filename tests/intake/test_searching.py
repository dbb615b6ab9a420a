"""Intakes are found by their words, on both databases alike."""

from __future__ import annotations

import sys
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.intake import admin_queries
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import IntakeStatus
from autodoctor.intake.searching import IntakeFilter, words_of
from autodoctor.plans.catalog import PlanCode
from tests.conftest import Clock
from tests.counting import asked
from tests.intake.searches import found, indexed_words, told


async def test_words_are_found_in_any_order_and_the_last_one_while_it_is_typed(database: str) -> None:
    one = await told("It knocks when cold", details="Since the winter", year="2003", make="Honda", model="Accord")
    for words in ("cold knocks", "KNO", "honda acc", "Accord 2003", "knocks, when", "since winter"):
        assert await found(words) == [one], words
    for words in ("kno cold", "nocks", "knocks hot", "ccord"):
        assert await found(words) == [], words


async def test_contact_and_vehicle_are_found_by_what_people_know_of_them(database: str) -> None:
    car: dict[str, Any] = {"vin": "1HGCM82633A004352", "plate": "AB-12 CD", "vehicle_make": "Volvo", "vehicle_model": "V70"}
    one = await told(None, name="Robin Sample", email="robin.s@example.com", phone="+12025550143", city="Springfield", **car)
    await told(None, vin="1FTSW21P34ED12345", phone="+12025550999")
    known = ("sample robin", "robin.s@exam", "+12025550143", "2025550143", "5550143", "0143", "springf", "volvo v7")
    for words in (*known, "1HGCM82633A004352", "1hgcm8", "m82633", "A004352", "4352", "AB-12 CD", "ab12cd", "ab 12"):
        assert await found(words) == [one], words
    assert await found("m82635") == []


async def test_accents_and_capitals_make_no_difference(database: str) -> None:
    one = await told("Le démarrage est ÂPRE, señor", name="Zoe\u0308 Müller", city="Київ")
    for words in ("demarrage", "DÉMARRAGE", "apre", "senor", "zoe", "ZOË mull", "mu\u0308ller", "київ", "КИЇ"):
        assert await found(words) == [one], words


HOSTILE = (
    *"\"'()*:^-+&|!<>\\%_,;@#~`[]{}?=/$",
    *('"', "''", '"" ""', "(((", "\\'", "a\\", "\x00", "a\x00b", "\ud83d", "\u202e", "'); DROP TABLE intakes"),
    *("a OR", "AND", "NOT", "NEAR(a b)", "OR OR OR", "a AND NOT b", "name:robin", "{name} : x", "^a", "a*", "-a"),
    *("a:*B", "a <-> b", "'a' & !'b'", "a | b", "!", "\ue000new", "\ue001abc", "status=new", "month=24315"),
    *("🔥", "a🔥b", "🚗" * 50, "ﬁ", "\u0301", "ß", "１２３", "\u093c", "क्षि", "한국어", "x" * 100),
)


@pytest.mark.parametrize("status", [None, IntakeStatus.new])
async def test_nothing_that_somebody_types_is_an_operator_or_an_error(database: str, status: IntakeStatus | None) -> None:
    one = await told("It knocks")
    for words in HOSTILE:
        assert await found(words, status=status) == [], words
        for together in (f"{words} knocks", f"knocks {words}"):
            assert set(await found(together, status=status)) <= {one}, together
    assert await found(" \"It\" 'knocks'* ", status=status) == [one]


def _with_each(first: int, number: int) -> str:
    """A text of words with each of so many characters in the middle."""
    return " ".join(f"a{chr(each)}a" for each in range(first, min(first + number, sys.maxunicode + 1)))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_counts_as_a_letter_is_one_word_for_sqlite_too(database: str) -> None:
    """Else it would be a phrase, for which the index has no places of words."""
    words = sorted({word for start in range(0, sys.maxunicode, 272) for word in words_of(_with_each(start, 272))})
    assert len(words) > 85_000
    async with reading() as db:
        connection = await db.connection()
        for start in range(0, len(words), 200):
            either = " OR ".join(f'"{word}" *' for word in words[start : start + 200])
            await connection.exec_driver_sql("SELECT rowid FROM intake_words WHERE intake_words MATCH ?", (either,))


async def test_a_search_goes_with_every_filter(database: str, fixed_clock: Clock) -> None:
    first = await told("brakes", plan="chat10", status=IntakeStatus.in_review)
    fixed_clock.advance(days=40)
    second = await told("brakes", plan="video15", status=IntakeStatus.in_progress)
    other = await told("clutch", plan="video15", status=IntakeStatus.in_review)
    assert await found("brakes") == [second, first]
    assert await found("brakes", status=IntakeStatus.in_progress) == [second]
    assert await found("brakes", status=IntakeStatus.in_review, plan=PlanCode.video15) == []
    assert await found("c", plan=PlanCode.video15) == [other]
    assert await found("brakes", last_day=date(2026, 3, 2)) == [first]
    assert await found("brakes", first_day=date(2026, 3, 3)) == [second]
    assert await found("brakes", first_day=date(2026, 3, 3), last_day=date(2026, 3, 4)) == []


async def test_pages_go_along_time_and_id_also_within_a_moment(database: str, fixed_clock: Clock) -> None:
    ids = list[tuple[object, uuid.UUID]]()
    for microseconds in (0, 0, 0, 400, 400, 999, 1000, 1000, 86_400_000_000, 86_400_000_000 * 70):
        at = fixed_clock.time + timedelta(microseconds=microseconds)
        ids.append((at, await told("brakes", at=at)))
        await told("clutch", at=at)
    assert await found("brakes") == [each for _, each in sorted(ids, reverse=True)]


async def test_what_is_changed_or_gone_is_found_by_what_it_says_now(database: str) -> None:
    one, other = await told("brakes"), await told("brakes")
    theirs = sa.update(Intake).where(col(Intake.id) == one)
    async with unit_of_work() as db:
        await db.execute(theirs.values(concern="clutch", status=IntakeStatus.resolved))
        await db.execute(sa.delete(Intake).where(col(Intake.id) == other))
    assert (await found("brakes"), await found("clutch"), await found("clutch", status=IntakeStatus.new)) == ([], [one], [])
    assert await found("clutch", status=IntakeStatus.resolved) == [one]
    later = await told("clutch")
    async with unit_of_work() as db:
        await db.execute(theirs.values(created_at=clock.now() + timedelta(days=90)))
    assert await found("clutch") == [one, later]
    async with reading() as db:
        assert "brakes" not in await indexed_words(db)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_tidying_the_database_up_moves_nothing_in_the_index(database: str) -> None:
    gone, one, _other = await told("clutch"), await told("brakes"), await told("clutch")
    async with unit_of_work() as db:
        await db.execute(sa.delete(Intake).where(col(Intake.id) == gone))
    async with reading() as db:
        raw = await (await db.connection()).get_raw_connection()
        await raw.driver_connection.execute("COMMIT")  # type: ignore[union-attr]
        await raw.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
        await raw.driver_connection.execute("BEGIN")  # type: ignore[union-attr]
    assert await found("brakes") == [one]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_search_is_a_walk_along_the_index_and_reads_no_more_intakes_than_it_shows(database: str) -> None:
    for at in range(3):
        await told(f"brakes {at}")
    async with reading() as db:
        cursor = (await admin_queries.listed(db, IntakeFilter(words="brakes"), limit=1)).next_cursor
        for before in (None, cursor):
            plan = await _plan(db, IntakeFilter(words="brakes", status=IntakeStatus.new), before)
            assert [line for line in plan if " intakes " in line] == ["SEARCH intakes USING INDEX sqlite_autoindex_intakes_1 (id=?)"]
            assert not [line for line in plan if line.startswith("SCAN intake_places")]


async def _plan(db: AsyncSession, wanted: IntakeFilter, cursor: str | None) -> list[str]:
    with asked() as statements:
        await admin_queries.listed(db, wanted, cursor=cursor)
    ((statement, parameters),) = statements
    connection = await db.connection()
    return [line[-1] for line in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


async def test_a_search_is_taken_home_the_oldest_first(database: str, fixed_clock: Clock) -> None:
    first = await told("brakes", status=IntakeStatus.in_review)
    fixed_clock.advance(days=40)
    second = await told("brakes")
    await told("clutch")
    for words, status, ids in (("brakes", None, [first, second]), ("brak", IntakeStatus.new, [second]), ("%", None, [])):
        lines = [line async for line in admin_queries.export(IntakeFilter(words=words, status=status))]
        assert [line.split(",")[1] for line in lines[1:]] == [str(each) for each in ids]
