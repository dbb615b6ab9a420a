"""Every pair of statuses, for sessions and for requests: what the table allows is written and noted, the rest leaves nothing (L1)."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.matching import status as request_status
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import REQUEST_TRANSITIONS, RequestStatus
from autodoctor.sessions import status
from autodoctor.sessions.models import Session, SessionEvent
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus
from tests.people import a_customer, a_mechanic, a_session
from tests.worlds import paid_request, session_row


async def events_of(session_id: uuid.UUID) -> list[SessionEvent]:
    query = sa.select(SessionEvent).where(col(SessionEvent.session_id) == session_id).order_by(col(SessionEvent.created_at))
    async with reading() as db:
        return list(await db.scalars(query))


@pytest.mark.parametrize("before", list(SessionStatus))
async def test_a_session_moves_only_along_the_table(database: str, before: SessionStatus) -> None:
    customer = await a_customer()
    for to in SessionStatus:
        session_id = await a_session(customer, status=before)
        if to in SESSION_TRANSITIONS[before]:
            async with unit_of_work() as db:
                await status.change(db, session_id, to, actor_id=customer.id, reason="tried")
            (event,) = await events_of(session_id)
            assert (event.entity, event.from_status, event.to_status) == ("session", before, to)
            assert (event.actor_id, event.reason) == (customer.id, "tried")
        else:
            with pytest.raises(InvalidTransition):
                async with unit_of_work() as db:
                    await status.change(db, session_id, to, actor_id=customer.id, reason="tried")
            assert await events_of(session_id) == []


@pytest.mark.parametrize("before", list(RequestStatus))
async def test_a_request_moves_only_along_the_table(database: str, before: RequestStatus) -> None:
    for to in RequestStatus:
        consultation, mechanic = await paid_request(), await a_mechanic()
        mine = col(SessionRequest.id) == consultation.request_id
        async with unit_of_work() as db:
            await db.execute(sa.update(SessionRequest).where(mine).values(status=before, mechanic_id=mechanic.id))
        async with unit_of_work() as db:
            held = await request_status.hold(db, consultation.request_id)
            moved = await request_status.change(db, held, to, actor_id=mechanic.id, reason="tried")
        is_allowed = to in REQUEST_TRANSITIONS[before]
        assert (moved is not None) is is_allowed
        assert (await consultation.request()).status is (to if is_allowed else before)
        noted = [(each.from_status, each.to_status) for each in await events_of(consultation.session_id) if each.reason == "tried"]
        assert noted == ([(before, to)] if is_allowed else [])


async def test_what_is_set_with_the_status_is_written_with_it_or_not_at_all(database: str) -> None:
    consultation = await paid_request()
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await status.change(
                db, consultation.session_id, SessionStatus.live, actor_id=None, reason="too early", ends_at=clock.now() + timedelta(hours=1)
            )
    session: Session = await session_row(consultation)
    assert (session.status, session.ends_at) == ("pending", None)


async def test_a_session_that_doesn_t_exist_isn_t_found(database: str) -> None:
    with pytest.raises(NotFound):
        async with unit_of_work() as db:
            await status.change(db, uuid.uuid4(), SessionStatus.waiting, actor_id=None, reason="nothing")
