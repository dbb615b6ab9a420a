"""Customers, mechanics, an administrator, the clock, Stripe's events and crashes, at random, against the services."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant, precondition, rule

from autodoctor.accounts import mechanics as accounts
from autodoctor.accounts.models import MechanicStatus
from autodoctor.chat import service as chat
from autodoctor.matching import service as matching
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import absence
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.lifecycle import truths
from tests.lifecycle.house import House
from tests.lifecycle.living import ANY
from tests.lifecycle.planning import Planning

CUSTOMERS, MECHANICS = st.integers(0, 2), st.integers(0, 2)
SHORT, LONG = st.sampled_from([5, 15, 30, 45]), st.sampled_from([60, 60, 120, 120, 300, 300, 901, 901, 1800, 3600, 7200])
DIES = st.sampled_from([False, False, False, True])


def thorough(examples: int, steps: int) -> settings:
    """The same examples in every run, each step taken whatever it costs."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )


def machine_of(house: House, clock: Clock) -> type[Life]:
    """The machine that drives this house and this clock, and counts how its consultations end."""
    return type("LifeOfTheHouse", (Life,), {"house": house, "clock": clock, "ends": Counter()})


class Life(Planning):
    """One example is one life of the house, from moving in until everybody has gone home."""

    ends: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.terminal: dict[tuple[str, uuid.UUID], str] = {}

    @initialize()
    def move_in(self) -> None:
        self.clock.start_again()  # which times can be booked follows from it: the same choices must lead to the same world
        self.house.begin()

    # --- the customer

    @precondition(lambda self: self._free_customers())
    @rule(which=ANY, plan=st.sampled_from(list(PlanCode)), is_told=st.sampled_from([True, True, False]))
    def pay(self, which: int, plan: PlanCode, is_told: bool) -> None:
        free = self._free_customers()
        self.house.pay(free[which % len(free)], plan)
        if is_told:
            self._tell_all()

    @precondition(lambda self: self._open())
    @rule(customer=CUSTOMERS)
    def pay_although_one_is_open(self, customer: int) -> None:
        self.house.pay(self.house.customers[customer], PlanCode.chat10)

    @precondition(lambda self: self._waiting())
    @rule(which=ANY, mechanic=MECHANICS, alone_minutes=st.sampled_from([0, 0, 0, 3, 3, 20]))
    def be_served(self, which: int, mechanic: int, alone_minutes: int) -> None:
        """The usual way: taken, and both are in the room; from where the mechanic may go at once."""
        request = self._waiting()[which % len(self._waiting())]
        taken = self.house.do(lambda db: matching.accept(db, self.house.mechanics[mechanic], request.id))
        if taken == "done":
            customer = next(each for each in self.house.customers if each.user_id == request.customer_id)
            for who in (self.house.mechanics[mechanic], customer):
                self.house.do(lambda db, who=who: sessions.start(db, who, request.session_id))
            self._stay_alone(customer, request.session_id, alone_minutes)

    @precondition(lambda self: self.house.untold)
    @rule(which=ANY, dies=DIES)
    def hear_of_it(self, which: int, dies: bool) -> None:
        self.house.tell(self.house.untold[which % len(self.house.untold)], dies=dies)

    @precondition(lambda self: self.house.told)
    @rule(which=ANY)
    def hear_of_it_again(self, which: int) -> None:
        self.house.tell(self.house.told[which % len(self.house.told)])

    @precondition(lambda self: self.house.untold)
    @rule()
    def heal(self) -> None:
        self.house.heal()

    @precondition(lambda self: self._open())
    @rule(which=ANY, dies=DIES)
    def cancel(self, which: int, dies: bool) -> None:
        request = self._one(which)
        customer = next(each for each in self.house.customers if each.user_id == request.customer_id)
        self.house.do(lambda db: matching.cancel(db, customer, request.id), dies=dies)

    @precondition(lambda self: self._sessions("completed"))
    @rule(which=ANY, rating=st.integers(1, 5))
    def review(self, which: int, rating: int) -> None:
        session_id = self._pick(self._sessions("completed"), which)
        customer = self._customer(session_id)
        self.house.do(lambda db: sessions.review(db, customer, session_id, rating=rating))

    @precondition(lambda self: self._sessions("live"))
    @rule(which=ANY, minutes=st.sampled_from([3, 20]))
    def be_left(self, which: int, minutes: int) -> None:
        """The mechanic goes, the customer stays in the room all the while."""
        session_id = self._pick(self._sessions("live"), which)
        self._stay_alone(self._customer(session_id), session_id, minutes)

    @precondition(lambda self: self._alone())
    @rule(which=ANY, choice=st.sampled_from([absence.wait_for_mechanic, matching.ask_for_another, matching.take_money_back]), dies=DIES)
    def decide(self, which: int, choice: Any, dies: bool) -> None:
        session_id = self._pick(self._alone(), which)
        customer = self._customer(session_id)
        self.house.do(lambda db: choice(db, customer, session_id), dies=dies)

    @precondition(lambda self: self._open())
    @rule(which=ANY)
    def buy_more_time(self, which: int) -> None:
        request = self._one(which)
        self.house.do(lambda db: sessions.extend(db, request.session_id, minutes=10, cents=0, actor_id=request.customer_id))

    # --- the mechanic

    @precondition(lambda self: self._open())
    @rule(which=ANY, mechanic=MECHANICS, dies=DIES)
    def accept(self, which: int, mechanic: int, dies: bool) -> None:
        request_id = self._one(which).id
        self.house.do(lambda db: matching.accept(db, self.house.mechanics[mechanic], request_id), dies=dies)

    @precondition(lambda self: self._open())
    @rule(which=ANY, mechanic=MECHANICS)
    def pass_on(self, which: int, mechanic: int) -> None:
        request_id = self._one(which).id
        self.house.do(lambda db: matching.pass_on(db, self.house.mechanics[mechanic], request_id))

    @precondition(lambda self: self._open())
    @rule(which=ANY, mechanic=MECHANICS, dies=DIES)
    def let_go(self, which: int, mechanic: int, dies: bool) -> None:
        request = self._one(which)
        theirs = [each for each in self.house.mechanics if each.user_id == request.mechanic_id]
        who = (theirs or self.house.mechanics)[mechanic % len(theirs or self.house.mechanics)]
        self.house.do(lambda db: matching.let_go(db, who, request.id), dies=dies)

    @rule(mechanic=MECHANICS, wanted=st.sampled_from(["on", "off", "suspend", "approve"]))
    def standing(self, mechanic: int, wanted: str) -> None:
        who = self.house.mechanics[mechanic]
        if wanted in {"on", "off"}:
            self.house.do(lambda db: accounts.set_online(db, who, online=wanted == "on"))
            return
        change = accounts.suspend if wanted == "suspend" else accounts.approve
        self.house.do(lambda db: change(db, who.user_id))
        status = MechanicStatus.suspended if wanted == "suspend" else MechanicStatus.approved
        self.house.mechanics[mechanic] = type(who)(**{**vars(who), "mechanic_status": status})

    # --- in the room

    @precondition(lambda self: self._sessions("waiting"))
    @rule(which=ANY, dies=DIES)
    def both_come(self, which: int, dies: bool) -> None:
        session_id = self._pick(self._sessions("waiting"), which)
        for who in (self._mechanic(session_id), self._customer(session_id)):
            self.house.do(lambda db, who=who: sessions.start(db, who, session_id), dies=dies)

    @precondition(lambda self: self.is_up and self._sessions("waiting"))
    @rule(which=ANY)
    def only_the_mechanic_comes(self, which: int) -> None:
        """Half an hour, and the customer is not there."""
        session_id = self._pick(self._sessions("waiting"), which)
        self.house.do(lambda db: sessions.start(db, self._mechanic(session_id), session_id))
        self.clock.advance(minutes=31)
        self._work()

    @precondition(lambda self: self._sessions("waiting", "live"))
    @rule(which=ANY, is_customer=st.booleans(), writes=st.booleans())
    def sign_of_life(self, which: int, is_customer: bool, writes: bool) -> None:
        session_id = self._pick(self._sessions("waiting", "live"), which)
        who = self._customer(session_id) if is_customer else self._mechanic(session_id)
        if writes:
            self.house.do(lambda db: chat.send(db, who, session_id, content="Hello."))
        else:
            self.house.do(lambda db: sessions.beat(db, who, session_id))

    @precondition(lambda self: self._sessions("waiting", "live"))
    @rule(which=ANY, is_customer=st.booleans(), dies=DIES)
    def end(self, which: int, is_customer: bool, dies: bool) -> None:
        session_id = self._pick(self._sessions("waiting", "live"), which)
        who = self._customer(session_id) if is_customer else self._mechanic(session_id)
        self.house.do(lambda db: sessions.end(db, who, session_id), dies=dies)

    # --- the administrator

    @precondition(lambda self: self._open())
    @rule(which=ANY, mechanic=MECHANICS, dies=DIES)
    def assign(self, which: int, mechanic: int, dies: bool) -> None:
        request_id, to = self._one(which).id, self.house.mechanics[mechanic].user_id
        self.house.do(lambda db: matching.assign(db, self.house.admin, request_id, to), dies=dies)

    @rule()
    def sweep(self) -> None:
        assert self.house.do(matching.sweep) == "done"

    # --- the clock, and the worker

    @rule(seconds=SHORT, dies=DIES)
    def a_moment_later(self, seconds: int, dies: bool) -> None:
        self.clock.advance(seconds=seconds)
        self._work(dies=dies)

    @rule(seconds=LONG)
    def much_later(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)
        self._work()

    @rule()
    def worker_stops_or_starts(self) -> None:
        self.is_up = not self.is_up
        self._work()

    # --- what is always true

    @invariant()
    def truths_hold(self) -> None:
        self.books = self.house.run(truths.read())
        truths.check(self.books, is_up=self.is_up)
        self._terminal_stays_terminal()

    def _terminal_stays_terminal(self) -> None:
        assert self.books is not None
        now = {("session", each.id): each.status for each in self.books.sessions.values()}
        now |= {("request", each.id): each.status for each in self.books.requests.values()}
        for about, was in self.terminal.items():
            assert now[about] == was, f"a {was} {about[0]} became {now[about]}"
        self.terminal = {about: status for about, status in now.items() if status in {"completed", "cancelled", "expired"}}

    def teardown(self) -> None:
        """Everybody goes home: what was paid is booked, everything ends, and the sandbox's books say what ours do."""
        if self.books is None:
            return
        self.is_up = True
        self.house.heal()
        self._wait_for_booked_times()
        for _ in range(16):
            self.clock.advance(minutes=16)
            self._tell_all()
            self._work()
            if not self.house.untold and not self.house.run(truths.is_something_to_come()):
                break
        self.truths_hold()
        assert self._open() == []
        assert {each.status for each in self.books.sessions.values()} <= {"completed", "cancelled"}
        self.house.run(truths.sandbox_agrees(self.books))
        self.ends.update(truths.ends(self.books))
