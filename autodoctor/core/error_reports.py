"""Unexpected errors, reported to Sentry where SENTRY_DSN names one.

Whatever is logged as an error with an exception is reported, once, so no door has to think of it: REST, pages and jobs log what nobody
foresaw. Sentry is somebody else's house. It gets to know which error, where in the code, and under which numbers the log tells the rest;
never what an exception says, since that may quote what somebody wrote: an address, a password, a token.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

import sentry_sdk
import structlog
from asgi_correlation_id import correlation_id
from sentry_sdk.integrations.dedupe import DedupeIntegration

from autodoctor import __version__
from autodoctor.core.settings import get_settings

MOST_A_MINUTE = 10
"""Of the same kind: a database that is down breaks everything several times a second."""

FLUSH_WITHIN_S = 2
TOLD = "Its text is in the log, under the same numbers."
_TAGS = ("request_id", "session_id", "job", "kind")
"""What of a line in the log goes with it: numbers of ours, and words of the code."""

_KEPT = {"event_id", "timestamp", "level", "platform", "release", "environment", "server_name", "sdk", "exception"}


def reporting() -> list[logging.Handler]:
    """What the log's root has to hand errors to: nothing where no Sentry is named. Safe to call again."""
    settings = get_settings()
    if not settings.sentry_dsn:
        return []
    sentry_sdk.init(
        dsn=settings.sentry_dsn,
        environment=settings.app_env.value,
        release=f"autodoctor@{__version__}",
        send_default_pii=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[DedupeIntegration()],
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        shutdown_timeout=FLUSH_WITHIN_S,
        before_send=_bare,
    )
    return [_Reporter()]


@asynccontextmanager
async def flushing() -> AsyncIterator[None]:
    """At its end what waits to be reported is sent, for FLUSH_WITHIN_S at most (a lifespan task of the application)."""
    yield
    await asyncio.to_thread(sentry_sdk.flush, timeout=FLUSH_WITHIN_S)


class _Reporter(logging.Handler):
    """Reports the exceptions of whatever is logged as an error, ours and that of libraries."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._lately: dict[tuple[Any, ...], deque[float]] = defaultdict(lambda: deque(maxlen=MOST_A_MINUTE))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._report(record)
        except Exception:
            self.handleError(record)  # whoever logs an error has trouble enough

    def _report(self, record: logging.LogRecord) -> None:
        error = _exception_in(record)
        if error is None or record.name.startswith(("sentry_sdk", "urllib3")) or self._is_too_often(error):
            return
        with sentry_sdk.new_scope() as scope:
            for name, value in _tags_of(record).items():
                scope.set_tag(name, value)
            scope.capture_exception(error)

    def _is_too_often(self, error: BaseException) -> bool:
        """More than MOST_A_MINUTE of one kind and place."""
        lately, now = self._lately[_place_of(error)], monotonic()
        if len(lately) == MOST_A_MINUTE and now - lately[0] < 60:
            return True
        lately.append(now)
        return False


def _exception_in(record: logging.LogRecord) -> BaseException | None:
    """structlog leaves it in the event, other loggers beside it; either may say no more than that there is one."""
    told: Any = record.msg.get("exc_info") if isinstance(record.msg, dict) else record.exc_info
    if isinstance(told, BaseException):
        return told
    if isinstance(told, tuple):
        return told[1]
    return sys.exc_info()[1] if told else None


def _tags_of(record: logging.LogRecord) -> dict[str, str]:
    known: dict[str, Any] = {"request_id": correlation_id.get(), **structlog.contextvars.get_contextvars()}
    known |= record.msg if isinstance(record.msg, dict) else {}
    return {name: str(known[name]) for name in _TAGS if known.get(name)}


def _place_of(error: BaseException) -> tuple[Any, ...]:
    """What makes two errors the same one again: their class, and the line at which they came up."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ()
    return (type(error), *where)


def _bare(event: Any, _hint: Any) -> Any:
    """The event without anything that might quote a person. What the SDK may add some day stays here too."""
    tags = {name: value for name, value in (event.get("tags") or {}).items() if name in _TAGS}
    bare = {name: value for name, value in event.items() if name in _KEPT} | {"tags": tags}
    for each in bare.get("exception", {}).get("values", []):
        each["value"] = TOLD
        for frame in (each.get("stacktrace") or {}).get("frames", []):
            frame.pop("vars", None)
    return bare
