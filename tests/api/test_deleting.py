"""DELETE /api/sessions/{id}/delete: what was made by mistake goes, what must stay stays."""

from __future__ import annotations

import uuid

import httpx
from sqlmodel import col

from autodoctor.chat.models import ChatMessage
from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.matching import service as matching
from autodoctor.payments.models import Payment
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from tests.api.admin_calls import acts
from tests.api.worlds import completed, paid, refusal
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer, a_mechanic, a_session, an_admin


async def delete(api: httpx.AsyncClient, who: Person, session_id: uuid.UUID) -> httpx.Response:
    return await api.delete(f"/api/sessions/{session_id}/delete", headers=who.headers)


async def test_a_mistake_is_deleted_and_that_is_written_down(database: str, api: httpx.AsyncClient) -> None:
    admin, customer = await an_admin(), await a_customer()
    session_id = await a_session(customer, status=SessionStatus.cancelled)
    assert (await delete(api, admin, session_id)).json() == {"success": True}
    assert await rows_of(Session) == []
    assert await acts() == [("delete_session", "session", str(session_id), {"was": "cancelled"})]
    assert refusal(await delete(api, admin, session_id)) == (404, "not_found")


async def test_what_must_stay_says_why(database: str, api: httpx.AsyncClient) -> None:
    admin, customer = await an_admin(), await a_customer()
    open_one, over, cancelled = await paid(), await completed(), await paid()
    async with unit_of_work() as db:
        await matching.cancel(db, cancelled.customer.caller, cancelled.request_id)
    said = await a_session(customer, status=SessionStatus.cancelled)
    async with unit_of_work() as db:
        db.add(ChatMessage(session_id=said, sender_id=customer.id, seq=1, client_id="1", content="Hello"))
    for session_id, why in (
        (open_one.session_id, "isn't over"),
        (over.session_id, "took place"),
        (cancelled.session_id, "Money was paid"),
        (said, "Something was said"),
    ):
        answer = await delete(api, admin, session_id)
        assert refusal(answer) == (409, "must_stay")
        assert why in answer.json()["detail"]
    assert (len(await rows_of(Session)), len(await rows_of(Payment))) == (4, 3)
    assert await acts() == []


async def test_only_administrators_delete(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, status=SessionStatus.cancelled)
    for who in (customer, await a_mechanic()):
        assert refusal(await delete(api, who, session_id)) == (403, "forbidden")
        assert refusal(await delete(api, who, new_id())) == (403, "forbidden")
    assert len(await rows_of(Session, col(Session.id) == session_id)) == 1
