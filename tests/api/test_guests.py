"""Invitations over HTTP: what a link opens, and that it opens nothing else (M8)."""

from __future__ import annotations

from typing import Any

import httpx

from autodoctor.plans.catalog import PlanCode
from tests import worlds
from tests.api.test_who_may import guarded, refused
from tests.api.worlds import World, live, refusal, wrong_fields
from tests.people import Person, a_customer, upload
from tests.sessions.test_guests import invited, joined

OPENED = {"post /api/chat/send-message", "post /api/chat/read", "get /api/chat/session-info", "get /api/livekit/token"}
"""What an invitation opens, besides the list of files and the word that video is missing."""


async def invite(api: httpx.AsyncClient, who: Person, world: World, **body: Any) -> dict[str, Any]:
    answer = await api.post("/api/session/invite", json={"sessionId": str(world.session_id), **body}, headers=who.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def join(api: httpx.AsyncClient, link: dict[str, Any], name: str = "Alex") -> httpx.Response:
    return await api.post("/api/session/join", json={"token": link["inviteUrl"].rsplit("/", 1)[1], "name": name})


async def a_guest(api: httpx.AsyncClient, world: World) -> tuple[dict[str, Any], dict[str, str]]:
    """The invitation, and the headers of who came by it."""
    link = await invite(api, world.customer, world)
    came = await join(api, link)
    assert came.status_code == 201, came.text
    api.cookies.clear()
    return link, {"Authorization": f"Bearer {came.json()['token']}"}


def info_of(world: World) -> dict[str, str]:
    return {"sessionId": str(world.session_id)}


async def test_a_guest_comes_in_by_a_cookie_and_sees_the_room(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    came = await join(api, await invite(api, world.mechanic, world))
    assert came.json()["roomPath"] == f"/chat/{world.session_id}"
    assert "aad_guest=" in came.headers["set-cookie"] and "HttpOnly" in came.headers["set-cookie"]
    sent = await api.post("/api/chat/send-message", json={**info_of(world), "content": "The belt?"}, headers={"Origin": "http://test"})
    assert sent.status_code == 201, sent.text
    room = (await api.get("/api/chat/session-info", params=info_of(world))).json()
    assert [(each["kind"], each["content"]) for each in room["messages"]] == [("notice", "Alex (invited) joined"), ("text", "The belt?")]
    assert {each["role"]: each["name"] for each in room["participants"]} == {
        "customer": "Robin Sample",
        "mechanic": "Sam Wrench",
        "guest": "Alex",
    }


async def test_a_guest_sees_the_files_and_not_the_notes(database: str, api: httpx.AsyncClient, noise: bytes = b"\xff\xd8\xff\xe0") -> None:
    world = await live()
    notes = {"sessionNotes": "Piston slap"}
    assert (await api.patch(f"{world.session_path}/notes", json=notes, headers=world.mechanic.headers)).status_code == 200
    path = await upload(api, world.customer, b"a log", name="scan.txt", kind="text/plain", sessionId=str(world.session_id))
    await api.post(f"{world.session_path}/files", json={"filePath": path}, headers=world.customer.headers)
    _, guest = await a_guest(api, world)
    (file,) = (await api.get(f"{world.session_path}/files", headers=guest)).json()["items"]
    assert (await api.get(file["url"])).content == b"a log"
    assert (await api.get("/api/chat/session-info", params=info_of(world), headers=guest)).json()["session"]["sessionNotes"] is None


async def test_an_invitation_opens_nothing_else(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    _, guest = await a_guest(api, world)
    routes = [
        (verb, path) for verb, path in await guarded(api) if f"{verb} {path}" not in OPENED and not path.endswith(("/files", "/video"))
    ]
    assert len(routes) > 40
    statuses = await refused(api, routes, guest)
    assert {route: status for route, status in statuses.items() if status != 403} == {}
    for verb, path in (("GET", ""), ("POST", "/end"), ("POST", "/start"), ("PATCH", "/notes"), ("POST", "/review")):
        answer = await api.request(verb, f"{world.session_path}{path}", json={}, headers=guest)
        assert answer.status_code == 403, (verb, path)
    assert (await api.get(f"{world.session_path}/transcript", headers=guest)).status_code == 403
    named = await api.post("/api/session/extend", json=info_of(world), headers=guest)
    assert refusal(named) == (403, "forbidden")
    assert (await api.post(f"{world.session_path}/files", json={"filePath": "x"}, headers=guest)).status_code == 403


async def test_nothing_of_another_session(database: str, api: httpx.AsyncClient) -> None:
    world, other = await live(), await live()
    _, guest = await a_guest(api, world)
    assert refusal(await api.get("/api/chat/session-info", params=info_of(other), headers=guest)) == (404, "not_found")
    assert refusal(await api.get(f"{other.session_path}/files", headers=guest)) == (404, "not_found")
    said = await api.post("/api/chat/send-message", json={**info_of(other), "content": "Hi"}, headers=guest)
    assert refusal(said) == (404, "not_found")


async def test_it_is_over_with_the_session_and_says_so(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    link, guest = await a_guest(api, world)
    late = await invite(api, world.customer, world)
    await api.post(f"{world.session_path}/end", headers=world.customer.headers)
    answer = await api.get("/api/chat/session-info", params=info_of(world), headers=guest)
    assert refusal(answer) == (403, "forbidden") and "over" in answer.json()["detail"]
    assert refusal(await join(api, late)) == (409, "invitation_over")
    assert refusal(await join(api, link)) == (409, "invitation_over")


async def test_who_invited_whom_is_listed_and_a_removed_guest_is_out_at_once(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    link, guest = await a_guest(api, world)
    path = f"{world.session_path}/invites"
    waiting = await invite(api, world.customer, world, email="kim@example.com")
    listed = (await api.get(path, headers=world.mechanic.headers)).json()["items"]
    assert [(each["id"], each["name"], each["email"]) for each in listed] == [
        (link["id"], "Alex", None),
        (waiting["id"], None, "kim@example.com"),
    ]
    assert refusal(await join(api, link)) == (409, "invitation_used")
    assert (await api.delete(f"{path}/{link['id']}", headers=world.mechanic.headers)).status_code == 200
    assert refusal(await api.get("/api/chat/session-info", params=info_of(world), headers=guest)) == (401, "unauthenticated")
    assert refusal(await join(api, link)) == (404, "not_found")


async def test_an_address_that_is_none_and_a_stranger_are_refused(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    body = {"sessionId": str(world.session_id), "email": "nobody"}
    assert wrong_fields(await api.post("/api/session/invite", json=body, headers=world.customer.headers)) == (422, ["email"])
    stranger = await a_customer()
    assert refusal(await api.post("/api/session/invite", json=info_of(world), headers=stranger.headers)) == (404, "not_found")


async def test_the_video_of_this_session_and_of_no_other_is_a_guests_too(database: str, api: httpx.AsyncClient) -> None:
    consultation, _ = await worlds.live(PlanCode.video15)
    other, _ = await worlds.live(PlanCode.video15)
    came = await joined(await invited(consultation.customer, consultation))
    headers = {"Authorization": f"Bearer {came.login.token}"}
    keys = [
        await api.get("/api/livekit/token", params={"roomName": f"session-{of.session_id}"}, headers=headers)
        for of in (consultation, other)
    ]
    assert [refusal(key) for key in keys] == [(503, "provider_unavailable"), (404, "not_found")]  # no LiveKit is set up here
    missing = await api.post(f"/api/sessions/{consultation.session_id}/video", json={"missing": True}, headers=headers)
    assert missing.status_code == 200
    record = await api.get(f"/api/sessions/{consultation.session_id}/video", headers=consultation.customer.headers)
    assert record.json() == {"missingSeconds": 0}
