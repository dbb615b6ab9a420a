"""/api/customer/request and its cancellation."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from autodoctor.accounts.mechanics import set_online
from autodoctor.core.db import unit_of_work
from tests.api.worlds import accepted, browser_of, completed, live, paid, refusal
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic

ADDRESS = "/api/customer/request"


async def active(api: httpx.AsyncClient, who: Person) -> dict[str, Any]:
    answer = await api.get(ADDRESS, headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def cancel(api: httpx.AsyncClient, who: Person, request_id: uuid.UUID) -> httpx.Response:
    return await api.post(f"/api/customer/requests/{request_id}/cancel", json={}, headers=who.headers)


class TestActive:
    async def test_without_a_consultation_only_the_outlook_is_told(self, database: str, api: httpx.AsyncClient) -> None:
        mechanic = await a_mechanic()
        async with unit_of_work() as db:
            await set_online(db, mechanic.caller, online=True)
        assert await active(api, await a_customer()) == {
            "request": None,
            "session": None,
            "queuePosition": None,
            "onlineMechanics": 1,
            "expectedWaitSeconds": None,
        }

    async def test_a_waiting_request_has_its_place_in_the_queue(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        first = await paid()
        fixed_clock.advance(seconds=30)
        second = await paid()
        told = [await active(api, world.customer) for world in (first, second)]
        assert [each["queuePosition"] for each in told] == [1, 2]
        assert told[1]["request"] == {
            "id": str(second.request_id),
            "createdAt": "2026-03-02T09:00:30Z",
            "sessionId": str(second.session_id),
            "sessionType": "chat",
            "planCode": "chat10",
            "status": "pending",
            "mechanicId": None,
            "mechanicName": None,
            "paidAt": "2026-03-02T09:00:30Z",
            "offeredAt": "2026-03-02T09:00:30Z",
            "acceptedAt": None,
        }
        assert (told[1]["session"]["id"], told[1]["session"]["status"]) == (str(second.session_id), "pending")

    async def test_an_accepted_request_names_its_mechanic(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        told = await active(api, world.customer)
        assert (told["request"]["status"], told["request"]["mechanicName"]) == ("accepted", "Sam Wrench")
        assert (told["session"]["status"], told["queuePosition"]) == ("waiting", None)

    async def test_what_is_over_is_not_active(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        assert (await active(api, world.customer))["request"] is None

    async def test_it_is_for_verified_customers(self, database: str, api: httpx.AsyncClient) -> None:
        assert refusal(await api.get(ADDRESS)) == (401, "unauthenticated")
        assert refusal(await api.get(ADDRESS, headers=(await a_mechanic()).headers)) == (403, "forbidden")
        unverified = await a_customer(is_verified=False)
        assert refusal(await api.get(ADDRESS, headers=unverified.headers)) == (403, "email_unverified")


class TestCancelling:
    async def test_a_waiting_request_is_refunded_in_full(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        answer = await cancel(api, world.customer, world.request_id)
        assert (answer.status_code, answer.json()) == (200, {"success": True, "refund": {"amountCents": 999, "status": "requested"}})
        assert (await active(api, world.customer))["request"] is None
        (booking,) = (await api.get("/api/customer/bookings", headers=world.customer.headers)).json()["items"]
        assert booking["status"] == "cancelled"

    async def test_an_accepted_one_is_not(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        answer = await cancel(api, world.customer, world.request_id)
        assert (answer.status_code, answer.json()) == (200, {"success": True, "refund": None})

    async def test_what_is_live_or_over_stays(self, database: str, api: httpx.AsyncClient) -> None:
        for world in (await live(), await completed()):
            assert refusal(await cancel(api, world.customer, world.request_id)) == (409, "invalid_transition")

    async def test_it_is_cancelled_once(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        await cancel(api, world.customer, world.request_id)
        assert refusal(await cancel(api, world.customer, world.request_id)) == (409, "invalid_transition")

    async def test_somebody_elses_request_is_not_found(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        assert refusal(await cancel(api, await a_customer(), world.request_id)) == (404, "not_found")
        assert refusal(await cancel(api, world.customer, uuid.uuid4())) == (404, "not_found")
        assert refusal(await cancel(api, world.mechanic, world.request_id)) == (403, "forbidden")
        assert (await active(api, world.customer))["request"]["status"] == "pending"

    async def test_a_change_from_another_site_is_refused(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        path = f"/api/customer/requests/{world.request_id}/cancel"
        assert refusal(await api.post(path, **browser_of(world.customer, origin="https://evil.example"))) == (403, "forbidden")
        assert (await active(api, world.customer))["request"]["status"] == "pending"


async def test_a_chosen_plan_is_forgotten(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    await api.patch("/api/customer/profile", json={"preferredPlan": "chat10"}, headers=customer.headers)
    assert (await api.post("/api/customer/clear-plan", headers=customer.headers)).json() == {"success": True}
    assert (await api.get("/api/customer/profile", headers=customer.headers)).json()["preferredPlan"] is None
