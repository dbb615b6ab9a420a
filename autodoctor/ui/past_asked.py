"""Which of somebody's own past sessions an address asks for, and what the filter above them shows of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from autodoctor.ui.addresses import leading_to
from autodoctor.ui.sessions_asked import SessionsAsked, sessions_asked_in


@dataclass(frozen=True, kw_only=True)
class PastAsked(SessionsAsked):
    """On the page at `path`, in its tab `tab` ("" where it has none)."""

    path: str
    tab: str = ""

    def href(self, *, before: str = "") -> str:
        return leading_to(self.path, {"tab": self.tab} | self.narrowing() | {"before": before})

    def clear(self) -> str:
        """Where all of them are."""
        return leading_to(self.path, {"tab": self.tab})


@dataclass(frozen=True)
class PastFrame:
    """What stands around the list: the filter, drawn anew whenever `drawn` is another text; why there is no list (`problem`); where it
    is whole (`clear`), goes on (`older`) and begins (`newest`). "" where there is nothing.
    """

    status: str = ""
    plan: str = ""
    first_day: str = ""
    last_day: str = ""
    words: str = ""
    is_narrowed: bool = False
    drawn: str = ""
    problem: str = ""
    clear: str = ""
    older: str = ""
    newest: str = ""


def past_asked_by(query: Mapping[str, Any], *, path: str, tab: str = "", statuses: Collection[str]) -> PastAsked:
    """What a query or a form asks for; what it doesn't name well is left open."""
    return PastAsked(path=path, tab=tab, **sessions_asked_in(query, statuses))


def past_frame(asked: PastAsked, *, next_cursor: str | None, problem: str) -> PastFrame:
    """`next_cursor`: behind which row the list goes on, None at its end."""
    return PastFrame(
        status=asked.status,
        plan=asked.plan,
        first_day=asked.first_day,
        last_day=asked.last_day,
        words=asked.words,
        is_narrowed=asked.is_narrowed,
        drawn=asked.href(),
        problem=problem,
        clear=asked.clear(),
        older=asked.href(before=next_cursor) if next_cursor else "",
        newest=asked.href() if asked.before else "",
    )
