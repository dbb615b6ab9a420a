"""The one clock. Nothing else asks the system for the time, so a test can set it and never has to wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The current time, timezone-aware, in UTC."""
    return _source()


def seconds_since(moment: datetime | None) -> float:
    """How long ago that was; 0 for what hasn't been yet, or never was."""
    return max(0.0, (now() - moment).total_seconds()) if moment else 0.0


def set_source(source: Callable[[], datetime] | None) -> None:
    """Put another source of time in place (tests), or the system's back with None."""
    global _source
    _source = source or _system_time
