"""What other services tell us."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Header, Request

from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel
from autodoctor.payments import inbox

router = APIRouter(tags=["webhooks"])


class Received(ApiModel):
    received: bool = True


@router.post(
    "/api/stripe/webhook",
    responses=problems(400, 413, 422),
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}},
)
async def stripe_webhook(
    request: Request, afterwards: BackgroundTasks, stripe_signature: Annotated[str | None, Header(max_length=4000)] = None
) -> Received:
    """An event from Stripe, signed over its raw body: kept, acknowledged, and acted on right after that. The same event again is
    acknowledged and changes nothing.
    """
    event_id = await inbox.store(await request.body(), stripe_signature)
    afterwards.add_task(inbox.process, event_id)
    return Received()
