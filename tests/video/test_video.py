"""Video's rules on both databases: who gets a key, what an event does once, how long video was missing (M3)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from livekit import api
from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import SettingsError, get_settings
from autodoctor.integrations.livekit import server
from autodoctor.integrations.livekit import service as livekit
from autodoctor.integrations.livekit.service import BadLiveKitSignature, VideoUnavailable
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.video import rules, service
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.video.telling import KEY, SECRET, event, noted, signed, tell
from tests.worlds import Consultation, accept, accepted, live, paid_request


@dataclass(frozen=True)
class Visit:
    """A session with video that a mechanic has accepted."""

    consultation: Consultation
    mechanic: Person

    @property
    def session_id(self) -> uuid.UUID:
        return self.consultation.session_id

    @property
    def customer(self) -> Person:
        return self.consultation.customer

    async def statuses(self) -> tuple[str, str]:
        return await self.consultation.statuses()


async def a_video_session() -> Visit:
    return Visit(*await accepted(PlanCode.video15))


async def a_live_one() -> Visit:
    return Visit(*await live(PlanCode.video15))


@pytest.mark.usefixtures("database", "configured", "fixed_clock")
async def test_whom_livekit_saw_come_in_is_in_the_room_and_told_twice_it_is_once() -> None:
    consultation = await a_video_session()
    customer, mechanic = consultation.customer, consultation.mechanic
    first = event("participant_joined", consultation.session_id, f"party-{customer.id}")
    for _ in range(3):
        await tell(first)
    assert await consultation.statuses() == ("accepted", "waiting")
    await tell(event("participant_joined", consultation.session_id, f"party-{mechanic.id}"))
    assert await consultation.statuses() == ("accepted", "live")
    await tell(event("participant_left", consultation.session_id, f"party-{customer.id}"))
    assert await noted(consultation.session_id) == ["came into the video", "came into the video", "left the video"]


@pytest.mark.usefixtures("database", "configured", "fixed_clock")
async def test_observers_guests_strangers_and_latecomers_start_nothing() -> None:
    consultation = await a_video_session()
    await tell(event("participant_joined", consultation.session_id, f"party-{consultation.customer.id}"))
    for identity in (f"observer-{consultation.mechanic.id}", f"guest-{uuid.uuid4()}", f"party-{uuid.uuid4()}", "anybody", ""):
        kind = "participant_joined" if identity else "room_started"
        await tell(event(kind, consultation.session_id, identity))
    assert await consultation.statuses() == ("accepted", "waiting")
    await tell(event("participant_joined", uuid.uuid4(), f"party-{consultation.mechanic.id}"))  # a session of another installation
    over = await a_live_one()
    async with unit_of_work() as db:
        await sessions.end(db, over.mechanic.caller, over.session_id)
    await tell(event("participant_joined", over.session_id, f"party-{over.mechanic.id}"))
    assert (await over.statuses())[1] == "completed"


@pytest.mark.usefixtures("database", "configured")
@pytest.mark.parametrize("fault", ["no signature", "another secret", "another body", "not a token"])
async def test_an_event_that_isnt_livekits_own_changes_nothing(fault: str) -> None:
    body = event("room_started", uuid.uuid4())
    signature = {
        "no signature": None,
        "another secret": signed(body, secret="somebody-elses-secret-of-thirty-two-chars"),
        "another body": signed(body, over=b"{}"),
        "not a token": "abc",
    }[fault]
    with pytest.raises(BadLiveKitSignature):
        await service.receive(body, signature)


@pytest.mark.usefixtures("database", "configured", "fixed_clock")
async def test_who_is_let_in() -> None:
    consultation, chat = await a_video_session(), await paid_request()
    await accept(await a_mechanic(), chat)
    stranger = await a_customer()
    with pytest.raises(NotFound):
        await service.ticket([stranger.caller], consultation.session_id)
    with pytest.raises(InvalidTransition):
        await service.ticket([chat.customer.caller], chat.session_id)
    with pytest.raises(Forbidden):
        await service.observe(consultation.customer.caller, consultation.session_id)
    with pytest.raises(VideoUnavailable):  # everything is right, but nobody answers at that address
        await service.ticket([consultation.customer.caller], consultation.session_id)
    unpaid = await paid_request(PlanCode.video15)
    with pytest.raises(InvalidTransition):  # no mechanic has accepted
        await service.ticket([unpaid.customer.caller], unpaid.session_id)


@pytest.mark.usefixtures("database", "configured", "fixed_clock")
async def test_an_administrators_look_stays_written_down_even_when_livekit_is_down() -> None:
    consultation, admin = await a_video_session(), await an_admin()
    with pytest.raises(VideoUnavailable):
        await service.observe(admin.caller, consultation.session_id)
    assert await noted(consultation.session_id) == ["an administrator looked in"]


@pytest.mark.usefixtures("database", "configured")
async def test_the_record_says_how_long_video_was_missing(fixed_clock: Clock) -> None:
    consultation = await a_live_one()
    customer, mechanic = consultation.customer.caller, consultation.mechanic.caller

    async def report(caller: object, *, missing: bool) -> None:
        async with unit_of_work() as db:
            await service.report_missing(db, caller, consultation.session_id, missing=missing)  # type: ignore[arg-type]

    await report(customer, missing=True)
    await report(customer, missing=True)  # two tabs
    fixed_clock.advance(seconds=20)
    await report(mechanic, missing=True)
    fixed_clock.advance(seconds=10)
    await report(customer, missing=False)
    fixed_clock.advance(seconds=100)
    async with reading() as db:
        assert await service.missing_seconds(db, consultation.session_id) == 110  # the mechanic's, which lasts
    async with unit_of_work() as db:
        await sessions.end(db, mechanic, consultation.session_id)
    fixed_clock.advance(hours=1)
    async with reading() as db:
        assert await service.missing_seconds(db, consultation.session_id) == 110
    assert await noted(consultation.session_id) == ["has no video", "has no video", "has video again"]


@pytest.mark.usefixtures("database", "configured", "fixed_clock")
async def test_the_end_of_a_session_closes_its_room_once() -> None:
    consultation = await a_live_one()
    async with unit_of_work() as db:
        await sessions.end(db, consultation.mechanic.caller, consultation.session_id)
    async with reading() as db:
        entries = list(await db.scalars(sa.select(OutboxEntry).where(col(OutboxEntry.kind) == service.CLOSE_ROOM)))
    assert [entry.payload for entry in entries] == [{"room": f"session-{consultation.session_id}"}]
    with pytest.raises(VideoUnavailable):  # the outbox tries again
        await service.close_room(entries[0])


def test_a_token_says_what_its_role_may(configured: None) -> None:
    def granted(role: livekit.Role) -> api.VideoGrants:
        token = livekit.token(room="session-1", identity="me", name="Me", role=role, ttl_s=60)
        return api.TokenVerifier(KEY, SECRET).verify(token).video or api.VideoGrants()

    observer, guest = granted(livekit.Role.observer), granted(livekit.Role.guest)
    assert (observer.hidden, observer.can_publish, observer.can_subscribe) == (True, False, True)
    assert (bool(guest.hidden), guest.can_publish, guest.room, guest.room_join) == (False, True, "session-1", True)
    assert not observer.can_publish_data and not guest.can_publish_data
    assert not guest.room_create and not guest.room_admin


@pytest.mark.parametrize("name", ["", "session-", "session-1", "room-0f8fad5b-d9cb-469f-a165-70867728950e", "session-../../etc"])
def test_only_our_rooms_have_a_session(name: str) -> None:
    assert rules.session_of(name) is None


@pytest.mark.parametrize(("seconds", "words"), [(0, ""), (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (300, "5 minutes")])
def test_a_gap_in_words(seconds: int, words: str) -> None:
    assert rules.minutes_words(seconds) == words


def test_a_server_of_our_own_needs_nothing_but_its_binary(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("APP_ENV", "development")
    settings_env.setenv("PORT", "3000")
    settings_env.setenv("LIVEKIT_SERVER_BIN", "/bin/true")
    get_settings.cache_clear()
    settings = get_settings()
    assert settings.livekit_url == "ws://localhost:7880"
    config = server.config_of(settings)
    assert config["bind_addresses"] == ["127.0.0.1"] and config["room"] == {"auto_create": False}
    assert config["webhook"]["urls"] == ["http://127.0.0.1:3000/api/livekit"]

    settings_env.setenv("LIVEKIT_SERVER_BIN", "none")
    get_settings.cache_clear()
    assert not get_settings().livekit_configured
    settings_env.setenv("LIVEKIT_SERVER_BIN", "/no/such/file")
    get_settings.cache_clear()
    with pytest.raises(SettingsError, match="LIVEKIT_SERVER_BIN"):
        get_settings()
