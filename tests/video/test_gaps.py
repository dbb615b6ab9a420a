"""How long video was missing, as the session's record says it (M3)."""

from __future__ import annotations

import pytest
from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import SessionEvent
from autodoctor.video import service
from autodoctor.video.models import VideoGap
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer
from tests.video.telling import event, party, tell
from tests.worlds import Consultation, accepted, live

pytestmark = pytest.mark.usefixtures("livekit_keys")


async def report(who: Person, consultation: Consultation, *, missing: bool) -> None:
    async with unit_of_work() as db:
        await service.report_missing(db, who.caller, consultation.session_id, missing=missing)


async def missing_s(consultation: Consultation) -> int:
    async with reading() as db:
        return await service.missing_seconds(db, consultation.session_id)


async def test_the_gaps_of_one_side_are_summed(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live(PlanCode.video15)
    for lasts_s in (20, 40):
        await report(mechanic, consultation, missing=True)
        fixed_clock.advance(seconds=lasts_s)
        await report(mechanic, consultation, missing=False)
        fixed_clock.advance(seconds=100)
    assert await missing_s(consultation) == 60


async def test_what_both_sides_missed_at_once_is_counted_once(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live(PlanCode.video15)
    for missing in (True, False):
        for person in (consultation.customer, mechanic):
            await report(person, consultation, missing=missing)
        fixed_clock.advance(seconds=30)
    assert await missing_s(consultation) == 30


async def test_told_twice_it_is_one_gap(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live(PlanCode.video15)
    for _ in range(2):
        await report(mechanic, consultation, missing=True)
        fixed_clock.advance(seconds=10)
    for _ in range(2):
        await report(mechanic, consultation, missing=False)
        fixed_clock.advance(seconds=10)
    assert await missing_s(consultation) == 20
    about_video = (col(SessionEvent.session_id) == consultation.session_id, col(SessionEvent.entity) == service.VIDEO)
    assert [each.reason for each in await rows_of(SessionEvent, *about_video)] == ["has no video", "has video again"]


async def test_a_gap_that_lasts_counts_up_to_now_and_ends_with_the_session(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live(PlanCode.video15)
    await report(consultation.customer, consultation, missing=True)
    fixed_clock.advance(seconds=50)
    assert await missing_s(consultation) == 50
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
    fixed_clock.advance(hours=1)
    assert await missing_s(consultation) == 50
    await report(consultation.customer, consultation, missing=True)
    assert len(await rows_of(VideoGap)) == 1


async def test_who_is_seen_to_come_in_has_video_again(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live(PlanCode.video15)
    await report(mechanic, consultation, missing=True)
    fixed_clock.advance(seconds=15)
    await tell(event("participant_joined", consultation.session_id, party(mechanic.id)))
    fixed_clock.advance(seconds=15)
    assert await missing_s(consultation) == 15


async def test_strangers_and_chats_report_nothing(database: str) -> None:
    consultation, _mechanic = await accepted(PlanCode.video15)
    with pytest.raises(NotFound):
        await report(await a_customer(), consultation, missing=True)
    chat, mechanic = await accepted(PlanCode.chat10)
    with pytest.raises(InvalidTransition):
        await report(mechanic, chat, missing=True)
