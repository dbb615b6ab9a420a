"""What LiveKit tells is acted on once, and in any order (M3)."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from autodoctor.integrations.livekit import service as livekit
from autodoctor.integrations.livekit.service import BadLiveKitSignature
from autodoctor.plans.catalog import PlanCode
from autodoctor.video import service
from autodoctor.video.models import LiveKitEvent
from tests.jobs.helpers import rows_of
from tests.video.telling import event, noted, signed, tell
from tests.worlds import accepted

pytestmark = pytest.mark.usefixtures("database", "configured")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff\xfe", b"{}", b'{"id": 5}'])
async def test_a_signed_body_that_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(BadLiveKitSignature):
        await service.receive(body, signed(body))
    assert await rows_of(LiveKitEvent) == []


async def test_a_token_that_lets_somebody_in_signs_no_event() -> None:
    consultation, _mechanic = await accepted(PlanCode.video15)
    body = event("participant_joined", consultation.session_id, f"party-{consultation.customer.id}")
    room = f"session-{consultation.session_id}"
    with pytest.raises(BadLiveKitSignature):
        await service.receive(body, livekit.token(room=room, identity="x", name="x", role=livekit.Role.participant, ttl_s=60))


async def test_whatever_the_order_the_end_is_the_same() -> None:
    for order in itertools.permutations(range(4)):
        consultation, mechanic = await accepted(PlanCode.video15)
        told = [
            event("room_started", consultation.session_id),
            event("participant_joined", consultation.session_id, f"party-{consultation.customer.id}"),
            event("participant_left", consultation.session_id, f"party-{consultation.customer.id}"),
            event("participant_joined", consultation.session_id, f"party-{mechanic.id}"),
        ]
        for number in order:
            await tell(told[number])
        assert (await consultation.session()).status == "live"
        assert len(await noted(consultation.session_id)) == len(told)


async def test_an_event_told_four_times_at_once_is_acted_on_once() -> None:
    consultation, _mechanic = await accepted(PlanCode.video15)
    body = event("participant_left", consultation.session_id, f"party-{consultation.customer.id}")
    await asyncio.gather(*(tell(body) for _ in range(4)))
    assert await noted(consultation.session_id) == ["left the video"]
    assert len(await rows_of(LiveKitEvent)) == 1


@pytest.mark.parametrize("kind", ["track_published", "egress_started", "something_new"])
async def test_what_is_nobodys_business_is_acknowledged_and_written_down_nowhere(kind: str) -> None:
    consultation, _mechanic = await accepted(PlanCode.video15)
    await tell(event(kind, consultation.session_id, f"party-{consultation.customer.id}"))
    assert await noted(consultation.session_id) == []
