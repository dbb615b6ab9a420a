"""/api/mechanics/time-off."""

from __future__ import annotations

import uuid
from datetime import timedelta

import httpx

from autodoctor.core import clock
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic
from tests.scheduling.booking_worlds import a_working_mechanic, book, in_hours

ADDRESS = "/api/mechanics/time-off"


def day(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


async def add(api: httpx.AsyncClient, who: Person, **body: object) -> httpx.Response:
    return await api.post(ADDRESS, json=body, headers=who.headers)


async def listed(api: httpx.AsyncClient, who: Person) -> list[dict[str, object]]:
    answer = await api.get(ADDRESS, headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_time_off_is_added_listed_and_taken_back(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    later = await add(api, mechanic, firstDay=day(9), lastDay=day(12), note="Holiday")
    sooner = await add(api, mechanic, firstDay=day(2), lastDay=day(2), startTime="12:00", endTime="13:30")
    assert (later.status_code, sooner.status_code) == (201, 201)
    items = await listed(api, mechanic)
    assert [(each["firstDay"], each["startTime"], each["note"]) for each in items] == [
        (day(2), "12:00:00", None),
        (day(9), None, "Holiday"),
    ]
    gone = await api.delete(f"{ADDRESS}/{items[0]['id']}", headers=mechanic.headers)
    again = await api.delete(f"{ADDRESS}/{items[0]['id']}", headers=mechanic.headers)
    assert (gone.status_code, again.status_code, len(await listed(api, mechanic))) == (200, 404, 1)


async def test_a_session_in_it_stays_booked_and_is_shown(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    mechanic = await a_working_mechanic()
    session_id = await book(await a_customer(), in_hours(30), mechanic)
    answer = await add(api, mechanic, firstDay=in_hours(30).date().isoformat(), lastDay=in_hours(30).date().isoformat())
    (booked,) = answer.json()["booked"]
    assert (booked["sessionId"], booked["customerName"]) == (str(session_id), "Robin")
    still = await api.get("/api/mechanics/bookings", headers=mechanic.headers)
    assert [each["sessionId"] for each in still.json()["items"]] == [str(session_id)]


async def test_a_fault_is_named_by_its_field(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    answer = await add(api, await a_mechanic(), firstDay=day(3), lastDay=day(2))
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, ["lastDay"])


async def test_it_is_mechanics_own_and_they_take_it_home(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    mechanic, other = await a_mechanic(), await a_mechanic()
    added = (await add(api, mechanic, firstDay=day(1), lastDay=day(1), note="Dentist")).json()
    assert (await api.get(ADDRESS)).status_code == 401
    assert (await add(api, await a_customer(), firstDay=day(1), lastDay=day(1))).status_code == 403
    assert (await api.delete(f"{ADDRESS}/{added['id']}", headers=other.headers)).status_code == 404
    assert (await api.delete(f"{ADDRESS}/{uuid.uuid4()}", headers=mechanic.headers)).status_code == 404
    told = (await api.get("/api/mechanics/export", headers=mechanic.headers)).json()
    assert [(each["firstDay"], each["note"]) for each in told["timeOff"]] == [(day(1), "Dentist")]
