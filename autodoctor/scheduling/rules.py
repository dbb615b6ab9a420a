"""What makes a week of working hours valid. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise


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
        return "A day is a number from 0 (Sunday) to 6 (Saturday)."
    if any(block.end <= block.start for block in blocks):
        return "Working hours must end after they start."
    overlaps = (one.day_of_week == next_.day_of_week and next_.start < one.end for one, next_ in pairwise(sorted(blocks)))
    return "Two blocks of working hours overlap." if any(overlaps) else None


WHOLE_WEEK = tuple(Block(day, time(0, 0), time(23, 59)) for day in range(7))
