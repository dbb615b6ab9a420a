"""From a committed fact to open pages, over real websockets."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis as RedisClient

from autodoctor.accounts.facts import MechanicChanged
from autodoctor.chat.facts import MessageSent
from autodoctor.core import events
from autodoctor.core.db import unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.matching.facts import RequestChanged
from autodoctor.matching.rules import RequestStatus
from autodoctor.payouts.facts import PayoutChanged
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.realtime import service, topics
from autodoctor.realtime.hints import Hint
from autodoctor.realtime.transport import RedisTransport
from tests.realtime.site import Listening, Site, running_site
from tests.servers import redis_server

SESSION, OTHER_SESSION, SOMEBODY, REQUEST = (uuid.uuid4() for _ in range(4))


def message(session_id: uuid.UUID, seq: int) -> MessageSent:
    return MessageSent(session_id, uuid.uuid4(), SOMEBODY, seq)


NEW_REQUEST = RequestChanged(REQUEST, SESSION, SOMEBODY, None, RequestStatus.pending)


@pytest.fixture
async def site(settings_env: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    async with running_site() as running:
        yield running


def entries() -> int:
    """How many entries the index of listeners holds."""
    assert service._hub is not None
    return len(service._hub.fanout.listeners)


async def until_no_entries() -> None:
    for _ in range(500):
        if not entries():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{entries()} entries are left of sockets that closed")


async def test_a_message_wakes_its_own_room_and_no_other(site: Site) -> None:
    async with site.open(f"/?topic={topics.session(SESSION)}") as room, site.open(f"/?topic={topics.session(OTHER_SESSION)}") as other:
        await site.commit(message(SESSION, 1))
        await room.until(lambda: room.last("heard") == ["message 1"], what="the message")
        await site.commit(message(OTHER_SESSION, 5))
        await other.until(lambda: "message 5" in other.last("heard"), what="its own message")
        assert other.last("heard") == ["message 5"]
        assert room.last("heard") == ["message 1"]


async def test_hints_arrive_in_the_order_of_their_facts(site: Site) -> None:
    async with site.open(f"/?topic={topics.session(SESSION)}") as room:
        await site.commit(*(message(SESSION, seq) for seq in range(1, 21)))
        expected = [f"message {seq}" for seq in range(1, 21)]
        await room.until(lambda: room.last("heard") == expected, what="twenty messages in order")


async def test_what_is_published_by_a_page_reaches_those_who_follow(site: Site) -> None:
    async with site.open(f"/?topic={topics.session(SESSION)}") as room:
        await service.publish(topics.session(SESSION), "typing", by="sam")
        await room.until(lambda: room.last("heard") == ["typing sam"], what="the sign of typing")


async def test_nothing_is_pushed_for_what_was_rolled_back(site: Site, database: str) -> None:
    async with site.open(f"/?topic={topics.mechanic(SOMEBODY)}") as page:
        with pytest.raises(ZeroDivisionError):
            async with unit_of_work() as db:
                await events.record(db, MechanicChanged(SOMEBODY))
                raise ZeroDivisionError
        await service.publish(topics.mechanic(SOMEBODY), "after")
        await page.until(lambda: bool(page.last("heard")), what="the hint after it")
        assert page.last("heard") == ["after"]


async def test_a_page_that_unfollows_or_closes_leaves_no_entry(site: Site) -> None:
    topic = topics.session(SESSION)
    async with site.open(f"/?topic={topic}") as leaving, site.open(f"/?topic={topic}") as closing:
        assert entries() > 0
        await leaving.call(Listening.stop_listening, topic=topic)
        await leaving.until(lambda: leaving.last("heard") == ["nothing any more"], what="the page to stop listening")
        await site.commit(message(SESSION, 1))
        await closing.until(lambda: closing.last("heard") == ["message 1"], what="the message")
        assert leaving.last("heard") == ["nothing any more"]
    await until_no_entries()


async def test_a_page_that_comes_back_with_its_token_listens_once(site: Site) -> None:
    path = f"/?topic={topics.session(SESSION)}"
    async with site.open(path) as before:
        token = before.token
    await until_no_entries()
    async with site.open(path, token=token) as again:
        await site.commit(message(SESSION, 1))
        await again.until(lambda: again.last("heard") == ["message 1"], what="the message, once")
        assert entries() == 2  # the topic's entry for the page, and the page's for the topic


async def test_a_board_is_sent_when_somebody_comes_and_read_once_for_all_when_it_changes(site: Site) -> None:
    site.board.requests = ["an old one"]
    async with (
        site.open("/?board=junior") as one,
        site.open("/?board=junior") as two,
        site.open("/?board=senior") as senior,
    ):
        for page in (one, two, senior):
            await page.until(lambda page=page: page.last("requests") == ["an old one"], what="the first list")
        site.board.reads.clear()
        site.board.requests = ["a chat", "a diagnostic"]
        await site.commit(NEW_REQUEST)
        for page, expected in ((one, ["a chat"]), (two, ["a chat"]), (senior, ["a chat", "a diagnostic"])):
            await page.until(lambda page=page, expected=expected: page.last("requests") == expected, what=f"{expected}")
        assert site.board.reads == ["junior", "senior"]


async def test_a_board_that_nobody_looks_at_is_not_read(site: Site) -> None:
    site.board.requests = ["an old one"]
    async with site.open("/?board=senior") as senior:
        await senior.until(lambda: senior.last("requests") == ["an old one"], what="the first list")
        site.board.requests = ["a new one"]
        await site.commit(NEW_REQUEST)
        await senior.until(lambda: senior.last("requests") == ["a new one"], what="the second list")
        assert set(site.board.reads) == {"senior"}


async def test_a_change_of_one_mechanics_earnings_reads_that_mechanics_view_once_and_no_others(site: Site) -> None:
    mine, others = f"{SOMEBODY}:all", f"{uuid.uuid4()}:all"
    async with site.open(f"/?earnings={mine}") as one, site.open(f"/?earnings={mine}") as two, site.open(f"/?earnings={others}") as other:
        for page in (one, two, other):
            await page.until(lambda page=page: page.last("requests") == [], what="the first view")
        site.earnings.reads.clear()
        site.earnings.requests = ["8.00 sent"]
        await site.commit(*(PayoutChanged(uuid.uuid4(), SESSION, SOMEBODY, PayoutStatus.sent) for _ in range(30)))
        for page in (one, two):
            await page.until(lambda page=page: page.last("requests") == ["8.00 sent"], what="the new view")
        await site.commit(MechanicChanged(SOMEBODY))
        assert (site.earnings.reads, other.last("requests")) == ([mine], [])


async def test_who_goes_to_another_view_gets_that_one_and_no_more_of_the_first(site: Site) -> None:
    site.board.requests = ["a chat", "a diagnostic"]
    async with site.open("/?board=senior") as going, site.open("/?board=senior") as staying:
        for page in (going, staying):
            await page.until(lambda page=page: page.last("requests") == ["a chat", "a diagnostic"], what="the first view")
        await going.call(Listening.look_at, board="junior")
        await going.until(lambda: going.last("requests") == ["a chat"], what="the other view")
        so_far = len(going.updates)
        site.board.requests = ["another diagnostic"]
        await site.commit(NEW_REQUEST)
        await staying.until(lambda: staying.last("requests") == ["another diagnostic"], what="the new list")
        await going.until(lambda: going.last("requests") == [], what="its own new list")
        assert all("another diagnostic" not in (update.value("requests") or []) for update in going.updates[so_far:])


async def test_a_dashboard_that_left_gets_no_more_lists(site: Site) -> None:
    async with site.open("/?board=junior") as leaving, site.open("/?board=junior") as staying:
        await leaving.call(Listening.stop_listening, topic="none")
        await leaving.until(lambda: leaving.last("heard") == ["nothing any more"], what="the page to leave")
        site.board.requests = ["a chat"]
        await site.commit(NEW_REQUEST)
        await staying.until(lambda: staying.last("requests") == ["a chat"], what="the list")
        assert leaving.last("requests") == []


async def test_a_board_that_could_not_be_read_is_read_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autodoctor.realtime.boards.RETRY_AFTER_S", 0.01)
    async with site.open("/?board=junior") as page:
        site.board.is_broken = True
        await site.commit(NEW_REQUEST)
        await site.board.has_failed.wait()
        site.board.requests, site.board.is_broken = ["a chat"], False
        await page.until(lambda: page.last("requests") == ["a chat"], what="the list")


async def test_a_page_whose_handler_fails_holds_up_nobody_and_hears_the_next_hint(site: Site) -> None:
    topic = topics.session(SESSION)
    async with site.open(f"/?topic={topic}") as one, site.open(f"/?topic={topic}") as two:
        await service.publish(topic, "fail")
        await service.publish(topic, "next")
        for page in (one, two):
            await page.until(lambda page=page: page.last("heard") == ["next"], what="the hint after it")


async def test_two_workers_reach_each_others_pages_through_redis(settings_env: pytest.MonkeyPatch) -> None:
    with redis_server() as url:
        settings_env.setenv("REDIS_URL", url)
        get_settings.cache_clear()
        other_worker = RedisTransport(url)
        carrying = asyncio.create_task(other_worker.run())
        async with running_site() as site, site.open(f"/?topic={topics.session(SESSION)}") as room, site.open("/?board=junior") as board:
            await other_worker.receive()  # it is connected
            other_worker.send(Hint(topics.session(SESSION), "message", {"seq": 1}))
            await room.until(lambda: "message 1" in room.last("heard"), what="the other worker's message")
            site.board.requests = ["a chat"]
            other_worker.send(Hint(topics.board, "changed"))
            await board.until(lambda: board.last("requests") == ["a chat"], what="the other worker's request")
            await site.commit(message(SESSION, 2))
            async with asyncio.timeout(5):
                while (await other_worker.receive()).data != {"seq": 2}:
                    continue
            await room.until(lambda: room.last("heard")[-1] == "message 2", what="its own message, by the same way")
        carrying.cancel()
        await asyncio.gather(carrying, return_exceptions=True)


async def test_pages_look_again_when_redis_was_away(settings_env: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autodoctor.realtime.transport.RETRY_EVERY_S", 0.02)
    with redis_server() as url:
        settings_env.setenv("REDIS_URL", url)
        get_settings.cache_clear()
        async with running_site() as site, site.open(f"/?topic={topics.session(SESSION)}") as room, site.open("/?board=junior") as board:
            async with RedisClient.from_url(url) as admin:
                site.board.requests = ["came while nobody could tell"]
                heard_before = len(room.last("heard"))
                await admin.client_kill_filter(_type="pubsub")
            await room.until(lambda: room.last("heard")[heard_before:] == ["resync"], what="the hint to look again")
            await board.until(lambda: board.last("requests") == ["came while nobody could tell"], what="the list, read again")
