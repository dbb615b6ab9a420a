"""`/api/livekit/…`, `/api/sessions/{id}/video` and the observer's door, as programs see them where no LiveKit is set up (M3)."""

from __future__ import annotations

import uuid

import httpx

from autodoctor.plans.catalog import PlanCode
from tests.conftest import Clock
from tests.people import a_customer, an_admin
from tests.worlds import live


async def test_how_long_video_was_missing_is_told_to_both_sides_alone(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    consultation, mechanic = await live(PlanCode.video15)
    path = f"/api/sessions/{consultation.session_id}/video"
    for missing in (True, False):
        assert (await api.post(path, json={"missing": missing}, headers=mechanic.headers)).json() == {"success": True}
        fixed_clock.advance(seconds=40)
    for person in (consultation.customer, mechanic):
        assert (await api.get(path, headers=person.headers)).json() == {"missingSeconds": 40}
    stranger = await a_customer()
    answers = [await api.get(path, headers=stranger.headers), await api.post(path, json={"missing": True}, headers=stranger.headers)]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "not_found")] * 2


async def test_without_livekit_it_says_so(database: str, api: httpx.AsyncClient) -> None:
    consultation, _mechanic = await live(PlanCode.video15)
    room, named = {"roomName": f"session-{consultation.session_id}"}, {"sessionId": str(consultation.session_id)}
    own = await api.get("/api/livekit/token", params=room, headers=consultation.customer.headers)
    watch = await api.get("/api/admin/sessions/join", params=named, headers=(await an_admin()).headers)
    assert [(answer.status_code, answer.json()["code"]) for answer in (own, watch)] == [(503, "provider_unavailable")] * 2


async def test_a_room_that_isnt_ones_own_isnt_there(database: str, api: httpx.AsyncClient) -> None:
    consultation, _mechanic = await live(PlanCode.video15)
    stranger = await a_customer()
    for name in (f"session-{consultation.session_id}", f"session-{uuid.uuid4()}", "kitchen"):
        answer = await api.get("/api/livekit/token", params={"roomName": name}, headers=stranger.headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_event_that_isnt_livekits_is_refused(database: str, api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/livekit", content=b"{}", headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_signature")


async def test_an_observer_is_an_administrator(database: str, api: httpx.AsyncClient) -> None:
    consultation, mechanic = await live(PlanCode.video15)
    named = {"sessionId": str(consultation.session_id)}
    for person in (consultation.customer, mechanic):
        answer = await api.post("/api/admin/sessions/join", params=named, headers=person.headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
