"""/api/mechanics/requests: the board, accept, pass, let go, history."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import httpx

from autodoctor.accounts import mechanics
from autodoctor.accounts.models import MechanicStatus, Seniority
from autodoctor.core.db import unit_of_work
from autodoctor.plans.catalog import PlanCode
from tests.api.worlds import accepted, browser_of, completed, live, paid, refusal, wrong_fields
from tests.conftest import Clock
from tests.files import samples
from tests.people import Person, a_customer, a_mechanic, upload

ADDRESS = "/api/mechanics/requests"
HISTORY = f"{ADDRESS}/history"


async def board(api: httpx.AsyncClient, who: Person) -> list[dict[str, Any]]:
    answer = await api.get(ADDRESS, headers=who.headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["nextCursor"] is None
    return answer.json()["items"]


async def act(api: httpx.AsyncClient, who: Person, request_id: uuid.UUID, verb: str) -> httpx.Response:
    return await api.post(f"{ADDRESS}/{request_id}/{verb}", json={}, headers=who.headers)


async def a_senior() -> Person:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await mechanics.set_seniority(db, mechanic.id, Seniority.senior)
    return mechanic


async def a_suspended_mechanic(status: MechanicStatus) -> Person:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await mechanics._change(db, mechanic.id, status=status)
    return mechanic


class TestBoard:
    async def test_a_request_is_on_it_before_it_is_described(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        world = await paid()
        (card,) = await board(api, world.mechanic)
        assert card == {
            "id": str(world.request_id),
            "sessionId": str(world.session_id),
            "createdAt": "2026-03-02T09:00:00Z",
            "offeredAt": "2026-03-02T09:00:00Z",
            "expiresAt": "2026-03-02T09:05:00Z",
            "customerName": "Robin",
            "city": None,
            "sessionType": "chat",
            "planCode": "chat10",
            "status": "pending",
            "vehicle": {"year": None, "make": None, "model": None, "vin": None},
            "concern": None,
            "details": None,
            "isDescribed": False,
            "files": [],
            "shareCents": 800,
        }

    async def test_a_description_fills_it_in_without_contact_details(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        path = await upload(api, world.customer, samples.picture())
        told = {
            "plan": "chat10",
            "sessionId": str(world.session_id),
            "name": "Robin Sample",
            "email": "robin@example.com",
            "phone": "+12025550143",
            "city": "Halifax",
            "make": "Honda",
            "model": "Accord",
            "year": "2003",
            "concern": "It knocks when cold",
            "files": [path],
        }
        sent = await api.post("/api/intake/start", json=told, headers=world.customer.headers)
        assert sent.status_code == 201, sent.text
        (card,) = await board(api, world.mechanic)
        assert (card["isDescribed"], card["concern"], card["city"]) == (True, "It knocks when cold", "Halifax")
        assert card["vehicle"] == {"year": "2003", "make": "Honda", "model": "Accord", "vin": None}
        assert [each["fileName"] for each in card["files"]] == ["noise.jpg"]
        whole = (await api.get(ADDRESS, headers=world.mechanic.headers)).text
        assert not any(secret in whole for secret in ("robin@example.com", "5550143", "Sample"))

    async def test_diagnostics_are_for_seniors(self, database: str, api: httpx.AsyncClient) -> None:
        junior, senior = await a_mechanic(), await a_senior()
        world = await paid(plan=PlanCode.diagnostic)
        assert (len(await board(api, junior)), len(await board(api, senior))) == (0, 1)
        assert refusal(await act(api, junior, world.request_id, "accept")) == (403, "forbidden")
        assert (await act(api, senior, world.request_id, "accept")).status_code == 200

    async def test_it_is_for_mechanics(self, database: str, api: httpx.AsyncClient) -> None:
        assert refusal(await api.get(ADDRESS)) == (401, "unauthenticated")
        assert refusal(await api.get(ADDRESS, headers=(await a_customer()).headers)) == (403, "forbidden")


class TestAccepting:
    async def test_the_first_one_gets_it(self, database: str, api: httpx.AsyncClient) -> None:
        world, second = await paid(), await a_mechanic()
        answer = await act(api, world.mechanic, world.request_id, "accept")
        assert (answer.status_code, answer.json()) == (
            200,
            {
                "success": True,
                "request": {
                    "id": str(world.request_id),
                    "sessionId": str(world.session_id),
                    "customerId": str(world.customer.id),
                    "customerName": "Robin Sample",
                    "sessionType": "chat",
                    "planCode": "chat10",
                    "status": "accepted",
                    "mechanicId": str(world.mechanic.id),
                },
                "session": {"id": str(world.session_id), "status": "waiting"},
            },
        )
        assert refusal(await act(api, second, world.request_id, "accept")) == (409, "request_taken")
        assert await board(api, second) == []

    async def test_eight_at_once_and_one_wins(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        mechanics_ = [await a_mechanic() for _ in range(8)]
        answers = await asyncio.gather(*(act(api, each, world.request_id, "accept") for each in mechanics_))
        assert sorted("won" if each.status_code == 200 else each.json()["code"] for each in answers) == ["request_taken"] * 7 + ["won"]

    async def test_who_has_a_job_takes_no_second_one(self, database: str, api: httpx.AsyncClient) -> None:
        busy, other = await accepted(), await paid()
        assert refusal(await act(api, busy.mechanic, other.request_id, "accept")) == (409, "mechanic_busy")

    async def test_who_is_not_approved_takes_none(self, database: str, api: httpx.AsyncClient) -> None:
        world, newcomer = await paid(), await a_suspended_mechanic(MechanicStatus.pending_review)
        assert refusal(await act(api, newcomer, world.request_id, "accept")) == (403, "mechanic_not_approved")
        gone = await a_suspended_mechanic(MechanicStatus.suspended)
        assert refusal(await act(api, gone, world.request_id, "accept")) == (401, "unauthenticated")

    async def test_there_must_be_such_a_request(self, database: str, api: httpx.AsyncClient) -> None:
        mechanic, customer = await a_mechanic(), await a_customer()
        assert refusal(await act(api, mechanic, uuid.uuid4(), "accept")) == (404, "not_found")
        assert refusal(await act(api, customer, uuid.uuid4(), "accept")) == (403, "forbidden")
        assert wrong_fields(await api.post(f"{ADDRESS}/42/accept", headers=mechanic.headers)) == (422, ["request_id"])

    async def test_a_change_from_another_site_is_refused(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        foreign = await api.post(world.accept_path, **browser_of(world.mechanic, origin="https://evil.example"))
        assert refusal(foreign) == (403, "forbidden")
        own = await api.post(world.accept_path, **browser_of(world.customer, world.mechanic))
        assert own.json()["request"]["mechanicId"] == str(world.mechanic.id)


class TestPassing:
    async def test_it_is_gone_from_this_board_alone(self, database: str, api: httpx.AsyncClient) -> None:
        world, other = await paid(), await a_mechanic()
        for _ in range(2):
            assert (await act(api, world.mechanic, world.request_id, "pass")).json() == {"success": True}
        assert (len(await board(api, world.mechanic)), len(await board(api, other))) == (0, 1)

    async def test_there_must_be_such_a_request(self, database: str, api: httpx.AsyncClient) -> None:
        assert refusal(await act(api, await a_mechanic(), uuid.uuid4(), "pass")) == (404, "not_found")
        assert refusal(await act(api, await a_customer(), uuid.uuid4(), "pass")) == (403, "forbidden")


class TestLettingGo:
    async def test_it_is_offered_to_the_others_again(self, database: str, api: httpx.AsyncClient) -> None:
        world, other = await accepted(), await a_mechanic()
        answer = await act(api, world.mechanic, world.request_id, "cancel")
        request = answer.json()["request"]
        assert (answer.status_code, request["status"], request["mechanicId"]) == (200, "pending", None)
        assert [each["id"] for each in await board(api, other)] == [str(world.request_id)]
        assert (await act(api, other, world.request_id, "accept")).status_code == 200

    async def test_only_its_mechanic_lets_go(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        assert refusal(await act(api, await a_mechanic(), world.request_id, "cancel")) == (404, "not_found")
        assert refusal(await act(api, world.customer, world.request_id, "cancel")) == (403, "forbidden")

    async def test_what_is_live_is_ended_and_not_let_go(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        assert refusal(await act(api, world.mechanic, world.request_id, "cancel")) == (409, "invalid_transition")


class TestActive:
    async def test_it_is_what_the_mechanic_has_accepted(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        told = (await api.get(f"{ADDRESS}/active", headers=world.mechanic.headers)).json()
        assert (told["request"]["id"], told["request"]["status"]) == (str(world.request_id), "accepted")
        assert (told["session"]["id"], told["session"]["status"]) == (str(world.session_id), "waiting")

    async def test_there_is_none_before_and_after(self, database: str, api: httpx.AsyncClient) -> None:
        for mechanic in (await a_mechanic(), (await completed()).mechanic):
            told = await api.get(f"{ADDRESS}/active", headers=mechanic.headers)
            assert (told.status_code, told.json()) == (200, {"request": None, "session": None})


class TestHistory:
    async def test_a_job_has_what_it_earned_and_how_it_was_rated(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        review = {"rating": 5, "review": "Calm and clear."}
        await api.post(f"{world.session_path}/review", json=review, headers=world.customer.headers)
        (job,) = (await api.get(HISTORY, headers=world.mechanic.headers)).json()["items"]
        assert (job["id"], job["status"], job["earningsCents"]) == (str(world.session_id), "completed", 800)
        assert (job["rating"], job["review"]) == (5, "Calm and clear.")

    async def test_it_holds_own_completed_sessions_in_pages(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        mechanic, worlds = await a_mechanic(), []
        for _ in range(3):
            worlds.append(await completed(mechanic=mechanic))
            fixed_clock.advance(hours=1)
        await completed()
        await live(mechanic=mechanic)
        first = (await api.get(HISTORY, params={"limit": 2}, headers=mechanic.headers)).json()
        rest = (await api.get(HISTORY, params={"limit": 2, "cursor": first["nextCursor"]}, headers=mechanic.headers)).json()
        assert [each["id"] for each in first["items"] + rest["items"]] == [str(each.session_id) for each in reversed(worlds)]
        assert wrong_fields(await api.get(HISTORY, params={"cursor": "?"}, headers=mechanic.headers)) == (422, ["cursor"])
