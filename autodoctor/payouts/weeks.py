"""Weeks as calendars number them, Monday to Sunday, in somebody's own time zone. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NAME = re.compile(r"(20\d\d)-W(\d\d)")


@dataclass(frozen=True, order=True)
class Week:
    """ISO 8601: week 1 holds the year's first Thursday."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    @property
    def first_day(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=6)

    def since(self, zone: ZoneInfo) -> datetime:
        """Its first moment there, in UTC."""
        return datetime.combine(self.first_day, time.min, zone).astimezone(UTC)

    def until(self, zone: ZoneInfo) -> datetime:
        """The first moment of the next one."""
        return self.plus(1).since(zone)

    def plus(self, weeks: int) -> Week:
        """So many weeks later, or earlier."""
        return week_of(self.first_day + timedelta(weeks=weeks))


def week_of(day: date) -> Week:
    """The week that this day is in."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def week_at(moment: datetime, zone: ZoneInfo) -> Week:
    """The week that it is then, there."""
    return week_of(moment.astimezone(zone).date())


def parse_week(name: object) -> Week | None:
    """`2026-W47`, or None for what is no week."""
    found = _NAME.fullmatch(str(name))
    if not found:
        return None
    try:
        return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        return None
