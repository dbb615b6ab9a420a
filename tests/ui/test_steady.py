"""A page stays as it is drawn while its socket comes back after a restart."""

from __future__ import annotations

import reflex as rx
from reflex.state import BaseState

from autodoctor.ui.customer.dashboard_state import DashboardState
from autodoctor.ui.customer.intake_state import IntakeState
from autodoctor.ui.room.state import RoomState
from autodoctor.ui.steady import Steady

STEADY = [each for each in rx.State.get_substates() if issubclass(each, Steady)]


def test_the_live_pages_are_steady() -> None:
    assert {DashboardState, IntakeState, RoomState} <= set(STEADY)


def test_a_snapshot_of_a_blank_server_says_nothing_of_them() -> None:
    snapshot = rx.State(_reflex_internal_init=True).dict()
    assert not [each for each in STEADY if each.get_full_name() in snapshot]


def test_the_built_site_knows_their_defaults() -> None:
    defaults = rx.State(_reflex_internal_init=True).dict(initial=True)
    assert [each for each in STEADY if each.get_full_name() not in defaults] == []


def test_they_compute_nothing_that_a_snapshot_would_have_to_bring() -> None:
    def own(state: type[BaseState]) -> set[str]:
        return set(state.computed_vars) - set(rx.State.computed_vars)

    assert {each.__name__: own(each) for each in STEADY if own(each)} == {}
