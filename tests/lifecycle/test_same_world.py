"""The same choices lead to the same world, whenever they are made: else what the model finds can't be found again."""

from __future__ import annotations

from autodoctor.plans.catalog import PlanCode
from tests.conftest import Clock
from tests.lifecycle.house import House
from tests.lifecycle.machine import machine_of


def test_a_life_is_lived_a_second_time_as_it_was(sqlite_house: House, fixed_clock: Clock) -> None:
    first, again = _a_life(sqlite_house, fixed_clock), _a_life(sqlite_house, fixed_clock)
    assert "completed" in str(first), "nobody was served"
    assert again == first


def _a_life(house: House, clock: Clock) -> list[object]:
    """One with bookings, payments, a refund and hours that pass, and what the books say at its end. Stripe's ids are no part of it."""
    life = machine_of(house, clock)()
    life.move_in()
    life.truths_hold()
    life.pay(which=2, plan=PlanCode.chat10, is_told=True)
    life.ask_for_a_time(customer=0, plan=PlanCode.video15, slot=5, mechanic=1, then="pays")
    life.ask_for_a_time(customer=1, plan=PlanCode.diagnostic, slot=6, mechanic=4, then="waits")
    life.truths_hold()
    life.its_time_comes(first="serves", other=2)
    life.much_later(seconds=7200)
    life.truths_hold()
    assert life.books is not None
    return [clock.time, list(life.books.bookings.values()), list(life.books.requests.values())]
