"""`/metrics`: every figure, who may read them, and that reading harms nobody (issue 7, item 10)."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from autodoctor.api import standing
from autodoctor.core import clock, deadlines
from autodoctor.core.db import dispose_engine, reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.core.settings import get_settings
from autodoctor.jobs.leader import Leader
from autodoctor.matching import service as matching
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from tests import counting
from tests.apps import the_api
from tests.conftest import Clock
from tests.figures import Figures, figure, read_figures
from tests.people import a_mechanic
from tests.production import PRODUCTION
from tests.worlds import accept, accepted, live, paid_request

TOKEN = "a-token-of-the-scrapers-own"
LOOKS = 6
"""Queries for all the figures of the database."""


async def scraped(api: httpx.AsyncClient) -> Figures:
    answer = await api.get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    return read_figures(answer.text)


def reads(asked: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Those that read a table."""
    return [(statement, parameters) for statement, parameters in asked if "FROM" in statement]


async def test_an_empty_house_has_every_figure_at_nothing(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    figures = await scraped(api)
    assert figure(figures, "database_up") == 1
    assert {labels for name, labels in figures if name == "autodoctor_sessions_open"} == {
        frozenset({("status", each)}) for each in ("scheduled", "pending", "waiting", "live")
    }
    stood = {name: value for (name, _labels), value in figures.items() if re.search("waiting|late|parked|failing|open|_led|longest", name)}
    assert len(stood) >= 12
    assert set(stood.values()) == {0}


async def test_the_outbox_tells_what_waits_since_when_and_what_was_given_up(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    begun = clock.now()
    async with unit_of_work() as db:
        for number, (status, age_s) in enumerate([("waiting", 90), ("waiting", 10), ("parked", 500), ("delivered", 900)]):
            at = begun - timedelta(seconds=age_s)
            db.add(OutboxEntry(kind="mail", key=str(number), status=OutboxStatus(status), created_at=at))
    figures = await scraped(api)
    told = [figure(figures, f"outbox_{name}") for name in ("waiting", "oldest_waiting_seconds", "parked")]
    assert told == [2, 90, 1]


async def test_stripes_inbox_tells_what_waits_what_fails_and_what_was_given_up(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    events = [("waiting", 40, None), ("waiting", 70, "it broke"), ("parked", 800, "it broke"), ("processed", 900, None)]
    async with unit_of_work() as db:
        for number, (status, age_s, error) in enumerate(events):
            at = clock.now() - timedelta(seconds=age_s)
            db.add(StripeEvent(id=f"evt_{number}", type="x", status=EventStatus(status), received_at=at, error=error))
    figures = await scraped(api)
    told = [figure(figures, f"stripe_inbox_{name}") for name in ("waiting", "failing", "oldest_waiting_seconds", "parked")]
    assert told == [2, 1, 70, 1]


async def test_a_deadline_is_late_when_it_should_have_fired_a_while_ago(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    async with unit_of_work() as db:
        for seconds in (-60, -10, -3, 30):
            await deadlines.schedule(db, "session_end", new_id(), clock.now() + timedelta(seconds=seconds))
    figures = await scraped(api)
    assert (figure(figures, "deadlines_late"), figure(figures, "deadlines_oldest_late_seconds")) == (2, 60)


async def test_requests_and_sessions_are_told_by_status(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    left_alone = await paid_request()
    fixed_clock.advance(seconds=310)
    async with unit_of_work() as db:
        await matching.mark_unattended(db, left_alone.request_id)
    await paid_request()
    await live()
    figures = await scraped(api)
    assert figure(figures, "requests_waiting", status="pending") == 1
    assert figure(figures, "requests_waiting", status="unattended") == 1
    assert figure(figures, "requests_longest_wait_seconds") == 310
    open_sessions = [figure(figures, "sessions_open", status=each) for each in ("pending", "waiting", "live")]
    assert open_sessions == [2, 0, 1]


async def test_somebody_leads_the_jobs_until_they_resign(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    leader = Leader()
    await leader.campaign()
    figures = await scraped(api)
    assert (figure(figures, "jobs_led"), figure(figures, "jobs_leader")) == (1, 1)
    await leader.resign()
    fixed_clock.advance(seconds=3)
    figures = await scraped(api)
    assert (figure(figures, "jobs_led"), figure(figures, "jobs_leader")) == (0, 0)


async def test_a_match_counts_once_it_stands_with_the_time_it_took(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    before = await scraped(api)
    consultation, mechanic = await paid_request(), await a_mechanic()
    fixed_clock.advance(seconds=45)
    with pytest.raises(RuntimeError, match="on the way"):
        async with unit_of_work() as db:
            await matching.accept(db, mechanic.caller, consultation.request_id)
            raise RuntimeError("the connection breaks on the way to the commit")
    assert figure(await scraped(api), "matches_total") == figure(before, "matches_total")
    await accept(mechanic, consultation)
    after = await scraped(api)
    assert figure(after, "matches_total") - figure(before, "matches_total") == 1
    assert figure(after, "time_to_match_seconds_sum") - figure(before, "time_to_match_seconds_sum") == pytest.approx(45)
    soon, late = (
        figure(after, "time_to_match_seconds_bucket", le=le) - figure(before, "time_to_match_seconds_bucket", le=le)
        for le in ("30.0", "60.0")
    )
    assert (soon, late) == (0, 1)


async def test_requests_are_counted_by_the_route_as_it_is_declared(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    before = await scraped(api)
    consultation, mechanic = await accepted()
    session_id = str(consultation.session_id)
    assert (await api.get(f"/api/sessions/{session_id}", headers=mechanic.headers)).status_code == 200
    assert (await api.get(f"/api/sessions/{session_id}")).status_code == 401
    assert (await api.get("/api/nothing-here/robin@example.com")).status_code == 404
    assert (await api.request("BREW", "/api/health")).status_code == 405
    fixed_clock.advance(seconds=3)
    text = (await api.get("/metrics")).text
    assert session_id not in text
    assert "robin" not in text
    after = read_figures(text)

    def more(method: str, route: str, status: str) -> float:
        labels = {"method": method, "route": route, "status": status}
        return figure(after, "http_requests_total", **labels) - figure(before, "http_requests_total", **labels)

    told = [more("GET", "/api/sessions/{session_id}", "200"), more("GET", "/api/sessions/{session_id}", "401")]
    assert told == [1, 1]
    assert more("GET", "/api/{rest}", "404") == 1
    assert more("other", "/api/health", "405") == 1
    assert figure(after, "http_request_seconds_count", method="GET", route="/api/sessions/{session_id}") >= 2


async def test_labels_have_few_values_and_every_name_is_ours(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    await live()
    figures = await scraped(api)
    assert {name for name, _labels in figures if not name.startswith("autodoctor_")} == set()
    labels = {name for _name, labels in figures for name, _value in labels}
    assert labels <= {"method", "route", "status", "le", "what", "outcome", "queue", "version"}


async def test_a_storm_of_scrapes_looks_once_in_two_seconds(api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    with counting.asked() as asked:
        await asyncio.gather(*(scraped(api) for _ in range(20)))
        assert len(reads(asked)) == LOOKS
        fixed_clock.advance(seconds=1)
        await scraped(api)
        assert len(reads(asked)) == LOOKS
        fixed_clock.advance(seconds=1)
        await scraped(api)
        assert len(reads(asked)) == 2 * LOOKS


async def test_every_look_goes_over_an_index(database: str, fixed_clock: Clock) -> None:
    """However large the tables are: on PostgreSQL with the planner kept from reading small ones whole."""
    with counting.asked() as asked:
        await standing.look()
    looks = reads(asked)
    assert len(looks) == LOOKS
    explain = "EXPLAIN QUERY PLAN " if database.startswith("sqlite") else "EXPLAIN "
    async with reading() as db:
        connection = await db.connection()
        if not database.startswith("sqlite"):
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement, parameters in looks:
            plan = " | ".join(str(tuple(row)) for row in (await connection.exec_driver_sql(explain + statement, parameters)).all())
            assert "Seq Scan" not in plan, plan
            assert not re.search(r"SCAN (deadlines|outbox|stripe_events|session_requests|sessions|leases)(?! USING)", plan), plan
            assert re.search(r"(?i)using (covering )?index|index (only )?scan|bitmap", plan), plan


async def test_a_database_that_is_down_is_a_figure_and_the_rest_is_told(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    get_settings.cache_clear()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=the_api()), base_url="http://test") as api:
        await api.get("/api/health")
        figures = await scraped(api)
    await dispose_engine()
    assert figures["autodoctor_database_up", frozenset()] == 0
    assert figure(figures, "http_requests_total", method="GET", route="/api/health", status="503") >= 1
    assert not [name for name, _ in figures if "outbox" in name], "nothing is told that nobody knows"


async def in_production(env: pytest.MonkeyPatch, token: str, headers: dict[str, str]) -> httpx.Response:
    for name, value in (PRODUCTION | {"METRICS_TOKEN": token}).items():
        env.setenv(name, value)
    get_settings.cache_clear()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=the_api()), base_url="http://test") as api:
        return await api.get("/metrics", headers=headers)


async def test_in_production_it_is_not_there_without_a_token(settings_env: pytest.MonkeyPatch) -> None:
    answer = await in_production(settings_env, "", {"Authorization": "Bearer "})
    assert (answer.status_code, answer.json()["code"], answer.headers["content-type"]) == (404, "not_found", "application/problem+json")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer ütf".encode()},
        {"Cookie": f"metrics={TOKEN}"},
    ],
)
async def test_another_token_or_none_is_refused(settings_env: pytest.MonkeyPatch, headers: dict[str, str]) -> None:
    answer = await in_production(settings_env, TOKEN, headers)
    assert (answer.status_code, answer.json()["code"], answer.headers["www-authenticate"]) == (401, "unauthenticated", "Bearer")
    assert "autodoctor_" not in answer.text


async def test_the_scrapers_token_opens_it(settings_env: pytest.MonkeyPatch) -> None:
    answer = await in_production(settings_env, TOKEN, {"Authorization": f"bearer {TOKEN}"})
    await dispose_engine()
    assert answer.status_code == 200
    assert figure(read_figures(answer.text), "build_info", version="0.1.0") == 1


async def test_who_is_logged_in_is_no_scraper(api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("METRICS_TOKEN", TOKEN)
    get_settings.cache_clear()
    mechanic = await a_mechanic()
    assert (await api.get("/metrics", headers=mechanic.headers)).status_code == 401
