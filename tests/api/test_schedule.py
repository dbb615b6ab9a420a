"""The routes of booked sessions: slots, hold, booked, move, cancel, calendar, and the mechanic's side (L8)."""

from __future__ import annotations

import httpx
import pytest
from icalendar import Calendar

from autodoctor.core.db import reading
from autodoctor.core.ids import new_id
from autodoctor.sessions.queries import by_stripe_id
from tests.payments.buying import press
from tests.people import a_customer, a_mechanic
from tests.scheduling.booking_worlds import a_working_mechanic, book, in_hours


async def test_a_slot_is_found_held_paid_moved_and_called_off(house: httpx.AsyncClient) -> None:
    mechanic, customer = await a_working_mechanic(), await a_customer()
    found = await house.get("/api/customer/slots", params={"plan": "chat10"}, headers=customer.headers)
    first, *_rest, last = found.json()["items"]
    assert first["mechanics"] == [{"id": str(mechanic.id), "name": "Sam Wrench", "rating": None}]
    held = await house.post("/api/customer/schedule", json={"plan": "chat10", "startsAt": last["startsAt"]}, headers=customer.headers)
    assert held.status_code == 201, held.text
    assert (await press(held.json()["checkoutUrl"], "pay")).status_code == 303
    checkout_id = held.json()["checkoutUrl"].rpartition("/")[2]
    done = await house.get("/api/checkout/resolve", params={"session_id": checkout_id}, headers=customer.headers)
    assert done.json()["sessionId"] == held.json()["sessionId"]
    async with reading() as db:
        assert str(await by_stripe_id(db, checkout_id)) == held.json()["sessionId"]
    path = f"/api/customer/schedule/{held.json()['sessionId']}"
    (booked,) = (await house.get("/api/customer/schedule", headers=customer.headers)).json()["items"]
    assert (booked["startsAt"], booked["canMove"], booked["priceCents"]) == (last["startsAt"], True, 999)
    moved = await house.post(f"{path}/move", json={"startsAt": first["startsAt"]}, headers=customer.headers)
    assert moved.json()["success"] is True
    (job,) = (await house.get("/api/mechanics/bookings", headers=mechanic.headers)).json()["items"]
    assert (job["sessionId"], job["customerName"]) == (held.json()["sessionId"], "Robin")
    cancelled = await house.post(f"{path}/cancel", headers=customer.headers)
    assert cancelled.json()["refund"] == {"amountCents": 999, "status": "requested"}
    assert (await house.post(f"{path}/cancel", headers=customer.headers)).status_code == 409


async def test_what_cannot_be_booked_says_why(house: httpx.AsyncClient) -> None:
    await a_working_mechanic()
    customer, other = await a_customer(), await a_customer()
    await book(other, in_hours(3))
    for body, status, code in (
        ({"plan": "chat10", "startsAt": in_hours(3).isoformat()}, 409, "slot_taken"),
        ({"plan": "chat10", "startsAt": in_hours(0.5).isoformat()}, 422, "validation"),
        ({"plan": "gold", "startsAt": in_hours(5).isoformat()}, 422, "validation"),
        ({"plan": "chat10", "startsAt": in_hours(5).isoformat(), "mechanicId": str(new_id())}, 422, "validation"),
    ):
        answer = await house.post("/api/customer/schedule", json=body, headers=customer.headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert (await house.get("/api/customer/slots", params={"plan": "gold"}, headers=customer.headers)).status_code == 422


async def test_coming_back_without_paying_frees_the_slot(house: httpx.AsyncClient) -> None:
    await a_working_mechanic()
    customer, other = await a_customer(), await a_customer()
    body = {"plan": "chat10", "startsAt": in_hours(5).isoformat()}
    assert (await house.post("/api/customer/schedule", json=body, headers=customer.headers)).status_code == 201
    assert (await house.post("/api/customer/schedule", json=body, headers=other.headers)).status_code == 409
    assert (await house.delete("/api/customer/schedule/hold", headers=customer.headers)).json() == {"success": True}
    assert (await house.post("/api/customer/schedule", json=body, headers=other.headers)).status_code == 201


async def test_a_booked_session_is_a_calendar_file_for_its_parties(database: str, api: httpx.AsyncClient) -> None:
    mechanic, customer = await a_working_mechanic(), await a_customer()
    session_id = await book(customer, in_hours(5), mechanic)
    for who in (customer, mechanic):
        answer = await api.get(f"/api/sessions/{session_id}/calendar.ics", headers=who.headers)
        assert answer.headers["content-type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
        assert event["DTSTART"].dt == in_hours(5)
        assert str(session_id) in event["UID"]
        assert len(event.walk("VALARM")) == 1
    stranger = await a_customer()
    assert (await api.get(f"/api/sessions/{session_id}/calendar.ics", headers=stranger.headers)).status_code == 404


@pytest.mark.parametrize("verb", ["move", "cancel"])
async def test_somebody_elses_booking_is_not_found(database: str, api: httpx.AsyncClient, verb: str) -> None:
    await a_working_mechanic()
    session_id = await book(await a_customer(), in_hours(5))
    body = {"startsAt": in_hours(8).isoformat()}
    stranger = await a_customer()
    answer = await api.post(f"/api/customer/schedule/{session_id}/{verb}", json=body, headers=stranger.headers)
    assert answer.status_code == 404


async def test_a_mechanic_gives_a_booking_back(database: str, api: httpx.AsyncClient) -> None:
    mechanic, other, customer = await a_working_mechanic(), await a_mechanic(), await a_customer()
    session_id = await book(customer, in_hours(5), mechanic)
    path = f"/api/mechanics/bookings/{session_id}/give-back"
    assert (await api.post(path, headers=other.headers)).status_code == 404
    assert (await api.post(path, headers=mechanic.headers)).json() == {"success": True}
    assert (await api.get("/api/mechanics/bookings", headers=mechanic.headers)).json()["items"] == []
