"""Logs: one line an event on standard error."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
import structlog
from asgi_correlation_id import correlation_id

from autodoctor.core import clock, deadlines
from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.telemetry import configure_logging, own_lines
from autodoctor.jobs.deadlines import fire_overdue
from tests.apps import the_api
from tests.conftest import Clock
from tests.logs import logged, logging_restored
from tests.production import PRODUCTION
from tests.worlds import live


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    with logging_restored():
        yield


def test_in_production_an_event_is_one_line_of_json_with_the_requests_id(
    settings_env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in PRODUCTION.items():
        settings_env.setenv(name, value)
    configure_logging()
    token = correlation_id.set("req-1")
    try:
        structlog.get_logger("ours").info("paid", amount_cents=999)
        logging.getLogger("theirs").warning("slow %s", "query")
        structlog.get_logger("ours").error("broken", exc_info=ValueError("odd"))
    finally:
        correlation_id.reset(token)
    ours, theirs, broken = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["amount_cents"], ours["level"], ours["request_id"]) == ("paid", 999, "info", "req-1")
    assert (theirs["event"], theirs["level"]) == ("slow query", "warning")
    assert broken["exception"][0]["exc_value"] == "odd"


@pytest.mark.parametrize("hostile", ["a\nb", 'x"}\r\n{"event": "paid"', "\x1b[31mred", "\u2028next", "\x00"])
def test_nothing_that_somebody_sends_begins_a_line_of_its_own(
    settings_env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], hostile: str
) -> None:
    for name, value in PRODUCTION.items():
        settings_env.setenv(name, value)
    configure_logging()
    structlog.get_logger("ours").info("refused", user_agent=hostile)
    logging.getLogger("theirs").warning("refused %s", hostile)
    written = capsys.readouterr().err
    ours, theirs = (json.loads(line) for line in written.splitlines())
    assert (ours["event"], ours["user_agent"], theirs["event"]) == ("refused", hostile, f"refused {hostile}")
    assert written.isascii() and not set(written) & {"\x1b", "\r", "\x00"}
    assert ours["timestamp"].endswith("Z"), "in UTC"


def test_in_development_an_event_is_one_readable_line(settings_env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    structlog.get_logger("ours").info("paid", amount_cents=999)
    (line,) = capsys.readouterr().err.splitlines()
    assert "paid" in line
    assert "amount_cents=999" in line


def test_talkative_libraries_are_heard_only_when_they_warn(settings_env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    logging.getLogger("apscheduler.executors.default").info("running a job")
    assert capsys.readouterr().err == ""


async def test_the_lines_of_a_request_carry_its_consultation_and_the_next_ones_do_not(database: str) -> None:
    consultation, mechanic = await live()
    session_id = str(consultation.session_id)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=the_api()), base_url="http://test") as api:
        with logged() as lines:
            await api.get(f"/api/sessions/{session_id}", headers=mechanic.headers)
            await api.get("/api/health")
            await api.post("/api/chat/send-message", json={"sessionId": session_id, "content": "Hello"}, headers=mechanic.headers)
            await api.get("/api/mechanics/me", headers=mechanic.headers)
    told = [(line["path"], line.get("session_id")) for line in lines if line["event"] == "request"]
    assert told == [
        (f"/api/sessions/{session_id}", session_id),
        ("/api/health", None),
        ("/api/chat/send-message", session_id),
        ("/api/mechanics/me", None),
    ]
    assert len({line["request_id"] for line in lines if line["event"] == "request"}) == 4


async def test_the_lines_of_a_job_carry_what_it_is_about_one_after_the_other(database: str, fixed_clock: Clock) -> None:
    """And no request's number, though a request may have woken it."""
    one, other = [(await live())[0].session_id for _ in range(2)]

    async def broken(*_args: object) -> None:
        raise RuntimeError("broken")

    async with unit_of_work() as db:
        await deadlines.schedule(db, "session_end", one, clock.now() - timedelta(seconds=2))
        await deadlines.schedule(db, "session_end", other, clock.now() - timedelta(seconds=1))
        await deadlines.schedule(db, "rehearsal", new_id(), clock.now())
    token = correlation_id.set("of-a-request")
    try:
        with own_lines(), logged() as lines:
            await fire_overdue({"session_end": broken, "rehearsal": broken})
            structlog.get_logger("ours").info("afterwards")
    finally:
        correlation_id.reset(token)
    failed = [
        (line["job"], line.get("session_id"), line.get("request_id")) for line in lines if line["event"].startswith("deadline failed")
    ]
    assert failed == [("deadlines", str(one), None), ("deadlines", str(other), None), ("deadlines", None, None)]
    assert [(line.get("job"), line.get("session_id")) for line in lines if line["event"] == "afterwards"] == [(None, None)]
