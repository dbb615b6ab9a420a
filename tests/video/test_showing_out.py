"""Who belongs to a session no more, or comes after its end, is shown out of its video room (M3)."""

from __future__ import annotations

import pytest
from sqlmodel import col

from autodoctor.accounts import mechanics
from autodoctor.core.db import unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.matching import service as matching
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.video.service import CLOSE_ROOM
from autodoctor.video.showing_out import SHOW_OUT
from tests.jobs.helpers import rows_of
from tests.people import Person
from tests.sessions.test_guests import guest_of, removed
from tests.video.telling import event, tell
from tests.worlds import Consultation, a_senior, accept, accepted

pytestmark = pytest.mark.usefixtures("database", "configured")


async def to_do(kind: str) -> list[dict[str, str]]:
    return [entry.payload for entry in await rows_of(OutboxEntry, col(OutboxEntry.kind) == kind)]


def removal(consultation: Consultation, who: Person) -> dict[str, str]:
    return {"room": f"session-{consultation.session_id}", "identity": f"party-{who.id}"}


async def let_go(consultation: Consultation, mechanic: Person) -> None:
    async with unit_of_work() as db:
        await matching.let_go(db, mechanic.caller, consultation.request_id)


async def test_a_mechanic_who_lets_go_is_shown_out_each_time() -> None:
    consultation, mechanic = await accepted(PlanCode.video15)
    await let_go(consultation, mechanic)
    assert await to_do(SHOW_OUT) == [removal(consultation, mechanic)]
    other = await a_senior()
    await accept(other, consultation)
    await let_go(consultation, other)
    assert (await to_do(SHOW_OUT))[1:] == [removal(consultation, other)]


async def test_a_suspended_one_too() -> None:
    consultation, mechanic = await accepted(PlanCode.video15)
    async with unit_of_work() as db:
        await mechanics.suspend(db, mechanic.id)
    assert await to_do(SHOW_OUT) == [removal(consultation, mechanic)]


async def test_an_old_token_brings_nobody_back_to_stay() -> None:
    consultation, mechanic = await accepted(PlanCode.video15)
    await let_go(consultation, mechanic)
    await accept(await a_senior(), consultation)
    body = event("participant_joined", consultation.session_id, f"party-{mechanic.id}")
    await tell(body)
    await tell(body)
    assert await to_do(SHOW_OUT) == [removal(consultation, mechanic)] * 2
    assert (await consultation.session()).status == "waiting"


async def test_the_end_closes_the_room_and_nobody_stays_in_it_afterwards() -> None:
    consultation, mechanic = await accepted(PlanCode.video15)
    for person in (consultation.customer, mechanic):
        await tell(event("participant_joined", consultation.session_id, f"party-{person.id}"))
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
    assert await to_do(CLOSE_ROOM) == [{"room": f"session-{consultation.session_id}"}]
    assert await to_do(SHOW_OUT) == []
    await tell(event("participant_joined", consultation.session_id, f"party-{consultation.customer.id}"))
    assert await to_do(SHOW_OUT) == [removal(consultation, consultation.customer)]
    assert (await consultation.session()).status == "completed"


async def test_a_removed_guest_is_shown_out_and_stays_out() -> None:
    consultation, mechanic = await accepted(PlanCode.video15)
    link, guest = await guest_of(consultation)
    in_the_room = event("participant_joined", consultation.session_id, f"guest-{guest.user_id}")
    await tell(in_the_room)
    assert await to_do(SHOW_OUT) == []
    await removed(mechanic, consultation, link)
    out = {"room": f"session-{consultation.session_id}", "identity": f"guest-{guest.user_id}"}
    assert await to_do(SHOW_OUT) == [out]
    await tell(event("participant_joined", consultation.session_id, f"guest-{guest.user_id}"))
    assert await to_do(SHOW_OUT) == [out, out]
