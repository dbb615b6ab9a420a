"""Times that are booked: kept, paid in time or late, moved, called off, given back, and come (L8)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from autodoctor.core.settings import get_settings
from autodoctor.matching import service as matching
from autodoctor.plans.catalog import PlanCode
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling.slot_rules import LEAD, starts
from autodoctor.sessions import service as sessions
from tests.lifecycle import truths
from tests.lifecycle.living import ANY, Living

SPAN = timedelta(minutes=90)
"""Only the next times are asked for, so that customers meet at them, and soon."""

PLANS = st.sampled_from(list(PlanCode))
DIES = st.sampled_from([False, False, False, True])


class Planning(Living):
    """The rules about bookings."""

    @rule(
        customer=st.integers(0, 2),
        plan=PLANS,
        slot=ANY,
        mechanic=st.integers(0, 5),
        then=st.sampled_from(["pays", "pays", "leaves", "waits"]),
    )
    def ask_for_a_time(self, customer: int, plan: PlanCode, slot: int, mechanic: int, then: str) -> None:
        """With one of the mechanics, or with anybody; who leaves comes back without having paid."""
        who = self.house.customers[customer]
        is_kept = self.house.hold(who, plan, self._slot(slot), self._named(mechanic))
        if then == "leaves":
            self.house.do(lambda db: bookings.release_own(db, who))
        if then == "pays" and is_kept:
            self.house.pay_for_time(self.house.checkouts[-1])
            self._tell_all()

    @precondition(lambda self: self.house.checkouts)
    @rule(which=ANY, is_told=st.sampled_from([True, True, False]))
    def pay_for_a_time(self, which: int, is_told: bool) -> None:
        """In time, or at a page that is open although nobody keeps the time any more."""
        self.house.pay_for_time(self.house.checkouts[which % len(self.house.checkouts)])
        if is_told:
            self._tell_all()

    @precondition(lambda self: self._booked())
    @rule(which=ANY, slot=ANY, mechanic=st.integers(0, 5))
    def move(self, which: int, slot: int, mechanic: int) -> None:
        booking, to = self._one_booked(which), self._slot(slot)
        customer = self._payer(booking)
        self.house.do(lambda db: bookings.move(db, customer, booking.session_id, to, mechanic_id=self._named(mechanic)))

    @precondition(lambda self: self._booked())
    @rule(which=ANY, dies=DIES)
    def call_off(self, which: int, dies: bool) -> None:
        booking = self._one_booked(which)
        customer = self._payer(booking)
        self.house.do(lambda db: bookings.cancel(db, customer, booking.session_id), dies=dies)

    @precondition(lambda self: self._booked())
    @rule(which=ANY, mechanic=st.integers(0, 2))
    def give_back(self, which: int, mechanic: int) -> None:
        booking = self._one_booked(which)
        who = next((each for each in self.house.mechanics if each.user_id == booking.mechanic_id), self.house.mechanics[mechanic])
        self.house.do(lambda db: bookings.give_back(db, who, booking.session_id))

    @precondition(lambda self: self.is_up and self._booked())
    @rule(first=st.sampled_from(["serves", "serves", "takes it", "passes", "is silent"]), other=st.integers(0, 2))
    def its_time_comes(self, first: str, other: int) -> None:
        """The next booked one is offered: to its mechanic alone, until they have passed or their time for it is over."""
        booking = min(self._booked(), key=lambda each: (each.starts_at, each.id))
        self._go_on_until(booking.starts_at)
        self.books = self.house.run(truths.read())
        request = self.books.requests[booking.session_id]
        alone = [each for each in self.house.mechanics if each.user_id == booking.mechanic_id and request.first_offer_until]
        another = self.house.mechanics[other]
        if alone and another not in alone:
            refused = self.house.do(lambda db: matching.accept(db, another, request.id))
            assert refused != "done", "taken by somebody else than the booked mechanic, who is asked first"
        if first == "is silent":
            self.clock.advance(seconds=get_settings().first_offer_s + 1)
            self._work()
        for who in alone:
            answer = matching.pass_on if first == "passes" else matching.accept
            self.house.do(lambda db, who=who, answer=answer: answer(db, who, request.id))
        for who in (*alone, self._payer(booking)) if first == "serves" else ():
            self.house.do(lambda db, who=who: sessions.start(db, who, booking.session_id))

    def _wait_for_booked_times(self) -> None:
        """For everybody who goes home: the last booked time has come."""
        self.clock.advance(seconds=1)
        self._work()
        if last := max((each.starts_at for each in self._booked(of=self.house.run(truths.read()))), default=None):
            self._go_on_until(last)

    def _go_on_until(self, moment: datetime) -> None:
        self.clock.advance(seconds=max(0.0, (moment - self.clock.time).total_seconds()))
        self._work()

    def _slot(self, which: int) -> datetime:
        """One of the next times that can be booked."""
        now = self.clock.time
        times = starts(now, now + LEAD + SPAN, now)
        return times[which % len(times)]

    def _named(self, mechanic: int) -> uuid.UUID | None:
        """Half of the customers name their mechanic."""
        return self.house.mechanics[mechanic].user_id if mechanic < len(self.house.mechanics) else None

    def _booked(self, of: truths.Books | None = None) -> list[Any]:
        books = of or self.books
        return [each for each in books.bookings.values() if each.status == "booked"] if books else []

    def _one_booked(self, which: int) -> Any:
        return self._booked()[which % len(self._booked())]

    def _payer(self, booking: Any) -> Any:
        return next(each for each in self.house.customers if each.user_id == booking.customer_id)
