"""What makes a week of working hours valid, and which moments lie in it, across the changes of the clock. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from autodoctor.words import _


@dataclass(frozen=True, order=True)
class Block:
    """Working hours on one day of every week (0 = Sunday), in the mechanic's own time zone."""

    day_of_week: int
    start: time
    end: time
    is_available: bool = True


def first_fault(blocks: Sequence[Block]) -> str | None:
    """What is wrong with these blocks, in the user's words, or None."""
    if any(not 0 <= block.day_of_week <= 6 for block in blocks):
        return _("A day is a number from 0 (Sunday) to 6 (Saturday).")
    if any(block.end <= block.start for block in blocks):
        return _("Working hours must end after they start.")
    overlaps = (one.day_of_week == next_.day_of_week and next_.start < one.end for one, next_ in pairwise(sorted(blocks)))
    return _("Two blocks of working hours overlap.") if any(overlaps) else None


@dataclass(frozen=True)
class TimeOff:
    """From one day to another, both included, on the mechanic's own calendar: weekly hours don't count. With times, a part of one day."""

    first_day: date
    last_day: date
    start: time | None = None
    end: time | None = None

    def on(self, day: date) -> tuple[timedelta, timedelta] | None:
        """What isn't worked on this day, as time on the clock since midnight."""
        if not self.first_day <= day <= self.last_day:
            return None
        return (timedelta(), _DAY) if self.start is None or self.end is None else _on_clock(self.start, self.end)


FARTHEST_OFF = timedelta(days=2 * 365)
"""Time off ends at the latest so long from today."""


def fault_of(off: TimeOff, today: date) -> tuple[str, str] | None:
    """What is wrong with new time off, as the field (`last_day` …) and the user's words, or None."""
    if off.last_day < off.first_day:
        return "last_day", _("The last day is before the first one.")
    if off.last_day < today:
        return "last_day", _("This is over already. Choose a day from today on.")
    if off.last_day > today + FARTHEST_OFF:
        return "last_day", _("Time off can end at most two years from now.")
    if (off.start is None) != (off.end is None):
        return "end_time", _("Give both times, or none for the whole day.")
    if off.start is not None and off.end is not None:
        if off.first_day != off.last_day:
            return "last_day", _("Times are for one day. Leave them out, or choose a single day.")
        if off.end <= off.start:
            return "end_time", _("This ends before it starts.")
    return None


WHOLE_WEEK = tuple(Block(day, time(0, 0), time(23, 59)) for day in range(7))

_MIDNIGHT = time(23, 59)
"""A form for times has no 24:00: whoever works until 23:59 works until midnight."""

_DAY = timedelta(days=1)
AROUND = timedelta(days=8)
"""How far on both sides hours are looked at: whoever never pauses for a week never does."""

BEGINNING = datetime.min.replace(tzinfo=UTC)
END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Interval:
    """From `start` up to, but without, `end`; both in UTC."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


def is_scheduled_now(blocks: Sequence[Block], zone: str, now: datetime, off: Sequence[TimeOff] = ()) -> bool:
    """Whether the mechanic's own clock shows a time within one of the blocks, and not in time off (L5)."""
    local = now.astimezone(ZoneInfo(zone))
    start, hours = datetime.combine(local.date(), time()), local.replace(tzinfo=None)
    return any(start + block_start <= hours < start + block_end for block_start, block_end in _on(blocks, local.date(), off))


def working_hours(blocks: Sequence[Block], zone: str, start: datetime, end: datetime, off: Sequence[TimeOff] = ()) -> list[Interval]:
    """The working hours between two moments, less the time off, earliest first, hours that touch merged into one.

    They are the moments at which the mechanic's own clock shows a time within a block. So where clocks go forward, the hour that
    isn't shown isn't worked (a block wholly within it vanishes that day); where they go back, what is shown twice is worked twice.
    """
    found: list[Interval] = []
    for stretch, offset in _stretches(ZoneInfo(zone), start, end):
        first, last = (stretch.start + offset).date(), (stretch.end + offset).date()
        for days in range((last - first).days + 1):
            day = first + timedelta(days=days)
            midnight = datetime.combine(day, time(), UTC) - offset
            for block_start, block_end in _on(blocks, day, off):
                found.append(Interval(max(midnight + block_start, stretch.start), min(midnight + block_end, stretch.end)))
    return _merged(each for each in sorted(found) if each.start < each.end)


def hours_off(off: TimeOff, zone: str) -> list[Interval]:
    """The moments of time off, earliest first."""
    start = datetime.combine(off.first_day, time(), ZoneInfo(zone)).astimezone(UTC)
    end = datetime.combine(off.last_day + _DAY, time(), ZoneInfo(zone)).astimezone(UTC)
    if off.start is None or off.end is None:
        return [Interval(start, end)]
    return working_hours([replace(each, start=off.start, end=off.end) for each in WHOLE_WEEK], zone, start, end)


def current_block(blocks: Sequence[Block], zone: str, now: datetime, off: Sequence[TimeOff] = ()) -> Interval | None:
    """The unbroken working hours that `now` lies in, or None. Hours that never pause reach from BEGINNING to END."""
    around = working_hours(blocks, zone, now - AROUND, now + AROUND, off)
    for hours in around:
        if now in hours:
            never_pause = hours.end - hours.start > AROUND
            return Interval(BEGINNING, END) if never_pause else hours
    return None


def current_block_start(blocks: Sequence[Block], zone: str, now: datetime) -> datetime | None:
    """When the working hours that `now` lies in began, or None outside of them."""
    hours = current_block(blocks, zone, now)
    return hours.start if hours else None


@dataclass(frozen=True)
class Work:
    """Whether a mechanic wants work now. `until` says when the weekly hours end by which it is so; None where they never pause."""

    is_wanted: bool
    by_hours: bool = False
    until: datetime | None = None


def work(*, online: bool, changed_at: datetime | None, blocks: Sequence[Block], off: Sequence[TimeOff], zone: str, now: datetime) -> Work:
    """By the switch where it is on, else by the weekly hours (L5). A switch that was turned off in hours stays off until they end."""
    by_hours = not online and is_scheduled_now(blocks, zone, now, off)
    hours = current_block(blocks, zone, now, off) if by_hours else None
    if hours is None or (changed_at is not None and hours.start <= changed_at):
        return Work(is_wanted=online)
    return Work(is_wanted=True, by_hours=True, until=None if hours.end == END else hours.end)


def _on(blocks: Sequence[Block], day: date, off: Sequence[TimeOff]) -> Iterator[tuple[timedelta, timedelta]]:
    """What is worked on this day, as time on the clock since midnight."""
    away = [part for each in off if (part := each.on(day))]
    for block in blocks:
        if block.is_available and block.day_of_week == day.isoweekday() % 7:
            yield from _without(_on_clock(block.start, block.end), away)


def _without(worked: tuple[timedelta, timedelta], away: Sequence[tuple[timedelta, timedelta]]) -> list[tuple[timedelta, timedelta]]:
    left = [worked]
    for off_start, off_end in away:
        left = [
            (piece_start, piece_end)
            for start, end in left
            for piece_start, piece_end in ((start, min(end, off_start)), (max(start, off_end), end))
            if piece_start < piece_end
        ]
    return left


def _on_clock(start: time, end: time) -> tuple[timedelta, timedelta]:
    return _since_midnight(start), _DAY if end >= _MIDNIGHT else _since_midnight(end)


def _since_midnight(shown: time) -> timedelta:
    return timedelta(hours=shown.hour, minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)


def _stretches(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[Interval, timedelta]]:
    """The time from `start` to `end`, cut where the zone's distance from UTC changes; each piece with its distance."""
    piece_start, at, offset = start, start, _offset(zone, start)
    while at < end:
        next_ = min(at + _DAY, end)
        if (changed := _offset(zone, next_)) != offset:
            next_ = _change(zone, at, next_)
            yield Interval(piece_start, next_), offset
            piece_start, offset = next_, changed
        at = next_
    if piece_start < end:
        yield Interval(piece_start, end), offset


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which the zone's clocks change, somewhere after `before` and at the latest at `after`."""
    offset, low, high = _offset(zone, before), int(before.timestamp()), -int(-after.timestamp() // 1)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, datetime.fromtimestamp(middle, UTC)) == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _merged(ordered: Iterator[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for each in ordered:
        if merged and each.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, each.end))
        else:
            merged.append(each)
    return merged
