"""Logs: one line an event on standard error."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from asgi_correlation_id import correlation_id

from autodoctor.core.telemetry import configure_logging
from tests.logs import logging_restored
from tests.production import PRODUCTION


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
