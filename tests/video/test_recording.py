"""Recording where a recorder is configured: when it begins, what it leaves behind, and for whom (M7)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import SettingsError, get_settings
from autodoctor.integrations.livekit.service import VideoUnavailable
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.video import recording, service
from tests.people import a_customer
from tests.video.telling import signed
from tests.worlds import live

BUCKET = {
    "LIVEKIT_URL": "ws://127.0.0.1:9",
    "LIVEKIT_API_KEY": "a-key",
    "LIVEKIT_API_SECRET": "a-secret-of-at-least-thirty-two-characters",
    "STORAGE_URL": "s3://films/kept",
    "AWS_ACCESS_KEY_ID": "id",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_REGION": "eu-central-1",
    "RECORDINGS": "on",
}


@pytest.fixture
def recorder(settings_env: pytest.MonkeyPatch) -> Iterator[None]:
    """A recorder that nobody runs: what is decided here needs none."""
    for name, value in BUCKET.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def ended(session_id: uuid.UUID, *, size: int = 5_000_000, path: str = "one.mp4") -> bytes:
    file = {"filename": f"kept/recordings/{session_id}/{path}", "duration": str(600 * 10**9), "size": str(size)}
    told = {"egressId": "EG_1", "roomName": f"session-{session_id}", "status": "EGRESS_COMPLETE", "fileResults": [file]}
    return json.dumps({"event": "egress_ended", "id": f"EV_{uuid.uuid4().hex}", "egressInfo": told}).encode()


async def asked() -> list[str]:
    async with reading() as db:
        query = sa.select(col(OutboxEntry.key)).where(col(OutboxEntry.kind) == recording.START_RECORDING)
        return sorted(await db.scalars(query))


@pytest.mark.usefixtures("database", "recorder", "fixed_clock")
async def test_a_live_session_with_video_is_recorded_once_and_a_chat_is_not() -> None:
    visit, _mechanic = await live(PlanCode.video15)
    await live(PlanCode.chat10)
    assert await asked() == [f"start_recording:{visit.session_id}:live"]
    async with unit_of_work() as db:
        await sessions.extend(db, visit.session_id, minutes=10, cents=399, actor_id=visit.customer.id)  # a change of what is live already
    assert len(await asked()) == 1


@pytest.mark.usefixtures("database", "recorder", "fixed_clock")
async def test_a_room_that_opens_anew_is_recorded_anew() -> None:
    visit, _mechanic = await live(PlanCode.video15)
    body = json.dumps({"event": "room_started", "id": "EV_again", "room": {"name": f"session-{visit.session_id}"}}).encode()
    for _ in range(2):
        await service.receive(body, signed(body))
    assert await asked() == [f"start_recording:{visit.session_id}:EV_again", f"start_recording:{visit.session_id}:live"]


@pytest.mark.usefixtures("database", "recorder", "fixed_clock")
async def test_a_recorder_that_is_down_is_asked_again_until_the_session_is_over() -> None:
    visit, mechanic = await live(PlanCode.video15)
    async with reading() as db:
        entry = (await db.scalars(sa.select(OutboxEntry).where(col(OutboxEntry.kind) == recording.START_RECORDING))).one()
    with pytest.raises(VideoUnavailable):
        await recording.start(entry)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, visit.session_id)
    await recording.start(entry)  # nothing is left to be recorded


@pytest.mark.usefixtures("database", "recorder", "fixed_clock")
async def test_what_was_recorded_is_for_both_sides_and_nobody_else() -> None:
    visit, mechanic = await live(PlanCode.video15)
    for body in (ended(visit.session_id), ended(visit.session_id), ended(visit.session_id, size=0, path="failed.mp4")):
        await service.receive(body, signed(body))
    async with reading() as db:
        (found,) = await recording.recordings(db, visit.session_id)
    assert (found.seconds, found.size, found.url) == (600, 5_000_000, f"/api/sessions/{visit.session_id}/recordings/{found.id}")
    for person in (visit.customer, mechanic):
        link = await recording.link_to([person.caller], visit.session_id, found.id)
        assert f"/kept/recordings/{visit.session_id}/one.mp4?" in link and "X-Amz-Expires=900" in link
    other, _mechanic = await live(PlanCode.video15)
    for caller, session_id in (((await a_customer()).caller, visit.session_id), (other.customer.caller, other.session_id)):
        with pytest.raises(NotFound):
            await recording.link_to([caller], session_id, found.id)


@pytest.mark.parametrize("missing", ["LIVEKIT_URL", "STORAGE_URL", "AWS_ACCESS_KEY_ID"])
def test_a_recorder_needs_livekit_and_a_bucket(settings_env: pytest.MonkeyPatch, missing: str) -> None:
    gone = {
        "LIVEKIT_URL": ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"),
        "AWS_ACCESS_KEY_ID": ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    }
    for name, value in BUCKET.items():
        settings_env.setenv(name, "" if name in gone.get(missing, (missing,)) else value)
    get_settings.cache_clear()
    with pytest.raises(SettingsError, match="RECORDINGS needs"):
        get_settings()


@pytest.mark.usefixtures("database", "fixed_clock")
async def test_without_a_recorder_nothing_is_recorded() -> None:
    await live(PlanCode.video15)
    assert await asked() == []
