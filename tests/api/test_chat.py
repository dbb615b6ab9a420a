"""/api/chat: sending, resending, reading along."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import httpx
import pytest

from autodoctor.core.ids import new_id
from tests.api.admin_calls import acts
from tests.api.worlds import World, accepted, browser_of, completed, live, paid, refusal, wrong_fields
from tests.conftest import Clock
from tests.files import samples
from tests.people import Person, a_customer, a_mechanic, an_admin, upload

SEND, INFO, READ = "/api/chat/send-message", "/api/chat/session-info", "/api/chat/read"


async def say(api: httpx.AsyncClient, who: Person, world: World, content: str = "hello", **more: object) -> httpx.Response:
    body = {"sessionId": str(world.session_id), "content": content, **more}
    return await api.post(SEND, json=body, headers=who.headers)


async def info(api: httpx.AsyncClient, who: Person, world: World, **query: Any) -> httpx.Response:
    return await api.get(INFO, params={"sessionId": str(world.session_id), **query}, headers=who.headers)


async def said(api: httpx.AsyncClient, world: World, **query: Any) -> list[str]:
    return [each["content"] for each in (await info(api, world.customer, world, **query)).json()["messages"]]


class TestSending:
    async def test_a_new_message_is_created(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        world = await accepted()
        answer = await say(api, world.customer, world, "It knocks.", clientId="c-1")
        message = answer.json()["message"]
        assert (answer.status_code, answer.json()["success"]) == (201, True)
        assert message == {
            "id": message["id"],
            "sessionId": str(world.session_id),
            "senderId": str(world.customer.id),
            "seq": 1,
            "clientId": "c-1",
            "content": "It knocks.",
            "kind": "text",
            "createdAt": "2026-03-02T09:00:00Z",
            "files": [],
        }

    async def test_a_resend_answers_the_message_that_stands(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        first, again = [await say(api, world.customer, world, clientId="c-1") for _ in range(2)]
        assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
        assert await said(api, world) == ["hello"]

    async def test_a_message_sent_ten_times_at_once_stands_once(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        answers = await asyncio.gather(*(say(api, world.customer, world, clientId="c-1") for _ in range(10)))
        assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
        assert len({answer.json()["message"]["id"] for answer in answers}) == len(await said(api, world)) == 1

    async def test_twenty_messages_at_once_stand_in_one_order(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        sides = (world.customer, world.mechanic)
        await asyncio.gather(*(say(api, sides[number % 2], world, f"no. {number}") for number in range(20)))
        messages = (await info(api, world.customer, world)).json()["messages"]
        assert [each["seq"] for each in messages] == list(range(1, 21))
        assert {each["content"] for each in messages} == {f"no. {number}" for number in range(20)}

    async def test_files_go_with_it_in_its_order(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        session_id = str(world.session_id)
        paths = [await upload(api, world.mechanic, samples.picture(), name=name, sessionId=session_id) for name in ("b.jpg", "a.jpg")]
        sent = await say(api, world.mechanic, world, "", attachments=paths)
        files = sent.json()["message"]["files"]
        assert (sent.status_code, [each["fileName"] for each in files]) == (201, ["b.jpg", "a.jpg"])
        assert [(await api.get(each["thumbUrl"])).status_code for each in files] == [200, 200]
        (message,) = (await info(api, world.customer, world)).json()["messages"]
        assert message == sent.json()["message"]
        listed = (await api.get(f"{world.session_path}/files", headers=world.customer.headers)).json()["items"]
        assert {each["filePath"] for each in listed} == set(paths)

    async def test_messages_with_files_and_the_end_at_once_wait_for_each_other(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        sides = (world.customer, world.mechanic)
        files = [await upload(api, side, samples.picture(), sessionId=str(world.session_id)) for side in sides * 4]
        sending = [say(api, side, world, attachments=[path]) for side, path in zip(sides * 4, files, strict=True)]
        ending = api.post(f"{world.session_path}/end", headers=world.mechanic.headers)
        statuses = [answer.status_code for answer in await asyncio.gather(*sending[:4], ending, *sending[4:])]
        assert set(statuses) <= {200, 201, 409}
        assert len(await said(api, world)) == statuses.count(201)

    async def test_somebody_elses_file_is_not_found_and_takes_no_number(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        path = await upload(api, world.customer, samples.picture(), sessionId=str(world.session_id))
        for wrong in (path, "sessions/none"):
            assert refusal(await say(api, world.mechanic, world, "look", attachments=[wrong])) == (404, "not_found")
        assert (await say(api, world.customer, world, "look", attachments=[path])).json()["message"]["seq"] == 1

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"content": " \n "}, "content"),
            ({"content": "x" * 4001}, "content"),
            ({"content": "a\x00b"}, "content"),
            ({"clientId": "x" * 65}, "clientId"),
            ({"attachments": [f"sessions/{number}" for number in range(11)]}, "attachments"),
            ({"sessionId": "42"}, "sessionId"),
        ],
    )
    async def test_wrong_fields_are_named(self, database: str, api: httpx.AsyncClient, body: dict[str, Any], field: str) -> None:
        world = await accepted()
        assert wrong_fields(await say(api, world.customer, world, **{"content": "hello", **body})) == (422, [field])

    async def test_strangers_write_nowhere(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        for stranger in (await a_customer(), await a_mechanic()):
            assert refusal(await say(api, stranger, world)) == (404, "not_found")
        nobody = await api.post(SEND, json={"sessionId": str(world.session_id), "content": "hello"})
        assert refusal(nobody) == (401, "unauthenticated")
        assert await said(api, world) == []

    async def test_the_room_is_closed_before_the_accept_and_after_the_end(self, database: str, api: httpx.AsyncClient) -> None:
        early, late = await paid(), await completed()
        for world, words in ((early, "as soon as a mechanic has accepted"), (late, "This session is over")):
            answer = await say(api, world.customer, world)
            assert refusal(answer) == (409, "invalid_transition")
            assert words in answer.json()["detail"]

    async def test_a_change_from_another_site_is_refused(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        body = {"sessionId": str(world.session_id), "content": "hello"}
        foreign = await api.post(SEND, json=body, **browser_of(world.customer, origin="https://evil.example"))
        assert refusal(foreign) == (403, "forbidden")
        assert (await api.post(SEND, json=body, **browser_of(world.customer))).status_code == 201

    async def test_a_browser_with_two_logins_speaks_as_the_one_who_takes_part(self, database: str, api: httpx.AsyncClient) -> None:
        world, other = await live(), await a_customer()
        body = {"sessionId": str(world.session_id), "content": "hello"}
        answer = await api.post(SEND, json=body, **browser_of(other, world.mechanic))
        assert answer.json()["message"]["senderId"] == str(world.mechanic.id)


class TestSessionInfo:
    async def test_it_has_the_session_who_is_there_and_what_was_said(
        self, database: str, api: httpx.AsyncClient, fixed_clock: Clock
    ) -> None:
        world = await accepted()
        await api.post(f"{world.session_path}/start", headers=world.mechanic.headers)
        await say(api, world.customer, world, "one")
        room = (await info(api, world.customer, world)).json()
        assert (room["session"]["id"], room["session"]["status"]) == (str(world.session_id), "waiting")
        assert room["participants"] == [
            {
                "userId": str(world.customer.id),
                "role": "customer",
                "name": "Robin Sample",
                "joinedAt": None,
                "seenAt": None,
                "isHere": False,
                "lastReadSeq": 0,
            },
            {
                "userId": str(world.mechanic.id),
                "role": "mechanic",
                "name": "Sam Wrench",
                "joinedAt": "2026-03-02T09:00:00Z",
                "seenAt": "2026-03-02T09:00:00Z",
                "isHere": True,
                "lastReadSeq": 0,
            },
        ]
        assert [each["content"] for each in room["messages"]] == ["one"]

    async def test_who_is_silent_for_long_is_no_longer_there(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        world = await live()
        fixed_clock.advance(minutes=2)
        room = (await info(api, world.customer, world)).json()
        assert [each["isHere"] for each in room["participants"]] == [False, False]

    async def test_before_the_accept_there_is_one_participant(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        assert [each["role"] for each in (await info(api, world.customer, world)).json()["participants"]] == ["customer"]

    async def test_history_is_asked_for_in_parts(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        for text in ("one", "two", "three"):
            await say(api, world.customer, world, text)
        assert await said(api, world, afterSeq=1) == ["two", "three"]
        assert await said(api, world, beforeSeq=3) == ["one", "two"]
        assert await said(api, world, afterSeq=3) == []

    async def test_it_is_read_by_the_parties_alone_also_afterwards(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        assert (await info(api, world.mechanic, world)).status_code == 200
        assert refusal(await info(api, await a_mechanic(), world)) == (404, "not_found")
        assert refusal(await api.get(INFO, params={"sessionId": str(uuid.uuid4())}, headers=world.customer.headers)) == (404, "not_found")
        assert refusal(await api.get(INFO, params={"sessionId": str(world.session_id)})) == (401, "unauthenticated")
        assert wrong_fields(await info(api, world.customer, world, afterSeq=-1)) == (422, ["afterSeq"])


class TestTranscript:
    async def test_it_has_all_that_was_said_and_is_kept_as_a_file(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        for text in ("one", "two"):
            await say(api, world.customer, world, text)
        answer = await api.get(f"{world.session_path}/transcript", params={"format": "json"}, headers=world.mechanic.headers)
        assert [each["content"] for each in answer.json()["messages"]] == ["one", "two"]
        assert answer.json()["session"]["id"] == str(world.session_id)
        assert answer.headers["content-disposition"] == f'attachment; filename="transcript-{world.session_id}.json"'

    async def test_it_is_the_parties_own(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        path = f"{world.session_path}/transcript"
        assert refusal(await api.get(path, headers=(await a_customer()).headers)) == (404, "not_found")
        assert refusal(await api.get(path)) == (401, "unauthenticated")
        assert wrong_fields(await api.get(path, params={"format": "doc"}, headers=world.customer.headers)) == (422, ["format"])


class TestReading:
    async def read(self, api: httpx.AsyncClient, who: Person, world: World, seq: int) -> httpx.Response:
        return await api.post(READ, json={"sessionId": str(world.session_id), "seq": seq}, headers=who.headers)

    async def test_how_far_each_side_has_read_is_seen_by_both(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        for _ in range(3):
            await say(api, world.customer, world)
        assert (await self.read(api, world.mechanic, world, 2)).json() == {"success": True}
        await self.read(api, world.mechanic, world, 1)
        room = (await info(api, world.customer, world)).json()
        assert [each["lastReadSeq"] for each in room["participants"]] == [0, 2]

    async def test_strangers_read_nothing(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        assert refusal(await self.read(api, await a_customer(), world, 1)) == (404, "not_found")
        assert wrong_fields(await self.read(api, world.customer, world, -1)) == (422, ["seq"])


async def test_an_administrator_reads_a_conversation_and_that_is_written_down(database: str, api: httpx.AsyncClient) -> None:
    admin, world, path = await an_admin(), await live(), "/api/chat/debug-messages"
    for words in ("one", "two", "three"):
        body = {"sessionId": str(world.session_id), "content": words}
        await api.post("/api/chat/send-message", json=body, headers=world.customer.headers)
    for span, found in (({}, ["one", "two", "three"]), ({"afterSeq": 1}, ["two", "three"]), ({"beforeSeq": 2}, ["one"])):
        answer = await api.get(path, params={"sessionId": str(world.session_id), **span}, headers=admin.headers)
        assert [each["content"] for each in answer.json()["messages"]] == found
    assert await acts() == [("read_messages", "session", str(world.session_id), {"messages": count}) for count in (3, 2, 1)]
    for who, session_id, told in ((admin, new_id(), (404, "not_found")), (world.customer, world.session_id, (403, "forbidden"))):
        answer = await api.get(path, params={"sessionId": str(session_id)}, headers=who.headers)
        assert refusal(answer) == told
    assert (await api.get(path, headers=admin.headers)).status_code == 422
