"""Keeping one test's logging out of the others, and reading what was logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from autodoctor.core.telemetry import configure_logging


@contextmanager
def logging_restored() -> Iterator[None]:
    """Whatever is configured inside is gone afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)
        structlog.reset_defaults()


class _Collect(logging.Handler):
    def __init__(self, lines: list[dict[str, Any]]) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, dict):
            self._lines.append(record.msg)


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """The lines that we log inside, as they are configured: each with what it says and the numbers it carries."""
    lines: list[dict[str, Any]] = []
    with logging_restored():
        configure_logging()
        logging.getLogger().addHandler(_Collect(lines))
        yield lines
