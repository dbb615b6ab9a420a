"""What a token of LiveKit's opens, and what LiveKit's own server tells us of who comes and leaves (M3)."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from livekit import api, rtc

from tests.e2e.people import PASSWORD, Person
from tests.e2e.server import LiveServer, wait_until
from tests.e2e.video_people import a_visit, video_events
from tests.servers import require_livekit


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    require_livekit()
    live = LiveServer(tmp_path_factory.mktemp("tokens"), LIVEKIT_SERVER_BIN="")
    live.start()
    yield live
    live.stop()


def keys(site: LiveServer) -> tuple[str, str]:
    """The key and secret that this server and its LiveKit share."""
    ((key, secret),) = json.loads((site.data_dir / "livekit.yaml").read_text())["keys"].items()
    return key, secret


async def enter(ticket: dict[str, str]) -> rtc.Room:
    room = rtc.Room()
    async with asyncio.timeout(15):
        await room.connect(ticket["serverUrl"], ticket["token"])
    return room


async def until(condition: Callable[[], bool], *, what: str) -> None:
    """Wait, and let LiveKit's client go on meanwhile."""
    await asyncio.to_thread(wait_until, condition, what=what)


async def publish(room: rtc.Room) -> None:
    source = rtc.VideoSource(320, 240)
    track = rtc.LocalVideoTrack.create_video_track("camera", source)
    async with asyncio.timeout(8):
        await room.local_participant.publish_track(track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_CAMERA))


async def test_who_comes_makes_it_live_and_who_leaves_is_written_down(site: LiveServer) -> None:
    visit = a_visit(site)
    theirs = await enter(visit.token(visit.customer))
    await until(lambda: "came into the video" in video_events(site, visit.session_id), what="the customer to be written down")
    assert visit.status == "waiting"
    ours = await enter(visit.token(visit.mechanic))
    await until(lambda: visit.status == "live", what="LiveKit's word to turn the session live")
    await until(lambda: [each.name for each in theirs.remote_participants.values()] == ["Sam Wrench"], what="the mechanic to be seen")
    await theirs.disconnect()
    await until(lambda: "left the video" in video_events(site, visit.session_id), what="the leaving to be written down")
    await ours.disconnect()
    visit.mechanic.post(f"/api/sessions/{visit.session_id}/end")
    await until(lambda: "the video room closed" in video_events(site, visit.session_id), what="the room to be closed with its session")
    assert video_events(site, visit.session_id)[0] == "the video room opened"


async def test_the_end_shows_everybody_out_and_nobody_in(site: LiveServer) -> None:
    visit = a_visit(site)
    ticket = visit.token(visit.customer)
    theirs, ours = await enter(ticket), await enter(visit.token(visit.mechanic))
    gone = asyncio.Event()
    theirs.on("disconnected", lambda _reason: gone.set())
    await until(lambda: visit.status == "live", what="the session to be live")
    visit.mechanic.post(f"/api/sessions/{visit.session_id}/end")
    async with asyncio.timeout(15):
        await gone.wait()
    with pytest.raises(rtc.ConnectError):
        await enter(ticket)  # its room is gone, and a key makes none
    await ours.disconnect()
    room = {"roomName": f"session-{visit.session_id}"}
    assert visit.customer.get("/api/livekit/token", params=room, expect=409)["code"] == "invalid_transition"


async def test_a_token_opens_its_own_room_only_and_not_for_long(site: LiveServer) -> None:
    mine, others = a_visit(site), a_visit(site)
    mine.customer.get("/api/livekit/token", params={"roomName": f"session-{others.session_id}"}, expect=404)
    others.token(others.customer)  # the other room is open
    key, secret = keys(site)

    def forged(room: str, secret: str, ttl: timedelta = timedelta(minutes=5)) -> dict[str, str]:
        grants = api.VideoGrants(room_join=True, room=room)
        token = api.AccessToken(key, secret).with_identity(f"party-{uuid.uuid4()}").with_grants(grants).with_ttl(ttl).to_jwt()
        return {"token": token, "serverUrl": mine.token(mine.customer)["serverUrl"]}

    own = await enter(mine.token(mine.customer))
    assert own.name == f"session-{mine.session_id}"
    await own.disconnect()
    with pytest.raises(rtc.ConnectError):
        await enter(forged(f"session-{others.session_id}", "a-secret-of-somebody-else-entirely-32"))
    with pytest.raises(rtc.ConnectError):
        await enter(forged(f"session-{others.session_id}", secret, timedelta(minutes=-10)))  # ours, but run out
    allowed = await enter(forged(f"session-{others.session_id}", secret))  # so it was the secret and the time that were wrong
    await allowed.disconnect()


async def test_an_observer_may_not_publish(site: LiveServer) -> None:
    visit, admin = a_visit(site), an_admin(site)
    ticket = admin.post(f"/api/admin/sessions/join?sessionId={visit.session_id}")
    assert ticket["roomUrl"] == f"/admin/observe/{visit.session_id}"
    observer, theirs = await enter(ticket), await enter(visit.token(visit.customer))
    with pytest.raises((rtc.participant.PublishTrackError, TimeoutError)):
        await publish(observer)
    await publish(theirs)  # so it can be done
    assert theirs.remote_participants == {}
    await until(lambda: len(observer.remote_participants) == 1, what="the observer to see the customer")
    await observer.disconnect()
    await theirs.disconnect()


def an_admin(site: LiveServer) -> Person:
    admin = Person(site)
    site.cli("create-admin", "--email", admin.email, "--name", "Kim Admin", "--password", PASSWORD)
    admin.carry(admin.post("/api/admin/login", {"email": admin.email, "password": PASSWORD})["token"])
    return admin


def test_strangers_and_other_plans_get_no_token(site: LiveServer) -> None:
    visit = a_visit(site)
    stranger = a_visit(site).customer
    room = {"roomName": f"session-{visit.session_id}"}
    assert stranger.get("/api/livekit/token", params=room, expect=404)["code"] == "not_found"
    assert stranger.get("/api/livekit/token", params={"roomName": "somewhere"}, expect=404)["code"] == "not_found"
    assert Person(site).get("/api/livekit/token", params=room, expect=401)["code"] == "unauthenticated"
    assert visit.customer.post(f"/api/admin/sessions/join?sessionId={visit.session_id}", expect=403)["code"] == "forbidden"
