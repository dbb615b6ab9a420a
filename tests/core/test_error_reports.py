"""Unexpected errors reach Sentry once, with the numbers that lead to the log, and nothing that somebody wrote (issue 7, item 10)."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator

import httpx
import pytest
import sqlalchemy as sa
import structlog

from autodoctor import __version__
from autodoctor.core import clock, deadlines, error_reports
from autodoctor.core.db import unit_of_work
from autodoctor.core.telemetry import configure_logging
from autodoctor.jobs.deadlines import fire_overdue
from tests import leaks
from tests.apps import the_api
from tests.conftest import Clock
from tests.logs import logging_restored
from tests.people import a_customer
from tests.sentry import Sentry, class_of, sentry_beside
from tests.worlds import live

PASSWORD, EMAIL = "a-good-password-9", "robin.private@example.com"

log = structlog.get_logger("ours")


@pytest.fixture
def sentry(settings_env: pytest.MonkeyPatch) -> Iterator[Sentry]:
    with sentry_beside(settings_env) as found:
        yield found


@pytest.fixture
def a_password_is_logged() -> Iterator[None]:
    """On purpose: what would be the suite's failure is what these tests begin with."""
    yield
    assert leaks.taken() != []


async def test_a_request_that_breaks_is_reported_by_its_number_and_tells_nothing_of_who_made_it(database: str, sentry: Sentry) -> None:
    """The database's own words quote the address and what was to be written."""
    who = await a_customer()
    token = who.headers["Authorization"].removeprefix("Bearer ")
    async with unit_of_work() as db:
        await db.execute(sa.text("ALTER TABLE users RENAME TO lost"))
    app = the_api()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as api:
        answer = await api.post(
            "/api/customer/login?from=a-secret-query",
            json={"email": EMAIL, "password": PASSWORD},
            headers={**who.headers, "Cookie": "aad_customer=a-cookie-of-theirs", "User-Agent": "a-browser-of-theirs"},
        )
    assert answer.status_code == 500
    (envelope,), (report,) = sentry.envelopes(), sentry.reports()
    assert report["tags"] == {"request_id": answer.headers["x-request-id"]}
    assert (report["release"], report["environment"]) == (f"autodoctor@{__version__}", "test")
    frames = [frame for each in report["exception"]["values"] for frame in each["stacktrace"]["frames"]]
    assert any(frame["module"].startswith("autodoctor.accounts") for frame in frames), "where it happened"
    private = [EMAIL, PASSWORD, token, "a-cookie-of-theirs", "a-secret-query", "a-browser-of-theirs", "robin", "SELECT"]
    assert [each for each in private if each in envelope] == []
    assert not any("vars" in frame for frame in frames)


async def test_a_job_that_breaks_is_reported_with_its_session(database: str, sentry: Sentry, fixed_clock: Clock) -> None:
    consultation, _mechanic = await live()

    async def broken(*_args: object) -> None:
        raise RuntimeError(f"{EMAIL} is unhappy")

    async with unit_of_work() as db:
        await deadlines.schedule(db, "session_end", consultation.session_id, clock.now())
    await fire_overdue({"session_end": broken})
    (report,) = sentry.reports()
    assert report["tags"] == {"job": "deadlines", "kind": "session_end", "session_id": str(consultation.session_id)}
    assert class_of(report) == "RuntimeError"
    assert EMAIL not in sentry.envelopes()[0]


def test_an_error_that_passes_two_who_log_it_is_reported_once(sentry: Sentry, a_password_is_logged: None) -> None:
    try:
        raise KeyError(EMAIL)
    except KeyError as error:
        log.exception("the first sees it")
        log.critical("the second too", exc_info=error)
    logging.getLogger("a.library").error("and another one", exc_info=ValueError(PASSWORD))
    assert [class_of(report) for report in sentry.reports()] == ["KeyError", "ValueError"]
    assert not [each for each in sentry.envelopes() if EMAIL in each or PASSWORD in each]


def test_what_is_no_error_or_has_no_exception_is_not_reported(sentry: Sentry) -> None:
    log.warning("a warning", exc_info=ValueError("odd"))
    log.error("stripe refused", words=EMAIL)
    assert sentry.envelopes() == []


def test_a_storm_of_the_same_error_is_reported_a_few_times(sentry: Sentry) -> None:
    def fail(number: int) -> None:
        raise ConnectionError(number)

    for number in range(50):
        try:
            fail(number)
        except ConnectionError:
            log.exception("the lease can't be renewed")
    log.error("another one", exc_info=OSError())
    assert [class_of(report) for report in sentry.reports()] == [*["ConnectionError"] * error_reports.MOST_A_MINUTE, "OSError"]


def test_what_caused_an_error_says_as_little(sentry: Sentry, a_password_is_logged: None) -> None:
    try:
        try:
            raise ValueError(PASSWORD)
        except ValueError as cause:
            raise RuntimeError(EMAIL) from cause
    except RuntimeError as error:
        error.add_note(f"for {EMAIL}")
        log.exception("both")
    (report,) = sentry.reports()
    assert [each["type"] for each in report["exception"]["values"]] == ["ValueError", "RuntimeError"]
    assert not [each for each in sentry.envelopes() if EMAIL in each or PASSWORD in each]


def test_without_an_address_nothing_is_reported(settings_env: pytest.MonkeyPatch) -> None:
    assert error_reports.reporting() == []
    with logging_restored():
        configure_logging()
        assert len(logging.getLogger().handlers) == 1


def test_a_sentry_that_is_away_breaks_nothing(settings_env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with sentry_beside(settings_env) as sentry:
        sentry.stub.status = 503
        log.error("broken", exc_info=ValueError(str(uuid.uuid4())))
        assert len(sentry.envelopes()) == 1
    assert "broken" in capsys.readouterr().err
