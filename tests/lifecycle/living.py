"""What every rule of the model goes by: the house, its clock, and its books as they were after the last step."""

from __future__ import annotations

import uuid
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from autodoctor.matching.rules import OPEN, WAITING
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.lifecycle import truths
from tests.lifecycle.house import House

ANY = st.integers(0, 10_000)
"""Which of however many there are."""


class Living(RuleBasedStateMachine):
    """`is_up`: the worker runs, so that nothing may be late."""

    house: House
    clock: Clock

    def __init__(self) -> None:
        super().__init__()
        self.is_up = True
        self.books: truths.Books | None = None

    def _work(self, *, dies: bool = False) -> None:
        if self.is_up:
            self.house.work(dies=dies)
            if dies:
                self.clock.advance(seconds=61)  # the claim of the one that died runs out
                self.house.work()

    def _stay_alone(self, customer: Any, session_id: uuid.UUID, minutes: int) -> None:
        """The open page goes on giving its signs of life."""
        for _ in range(minutes):
            self.clock.advance(seconds=30)
            self.house.do(lambda db: sessions.beat(db, customer, session_id))
            self.clock.advance(seconds=30)
            self._work()

    def _tell_all(self) -> None:
        for letter in list(self.house.untold):
            self.house.tell(letter)

    def _open(self) -> list[Any]:
        return [each for each in self.books.requests.values() if each.status in OPEN] if self.books else []

    def _waiting(self) -> list[Any]:
        return [each for each in self._open() if each.status in WAITING]

    def _free_customers(self) -> list[Any]:
        busy = {each.customer_id for each in self._open()}
        return [each for each in self.house.customers if each.user_id not in busy]

    def _alone(self) -> list[uuid.UUID]:
        return [each.id for each in self.books.sessions.values() if each.mechanic_away_since] if self.books else []

    def _one(self, which: int) -> Any:
        return self._open()[which % len(self._open())]

    def _sessions(self, *statuses: str) -> list[uuid.UUID]:
        return [each.id for each in self.books.sessions.values() if each.status in statuses] if self.books else []

    def _pick(self, ids: list[uuid.UUID], which: int) -> uuid.UUID:
        return ids[which % len(ids)]

    def _customer(self, session_id: uuid.UUID) -> Any:
        assert self.books is not None
        return next(each for each in self.house.customers if each.user_id == self.books.requests[session_id].customer_id)

    def _mechanic(self, session_id: uuid.UUID) -> Any:
        assert self.books is not None
        return next(each for each in self.house.mechanics if each.user_id == self.books.sessions[session_id].mechanic_id)
