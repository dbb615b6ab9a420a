"""Sessions, for the people who take part in them (PRODUCT sections 4 and 6)."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Query

from autodoctor.accounts.identity import Caller
from autodoctor.api.callers import SomeCallers
from autodoctor.api.errors import problems
from autodoctor.api.linked_files import LinkedFile
from autodoctor.api.schemas import Cursor, Limit
from autodoctor.api.session_schemas import (
    CheckoutUrl,
    EndBody,
    IntakeOut,
    NotesBody,
    ReviewBody,
    SessionAnswer,
    SessionList,
    SessionNamed,
    SessionOut,
    TipBody,
    TipUrl,
)
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.intake import queries as intakes
from autodoctor.payments import extension_checkout, tips
from autodoctor.sessions import queries, service
from autodoctor.sessions.queries import SessionView, party
from autodoctor.words import _

router = APIRouter(tags=["sessions"])


@router.get("/api/sessions", responses=problems(401, 422))
async def list_sessions(callers: SomeCallers, limit: Limit = 20, cursor: Cursor = None) -> SessionList:
    """The sessions that the caller takes part in, newest first."""
    async with reading() as db:
        page = await queries.own(db, callers, limit=limit, cursor=cursor)
    return SessionList(items=[SessionOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.get("/api/sessions/resolve-by-stripe", responses=problems(401, 404, 422))
async def resolve_by_stripe(session_id: Annotated[str, Query(min_length=1, max_length=200)], callers: SomeCallers) -> SessionOut:
    """The session that a checkout paid for. 404 as long as there is none: `/api/checkout/resolve` asks Stripe itself."""
    async with reading() as db:
        found = await queries.by_stripe_id(db, session_id)
        if found is None:
            raise NotFound(_("There is no session for this payment yet."))
        await party(db, callers, found)
        return _out(await queries.view(db, found))


@router.get("/api/sessions/{session_id}", responses=problems(401, 404, 422))
async def get_session(session_id: uuid.UUID, callers: SomeCallers) -> SessionOut:
    """One session, with the server's clock in `remainingSeconds`."""
    async with reading() as db:
        await party(db, callers, session_id)
        return _out(await queries.view(db, session_id))


@router.get("/api/sessions/{session_id}/intake", responses=problems(401, 404, 422))
async def get_intake(session_id: uuid.UUID, callers: SomeCallers) -> IntakeOut:
    """What the customer told about vehicle and problem. 404 until they have sent it."""
    async with reading() as db:
        await party(db, callers, session_id)
        intake_id = (await queries.view(db, session_id)).intake_id
        if intake_id is None:
            raise NotFound(_("The customer hasn't described the problem yet."))
        intake = await intakes.view(db, intake_id)
    return IntakeOut.model_validate({**vars(intake), "files": [LinkedFile.of(each) for each in intake.files]})


@router.post("/api/sessions/{session_id}/start", responses=problems(401, 403, 404, 409, 422))
async def start_session(session_id: uuid.UUID, callers: SomeCallers) -> SessionAnswer:
    """Say "I am in the room". The session is live, and its clock runs, as soon as both sides have said so."""
    return await _start(callers, session_id)


@router.post("/api/session/start", responses=problems(401, 403, 404, 409, 422))
async def start_named_session(body: SessionNamed, callers: SomeCallers) -> SessionAnswer:
    """The same as `/api/sessions/{id}/start`, with the session named in the body."""
    return await _start(callers, body.session_id)


async def _start(callers: tuple[Caller, ...], session_id: uuid.UUID) -> SessionAnswer:
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        return SessionAnswer(session=_out(await service.start(db, acting, session_id)))


@router.post("/api/session/extend", responses=problems(401, 403, 404, 409, 422, 503))
async def extend_session(body: SessionNamed, callers: SomeCallers) -> CheckoutUrl:
    """Where the customer pays for ten more minutes of a live session. They count if they are paid before the clock is at zero."""
    async with reading() as db:
        acting = (await party(db, callers, body.session_id)).caller
    return CheckoutUrl(checkout_url=await extension_checkout.begin(acting, body.session_id))


@router.post("/api/sessions/{session_id}/tip", responses=problems(401, 403, 404, 409, 422, 503))
async def tip_mechanic(session_id: uuid.UUID, body: TipBody, callers: SomeCallers) -> TipUrl:
    """Where the customer of a completed session thanks its mechanic with money."""
    async with reading() as db:
        acting = (await party(db, callers, session_id)).caller
    return TipUrl(checkout_url=await tips.begin(acting, session_id, body.amount_cents))


@router.post("/api/sessions/{session_id}/end", responses=problems(401, 403, 404, 409, 422))
async def end_session(session_id: uuid.UUID, callers: SomeCallers, body: EndBody | None = None) -> SessionAnswer:
    """End it for both sides. A customer may rate it in the same breath."""
    told = body or EndBody()
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        ended = await service.end(db, acting, session_id, session_notes=told.session_notes)
        if told.rating is not None:
            await service.review(db, acting, session_id, rating=told.rating)
            ended = await queries.view(db, session_id)
    return SessionAnswer(session=_out(ended))


@router.post("/api/sessions/{session_id}/review", responses=problems(401, 403, 404, 409, 422))
async def review_session(session_id: uuid.UUID, body: ReviewBody, callers: SomeCallers) -> SessionAnswer:
    """Rate a completed session, once, as its customer."""
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        await service.review(db, acting, session_id, rating=body.rating, review=body.review)
        return SessionAnswer(session=_out(await queries.view(db, session_id)))


@router.patch("/api/sessions/{session_id}/notes", responses=problems(401, 403, 404, 409, 422))
async def write_notes(session_id: uuid.UUID, body: NotesBody, callers: SomeCallers) -> SessionAnswer:
    """Keep the mechanic's notes; sent whole, each time."""
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        await service.write_notes(db, acting, session_id, body.session_notes)
        return SessionAnswer(session=_out(await queries.view(db, session_id)))


def _out(view: SessionView) -> SessionOut:
    return SessionOut.model_validate(view)
