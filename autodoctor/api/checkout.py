"""To the payment page, and back from it (P1, P3).

Browsers are led on by 303, wherever they must go; programs that accept JSON are answered in JSON.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Role
from autodoctor.api.callers import Callers, SomeCallers
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, OptionalId, Success, Text
from autodoctor.core.errors import Refusal
from autodoctor.payments import checkout
from autodoctor.payments.checkout import Checkout
from autodoctor.payments.fulfilment import Fulfilled

router = APIRouter(tags=["checkout"])

_LEADS_TO: dict[str, str] = {
    "email_unverified": "/customer/verify",
    "consultation_open": "/customer/dashboard",
}
"""Where a browser goes on a refusal that another page puts right. Any other leads back to the plans, which say why."""

PlanQuery = Annotated[Text, Query(max_length=20, examples=["chat10"])]
IntakeQuery = Annotated[OptionalId, Query(description="a description that was sent before paying")]
CheckoutIdQuery = Annotated[Text, Query(min_length=1, max_length=200, description="Stripe's id of the checkout, cs_…")]


class CheckoutOut(ApiModel):
    url: str = Field(description="the page where one pays")
    id: str


class Resolve(ApiModel):
    stripe_session_id: Text = Field(min_length=1, max_length=200, alias="stripe_session_id")


class Resolved(Success):
    session_id: uuid.UUID
    request_id: uuid.UUID | None = Field(description="null for one that is booked for its time, and for a payment that is refunded at once")
    scheduled_for: datetime | None = Field(description="when a booked session starts; null for every other")
    added_minutes: int | None = Field(description="of an extension; 0 when it was paid too late and goes back; null for every other")
    room_path: str | None = Field(description="where an extension counts; null for every other")
    tip_cents: int | None = Field(description="of a tip; 0 when it goes back; null for every other")


_LED_ON = {303: {"description": "To the payment page; a browser that can't go there is led to the page where it can go on"}}


@router.get("/api/checkout", status_code=303, response_class=Response, responses={**_LED_ON, **problems(401, 403, 404, 409, 422, 503)})
async def go_to_checkout(request: Request, callers: Callers, plan: PlanQuery = "", intake_id: IntakeQuery = None) -> Response:
    """Open a checkout for a plan and go there."""
    try:
        return _see_other((await _begin(callers, plan, intake_id)).url)
    except Refusal as refusal:
        return _way_on(request, refusal)


@router.get("/api/checkout/create-session", response_model=CheckoutOut, responses={**_LED_ON, **problems(401, 403, 404, 409, 422, 503)})
async def create_session(request: Request, callers: Callers, plan: PlanQuery = "", intake_id: IntakeQuery = None) -> CheckoutOut | Response:
    """Open a checkout for a plan: 303 to its page, or, with `Accept: application/json`, where that page is."""
    try:
        opened = await _begin(callers, plan, intake_id)
    except Refusal as refusal:
        return _way_on(request, refusal)
    return CheckoutOut(url=opened.url, id=opened.id) if _wants_json(request) else _see_other(opened.url)


@router.get("/api/checkout/resolve", responses=problems(401, 403, 404, 409, 422, 503))
async def resolve_returning(callers: SomeCallers, session_id: CheckoutIdQuery) -> Resolved:
    """The session and the request of a paid checkout. Makes them when the event that tells of it isn't here yet."""
    return _answer(await checkout.resolve(callers, session_id))


@router.post("/api/checkout/resolve", responses=problems(401, 403, 404, 409, 422, 503))
async def resolve(body: Resolve, callers: SomeCallers) -> Resolved:
    """As by GET."""
    return _answer(await checkout.resolve(callers, body.stripe_session_id))


async def _begin(callers: tuple[Caller, ...], plan: str, intake_id: uuid.UUID | None) -> Checkout:
    customer = next((caller for caller in callers if caller.role is Role.customer), callers[0] if callers else None)
    return await checkout.begin(customer, plan, intake_id)


def _answer(done: Fulfilled) -> Resolved:
    more = done.extension
    return Resolved(
        session_id=done.session_id,
        request_id=done.request_id,
        scheduled_for=done.scheduled_for,
        added_minutes=more.added_minutes if more else None,
        room_path=f"/{more.session_type}/{done.session_id}" if more else None,
        tip_cents=done.tip_cents,
    )


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _is_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _way_on(request: Request, refusal: Refusal) -> Response:
    """A browser is led to where it can go on; a program gets the refusal itself."""
    if _wants_json(request) or not (_is_browser(request) or refusal.code in _LEADS_TO):
        raise refusal
    if refusal.status == 401 or refusal.code == "forbidden":
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return _see_other(f"/login?next={quote(asked, safe='')}")
    return _see_other(_LEADS_TO.get(refusal.code) or f"/pricing?error={refusal.code}")


def _see_other(url: str) -> Response:
    return RedirectResponse(url, status_code=303)
