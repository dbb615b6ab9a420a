"""The doors: who goes straight through, who is asked to verify, who is shown which door."""

from __future__ import annotations

import pytest

from autodoctor.ui.public.doors_state import DoorState
from autodoctor.ui.public.verify_state import VerifyState
from autodoctor.ui.visitor import VisitorState
from tests.people import a_customer, a_mechanic
from tests.ui.screens import open_page
from tests.ui.sockets import cookie, page, target


async def test_a_stranger_stays_at_the_login(database: str) -> None:
    door = await open_page(DoorState, "/login")
    door.onward = "/from/before"
    await DoorState.pass_customer.fn(door)  # type: ignore[attr-defined]
    assert door.onward == ""


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/login", "/customer/dashboard"),
        ("/login?next=%2Fapi%2Fcheckout%3Fplan%3Dchat10", "/api/checkout?plan=chat10"),
        ("/login?next=https%3A%2F%2Felsewhere.test", "/customer/dashboard"),
    ],
)
async def test_a_customer_who_is_logged_in_goes_on_and_to_no_other_site(database: str, address: str, leads_to: str) -> None:
    door = await open_page(DoorState, address, await a_customer())
    await DoorState.pass_customer.fn(door)  # type: ignore[attr-defined]
    assert door.onward == leads_to


async def test_a_mechanic_goes_on_to_the_mechanics_own(database: str) -> None:
    door = await open_page(DoorState, "/mechanic/login", await a_mechanic())
    await DoorState.pass_mechanic.fn(door)  # type: ignore[attr-defined]
    assert door.onward == "/mechanic/dashboard"


async def test_verifying_is_for_those_who_have_not(database: str) -> None:
    newcomer = await a_customer(is_verified=False)
    state = page(cookie("aad_customer", newcomer), path="/customer/verify")
    assert await VerifyState.load.fn(state) is None  # type: ignore[attr-defined]
    assert (state.ready, state.email) == (True, newcomer.caller.email)

    verified = await VerifyState.load.fn(page(cookie("aad_customer", await a_customer())))  # type: ignore[attr-defined]
    assert target(verified) == "/customer/dashboard"
    stranger = await VerifyState.load.fn(page(path="/customer/verify"))  # type: ignore[attr-defined]
    assert target(stranger) == "/login?next=%2Fcustomer%2Fverify"


async def test_a_visitor_is_offered_their_own_door(database: str) -> None:
    for visitor, door in (
        (page(), ""),
        (page(cookie("aad_customer", await a_customer())), "/customer/dashboard"),
        (page(cookie("aad_mech", await a_mechanic())), "/mechanic/dashboard"),
    ):
        visitor.dashboard = "/from/before"
        await VisitorState.look.fn(visitor)  # type: ignore[attr-defined]
        assert visitor.dashboard == door
