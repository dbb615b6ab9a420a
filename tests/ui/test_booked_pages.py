"""What is booked, on the pages of its two sides; and the days and hours that a time is chosen from (L8)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.intake import service as intakes
from autodoctor.ui.customer.dashboard_state import PAGE, DashboardState
from autodoctor.ui.customer.intake_state import IntakeState
from autodoctor.ui.customer.schedule_state import ScheduleState
from autodoctor.ui.mechanic.board_state import PAGE as BOARD
from autodoctor.ui.mechanic.board_state import BoardState
from tests.conftest import Clock
from tests.people import Person, a_customer
from tests.scheduling.booking_worlds import a_working_mechanic, book, in_hours
from tests.ui.screens import leads_to, open_page, stored
from tests.ui.scripts import in_node

pytestmark = pytest.mark.usefixtures("fixed_clock")


async def dashboard_of(customer: Person) -> DashboardState:
    page = await open_page(DashboardState, PAGE, customer)
    await page.load()
    return page


async def board_of(mechanic: Person) -> BoardState:
    page = await open_page(BoardState, BOARD, mechanic)
    await page.load()
    return page


@pytest.mark.usefixtures("database")
async def test_a_booking_stands_above_the_history_and_not_in_it() -> None:
    customer, mechanic = await a_customer(), await a_working_mechanic()
    session_id = await book(customer, in_hours(5), mechanic)
    page = await dashboard_of(customer)
    assert [(each.id, each.about, each.price, each.can_move, each.is_described) for each in page.booked] == [
        (str(session_id), f"With {mechanic.caller.name}", "$9.99", True, False)
    ]
    assert page.past == []
    assert [(each.id, each.title, each.earn) for each in (await board_of(mechanic)).booked] == [
        (str(session_id), "Not described yet", "$8.00")
    ]


@pytest.mark.usefixtures("database")
async def test_a_booking_is_called_off_by_its_customer_alone(fixed_clock: Clock) -> None:
    customer, stranger, mechanic = await a_customer(), await a_customer(), await a_working_mechanic()
    session_id = str(await book(customer, in_hours(5), mechanic))
    before = await stored()
    other = await dashboard_of(stranger)
    for named in (session_id, str(new_id()), "", "x"):
        await other.call_off(named)
        assert other.note == ""
    assert await stored() == before

    page = await dashboard_of(customer)
    await page.call_off(session_id)
    assert page.note == "Your booking is cancelled. $9.99 goes back to the card you paid with."
    assert (page.booked, [each.id for each in page.past]) == ([], [session_id])
    await page.call_off(session_id)
    assert page.note == "" and page.problem != ""


@pytest.mark.usefixtures("database")
async def test_a_mechanic_gives_back_what_is_theirs_alone() -> None:
    customer, mechanic, other = await a_customer(), await a_working_mechanic(), await a_working_mechanic()
    session_id = str(await book(customer, in_hours(5), mechanic))
    theirs = await board_of(other)
    await theirs.give_back(session_id)
    assert theirs.problem
    page = await board_of(mechanic)
    await page.give_back(session_id)
    assert (page.problem, page.booked) == ("", [])
    assert [each.about for each in (await dashboard_of(customer)).booked] == ["With the first mechanic who is free then"]


@pytest.mark.usefixtures("database")
async def test_a_booked_session_is_described_before_its_time() -> None:
    customer, stranger, mechanic = await a_customer(), await a_customer(), await a_working_mechanic()
    session_id = await book(customer, in_hours(5), mechanic)
    path = f"/intake?session_id={session_id}"
    form = await open_page(IntakeState, path, customer)
    await form.load()
    assert (form.phase, form.start.session_id, form.start.plan) == ("form", str(session_id), "chat10")
    async with unit_of_work() as db:
        caller = customer.caller
        await intakes.start(
            db, caller, plan="chat10", session_id=session_id, name=caller.name, email=caller.email, concern="It knocks.", make="Honda"
        )
    await form.load()
    assert form.start.concern == "It knocks."
    assert [each.concern for each in (await board_of(mechanic)).booked] == ["It knocks."]
    other = await open_page(IntakeState, path, stranger)
    await other.load()
    assert other.phase == "over"


@pytest.mark.usefixtures("database")
async def test_only_a_customer_chooses_a_time() -> None:
    page = await open_page(ScheduleState, "/customer/schedule?move=x", await a_working_mechanic())
    assert "/login?next=%2Fcustomer%2Fschedule%3Fmove%3Dx" in leads_to(await page.load())
    assert not page.ready
    page = await open_page(ScheduleState, "/customer/schedule?move=x", await a_customer())
    assert await page.load() is None
    assert page.ready and page.is_move


def in_slots(tmp_path: Path, expression: str, zone: str) -> Any:
    return in_node(tmp_path, ("slots.js",), expression, zone=zone)


def test_a_day_is_the_readers_own_and_follows_their_summer_time(tmp_path: Path) -> None:
    moments = '[{startsAt: "2026-03-29T21:30:00Z"}, {startsAt: "2026-03-29T22:30:00Z"}]'
    assert list(in_slots(tmp_path, f"script.byDay({moments})", "Europe/Berlin")) == ["2026-03-29", "2026-03-30"]
    assert list(in_slots(tmp_path, f"script.byDay({moments})", "America/Halifax")) == ["2026-03-29"]
    days = 'script.daysFrom(new Date("2026-03-28T12:00:00Z"), 3).map(script.dayOf)'  # the 29th has 23 hours there
    assert in_slots(tmp_path, days, "Europe/Berlin") == ["2026-03-28", "2026-03-29", "2026-03-30"]


def test_the_hours_of_a_day_stand_in_its_parts_each_once(tmp_path: Path) -> None:
    times = [f"2026-03-02T{hour:02}:30:00Z" for hour in range(24)]
    listed = json.dumps([{"startsAt": at} for at in times])
    parts = in_slots(tmp_path, f"script.byPart({listed}).map((each) => [each.name, each.slots.length])", "UTC")
    assert parts == [["Morning", 12], ["Afternoon", 5], ["Evening", 7]]


def test_a_mechanics_own_times_are_found_and_the_best_rated_stands_first(tmp_path: Path) -> None:
    listed = (
        '[{mechanics: [{id: "a", name: "Ann", rating: null}, {id: "b", name: "Bo", rating: 4.5}]}, {mechanics: [{id: "a", name: "Ann"}]}]'
    )
    assert in_slots(tmp_path, f'script.withMechanic({listed}, "b").length', "UTC") == 1
    assert in_slots(tmp_path, f"script.withMechanic({listed}, script.ANYBODY).length", "UTC") == 2
    assert in_slots(tmp_path, f"script.mechanicsIn({listed}).map((each) => each.name)", "UTC") == ["Bo", "Ann"]
