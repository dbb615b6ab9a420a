"""The machine finds a bug when one is put in: each of these was, and the truth that it breaks is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
import sqlalchemy as sa
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import deadlines, events
from autodoctor.core.db import get_engine
from autodoctor.jobs.deadlines import RULES
from autodoctor.matching import accepting, closing
from autodoctor.matching import status as requests
from autodoctor.matching.deadlines import REQUEST_EXPIRES
from autodoctor.matching.facts import RequestClosed
from autodoctor.matching.rules import CloseReason, RequestStatus
from autodoctor.scheduling import booking
from autodoctor.sessions import absence
from autodoctor.sessions import status as sessions
from autodoctor.sessions.facts import SessionEnded
from autodoctor.sessions.rules import SessionStatus
from tests.conftest import Clock
from tests.lifecycle.house import House
from tests.lifecycle.machine import machine_of, thorough

Mutation = Callable[[pytest.MonkeyPatch, House], None]


def a_closed_request_forgets_the_refund(patch: pytest.MonkeyPatch, _house: House) -> None:
    patch.setitem(events._subscribers, RequestClosed, [])


def a_session_that_ends_leaves_its_request_open(patch: pytest.MonkeyPatch, _house: House) -> None:
    patch.setitem(events._subscribers, SessionEnded, [])


def any_status_may_follow_any(patch: pytest.MonkeyPatch, _house: House) -> None:
    patch.setattr(requests, "sources_of", lambda _table, _target: frozenset(RequestStatus))
    patch.setattr(sessions, "sources_of", lambda _table, _target: frozenset(SessionStatus))


def what_comes_back_never_expires(patch: pytest.MonkeyPatch, _house: House) -> None:
    async def schedule(db: AsyncSession, kind: str, *about: Any) -> None:
        if kind != REQUEST_EXPIRES:
            await deadlines.schedule(db, kind, *about)

    patch.setattr(accepting, "deadlines", _Instead(deadlines, schedule=schedule))


def a_late_customer_is_always_refunded(patch: pytest.MonkeyPatch, _house: House) -> None:
    real = closing.rules.is_refunded
    also = {CloseReason.customer_no_show, CloseReason.cancelled_after_accept}
    patch.setattr(closing, "rules", _Instead(closing.rules, is_refunded=lambda reason, **policy: reason in also or real(reason, **policy)))


def a_mechanic_may_have_two_jobs(_patch: pytest.MonkeyPatch, house: House) -> None:
    async def drop() -> None:
        async with get_engine().begin() as connection:
            for index in ("sessions_one_job_per_mechanic_key", "session_requests_one_job_per_mechanic_key"):
                await connection.execute(sa.text(f"DROP INDEX {index}"))

    house.run(drop())


def a_mechanic_who_stays_away_is_never_given_up(patch: pytest.MonkeyPatch, _house: House) -> None:
    patch.setattr(absence, "AWAY_ENDS", "nothing_of_ours")


def a_time_that_is_let_go_of_stays_taken(patch: pytest.MonkeyPatch, _house: House) -> None:
    async def leave(*_about: Any, **_more: Any) -> None:
        """Not."""

    patch.setattr(booking, "quarters", _Instead(booking.quarters, leave=leave))


def a_hold_never_ends(patch: pytest.MonkeyPatch, _house: House) -> None:
    async def keep(_db: AsyncSession, _booking_id: Any) -> None:
        """Kept for ever."""

    patch.setitem(cast(dict[str, Any], RULES), "hold_ends", keep)


class _Instead:
    """A module with something else in the place of one of its functions."""

    def __init__(self, module: Any, **instead: Any) -> None:
        self._module = module
        self.__dict__.update(instead)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


@pytest.mark.parametrize(
    ("mutation", "truth"),
    [
        (a_closed_request_forgets_the_refund, "0 cents back"),
        (a_session_that_ends_leaves_its_request_open, "request accepted, session"),
        (any_status_may_follow_any, " to |became|request |leads to|session_participants"),
        (what_comes_back_never_expires, "nothing will end it"),
        (a_late_customer_is_always_refunded, "999 cents back|2999 cents back|4999 cents back"),
        (a_mechanic_may_have_two_jobs, "two jobs"),
        (a_mechanic_who_stays_away_is_never_given_up, "nothing will end it"),
        (a_time_that_is_let_go_of_stays_taken, "a released booking has|a booked booking has"),
        (a_hold_never_ends, "nothing will end the hold|its hold is over"),
    ],
)
def test_the_machine_finds_it(
    sqlite_house: House, fixed_clock: Clock, monkeypatch: pytest.MonkeyPatch, mutation: Mutation, truth: str
) -> None:
    mutation(monkeypatch, sqlite_house)
    quick = settings(thorough(examples=200, steps=50), phases=(Phase.generate,), report_multiple_bugs=False, print_blob=False)
    with pytest.raises((AssertionError, IntegrityError), match=truth) as found:  # the tables have truths of their own
        run_state_machine_as_test(machine_of(sqlite_house, fixed_clock), settings=quick)
    print(f"\n{mutation.__name__}: {str(found.value).splitlines()[0]}")
