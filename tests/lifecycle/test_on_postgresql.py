"""Two hundred lives of fifty steps on PostgreSQL: what must always be true is, after every step (issue's heart: L1–L9, P4)."""

from __future__ import annotations

from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import Clock
from tests.lifecycle.house import House
from tests.lifecycle.machine import machine_of, thorough


def test_whatever_happens_the_truths_hold(postgres_house: House, fixed_clock: Clock) -> None:
    machine = machine_of(postgres_house, fixed_clock)
    run_state_machine_as_test(machine, settings=thorough(examples=200, steps=50))
    print(f"\nends of {machine.ends.total()} consultations: {dict(machine.ends)}")
    assert len(machine.ends) >= 10, "it no longer reaches what it is meant to try"
