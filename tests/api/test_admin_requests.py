"""The administrators' routes: what waits, who could take it, assigning, and the sweep (section 7)."""

from __future__ import annotations

import httpx

from autodoctor.core.ids import new_id
from autodoctor.plans.catalog import PlanCode
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.worlds import accepted, paid_request

STATS = {
    "oldWaitingSessions",
    "expiredRequests",
    "acceptedRequests",
    "orphanedSessions",
    "unattendedRequests",
    "expiredTokens",
    "totalCleaned",
}


async def assign(api: httpx.AsyncClient, admin: Person, request_id: object, mechanic_id: object) -> httpx.Response:
    return await api.post(f"/api/admin/requests/{request_id}/assign", json={"mechanicId": str(mechanic_id)}, headers=admin.headers)


async def test_requests_are_listed_and_filtered(database: str, api: httpx.AsyncClient) -> None:
    admin, waiting = await an_admin(), await paid_request()
    await accepted()
    every = (await api.get("/api/admin/requests", headers=admin.headers)).json()
    assert len(every["items"]) == 2
    pending = (await api.get("/api/admin/requests", params={"status": "pending"}, headers=admin.headers)).json()
    assert [each["id"] for each in pending["items"]] == [str(waiting.request_id)]
    first = (await api.get("/api/admin/requests", params={"limit": 1}, headers=admin.headers)).json()
    rest = (await api.get("/api/admin/requests", params={"limit": 1, "cursor": first["nextCursor"]}, headers=admin.headers)).json()
    assert {first["items"][0]["id"], rest["items"][0]["id"]} == {each["id"] for each in every["items"]}
    assert (await api.get("/api/admin/requests", params={"status": "lost"}, headers=admin.headers)).status_code == 422


async def test_a_mechanic_is_chosen_and_assigned(database: str, api: httpx.AsyncClient) -> None:
    admin, mechanic, waiting = await an_admin(), await a_mechanic(), await paid_request()
    found = (await api.get(f"/api/admin/requests/{waiting.request_id}/candidates", headers=admin.headers)).json()["items"]
    assert [(each["mechanicId"], each["canTake"], each["whyNot"]) for each in found] == [(str(mechanic.id), True, "")]
    answer = (await assign(api, admin, waiting.request_id, mechanic.id)).json()
    assert answer["success"] is True
    assert (answer["request"]["id"], answer["request"]["status"], answer["request"]["mechanicId"]) == (
        str(waiting.request_id),
        "accepted",
        str(mechanic.id),
    )
    assert answer["session"]["id"] == str(waiting.session_id)


async def test_what_cannot_be_assigned_says_why(database: str, api: httpx.AsyncClient) -> None:
    admin, junior, diagnostic = await an_admin(), await a_mechanic(), await paid_request(PlanCode.diagnostic)
    taken, busy = await accepted()
    chat = await paid_request()
    for request_id, mechanic_id, status, code in (
        (diagnostic.request_id, junior.id, 409, "not_eligible"),
        (taken.request_id, junior.id, 409, "request_taken"),
        (chat.request_id, busy.id, 409, "mechanic_busy"),
        (new_id(), junior.id, 404, "not_found"),
        (chat.request_id, new_id(), 404, "not_found"),
    ):
        answer = await assign(api, admin, request_id, mechanic_id)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await api.get(f"/api/admin/requests/{new_id()}/candidates", headers=admin.headers)).status_code == 404


async def test_the_sweep_answers_the_sources_counts(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    answer = await api.post("/api/debug/cleanup-sessions", headers=admin.headers)
    assert answer.json() == dict.fromkeys(STATS, 0)


async def test_nobody_else_gets_in(database: str, api: httpx.AsyncClient) -> None:
    waiting, mechanic = await paid_request(), await a_mechanic()
    routes = [
        ("GET", "/api/admin/requests"),
        ("GET", f"/api/admin/requests/{waiting.request_id}/candidates"),
        ("POST", f"/api/admin/requests/{waiting.request_id}/assign"),
        ("POST", "/api/debug/cleanup-sessions"),
    ]
    for who in (await a_customer(), mechanic):
        for verb, path in routes:
            body = {"json": {"mechanicId": str(mechanic.id)}} if path.endswith("/assign") else {}
            assert (await api.request(verb, path, headers=who.headers, **body)).status_code == 403
    assert await waiting.statuses() == ("pending", "pending")
