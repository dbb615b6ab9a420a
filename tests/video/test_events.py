"""What counts as LiveKit's word, and what becomes of it: once, and in any order (M3)."""

from __future__ import annotations

import asyncio
import itertools
import uuid

import pytest
from sqlmodel import col

from autodoctor.integrations.livekit.service import BadLiveKitSignature
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions.models import SessionEvent, SessionParticipant
from autodoctor.video import service
from autodoctor.video.models import LiveKitEvent
from autodoctor.video.rules import Identity
from tests.jobs.helpers import rows_of
from tests.people import a_customer
from tests.video.telling import KEY, SECRET, event, party, sign, tell
from tests.worlds import Consultation, accepted

pytestmark = pytest.mark.usefixtures("livekit_keys")


async def history(consultation: Consultation) -> list[tuple[str, uuid.UUID | None]]:
    """What is written down of the video: what, and who."""
    about_video = (col(SessionEvent.session_id) == consultation.session_id, col(SessionEvent.entity) == service.VIDEO)
    return [(each.reason, each.actor_id) for each in await rows_of(SessionEvent, *about_video)]


@pytest.mark.parametrize("authorization", [None, "", "nonsense", "Bearer nonsense"])
async def test_what_isnt_signed_is_refused_and_not_kept(authorization: str | None) -> None:
    with pytest.raises(BadLiveKitSignature):
        await service.receive(event("room_started", uuid.uuid4()), authorization)
    assert await rows_of(LiveKitEvent) == []


@pytest.mark.parametrize(("key", "secret"), [(KEY, "another-secret-that-is-long-enough-too"), ("another-key", SECRET)])
async def test_anothers_signature_is_refused(key: str, secret: str) -> None:
    body = event("room_started", uuid.uuid4())
    with pytest.raises(BadLiveKitSignature):
        await service.receive(body, sign(body, key=key, secret=secret))


async def test_a_signature_is_good_for_its_own_body_only() -> None:
    body = event("participant_left", uuid.uuid4())
    with pytest.raises(BadLiveKitSignature):
        await service.receive(body.replace(b"left", b"joined"), sign(body))


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff\xfe", b"{}", b'{"id": 5}'])
async def test_a_signed_body_that_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(BadLiveKitSignature):
        await service.receive(body, sign(body))


async def test_a_token_that_lets_somebody_in_signs_no_event() -> None:
    consultation, _mechanic = await accepted(PlanCode.video15)
    body = event("participant_joined", consultation.session_id, party(consultation.customer.id))
    ticket = service.livekit.token(
        room=f"session-{consultation.session_id}", identity="x", name="x", role=service.livekit.Role.participant, ttl_s=60
    )
    with pytest.raises(BadLiveKitSignature):
        await service.receive(body, ticket)


async def test_both_sides_in_the_video_make_the_session_live() -> None:
    consultation, mechanic = await accepted(PlanCode.video15)
    await tell(event("participant_joined", consultation.session_id, party(consultation.customer.id)))
    assert (await consultation.session()).status == "waiting"
    await tell(event("participant_joined", consultation.session_id, party(mechanic.id)))
    session = await consultation.session()
    assert (session.status, session.remaining_seconds) == ("live", 45 * 60)
    assert [who for what, who in await history(consultation) if what == "came into the video"] == [consultation.customer.id, mechanic.id]


async def test_whatever_the_order_the_end_is_the_same() -> None:
    for order in itertools.permutations(range(4)):
        consultation, mechanic = await accepted(PlanCode.video15)
        told = [
            event("room_started", consultation.session_id),
            event("participant_joined", consultation.session_id, party(consultation.customer.id)),
            event("participant_left", consultation.session_id, party(consultation.customer.id)),
            event("participant_joined", consultation.session_id, party(mechanic.id)),
        ]
        for number in order:
            await tell(told[number])
        assert (await consultation.session()).status == "live"
        assert len(await history(consultation)) == 4


async def test_an_event_told_again_or_twice_at_once_is_acted_on_once() -> None:
    consultation, _mechanic = await accepted(PlanCode.video15)
    body = event("participant_left", consultation.session_id, party(consultation.customer.id))
    await asyncio.gather(*(tell(body) for _ in range(4)))
    await tell(body)
    assert await history(consultation) == [("left the video", consultation.customer.id)]
    assert len(await rows_of(LiveKitEvent)) == 1


async def test_an_observer_or_a_guest_starts_no_clock() -> None:
    consultation, mechanic = await accepted(PlanCode.video15)
    await tell(event("participant_joined", consultation.session_id, party(mechanic.id)))
    await tell(event("participant_joined", consultation.session_id, Identity("guest", uuid.uuid4())))
    await tell(event("participant_joined", consultation.session_id, Identity("observer", (await a_customer()).id)))
    assert (await consultation.session()).status == "waiting"
    assert [what for what, _who in await history(consultation)][1:] == ["a guest came into the video", "an observer came into the video"]
    customers = (col(SessionParticipant.session_id) == consultation.session_id, col(SessionParticipant.user_id) == consultation.customer.id)
    assert [each.joined_at for each in await rows_of(SessionParticipant, *customers)] == [None]


@pytest.mark.parametrize("kind", ["track_published", "track_unpublished", "egress_started", "something_new"])
async def test_what_is_nobodys_business_is_acknowledged_and_written_down_nowhere(kind: str) -> None:
    consultation, _mechanic = await accepted(PlanCode.video15)
    await tell(event(kind, consultation.session_id, party(consultation.customer.id)))
    assert await history(consultation) == []


async def test_a_room_that_isnt_ours_is_acknowledged() -> None:
    await tell(event("participant_joined", uuid.uuid4(), party(uuid.uuid4())))
    await tell(event("room_started", uuid.uuid4()).replace(b"session-", b"kitchen-"))
