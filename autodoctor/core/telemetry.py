"""Logs: one line an event on standard error, JSON in production, readable elsewhere, with the numbers of what it belongs to.

A line carries `request_id`, which a visitor reads when something broke, and `session_id` from the moment at which the consultation is
looked up. Each door gives every request, event or job lines of its own.
"""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog
from asgi_correlation_id import correlation_id
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

from autodoctor.core import error_reports
from autodoctor.core.settings import get_settings

_TALKATIVE = ("apscheduler", "httpx", "httpcore", "stripe", "alembic")
"""Libraries that report every step at INFO: only their warnings are of use."""


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at that moment: test runners and the command line exchange it."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def configure_logging() -> None:
    """Send our events and those of every library through the same line format, and errors to Sentry too. Safe to call again."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = _ToStandardError()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last_steps()))
    root = logging.getLogger()
    root.handlers = [handler, *error_reports.reporting()]
    root.setLevel(logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _last_steps() -> list[Processor]:
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if get_settings().is_production:
        without_locals = ExceptionDictTransformer(show_locals=False)  # they may hold passwords and tokens
        return [strip, structlog.processors.ExceptionRenderer(without_locals), structlog.processors.JSONRenderer()]
    plain = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
    return [strip, plain]


def _add_request_id(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The number that a visitor reads in an error answer leads to the lines of that request."""
    if request_id := correlation_id.get():
        event["request_id"] = request_id
    return event


@contextmanager
def own_lines(**known: str) -> Iterator[None]:
    """Lines that are logged inside carry what is `known` and what is found out inside, and nothing of what was done before or around."""
    before = structlog.contextvars.get_contextvars()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**known)
    try:
        yield
    finally:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(**before)


@contextmanager
def lines_of_job(name: str) -> Iterator[None]:
    """Own lines, of no request: a job was perhaps woken by one, but does the work of many."""
    token = correlation_id.set(None)
    try:
        with own_lines(job=name):
            yield
    finally:
        correlation_id.reset(token)


def about_session(session_id: uuid.UUID) -> None:
    """From here on the lines of what is being done are about this consultation. Called where sessions are looked up."""
    structlog.contextvars.bind_contextvars(session_id=str(session_id))
