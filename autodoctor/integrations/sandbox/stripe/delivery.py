"""Bringing events to our own webhook, signed as Stripe signs them, again and again until they are acknowledged."""

from __future__ import annotations

import asyncio
import hashlib
import hmac

import httpx
import structlog

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import service
from autodoctor.integrations.sandbox.stripe.store import Delivery, transaction

log = structlog.get_logger(__name__)

PATIENCE_S = 5
LOOK_EVERY_S = 1


async def run_deliveries() -> None:
    """Expire what is overdue and deliver what waits, until cancelled (a lifespan task; also picks up after a restart).

    Where Stripe itself is configured there is nothing to do.
    """
    while get_settings().uses_stripe_sandbox:
        try:
            async with transaction() as state:
                await service.expire_overdue(state)
            await deliver_due()
        except Exception:
            log.exception("the sandbox can't deliver its events")
        await asyncio.sleep(LOOK_EVERY_S)


async def deliver_due() -> None:
    """Deliver every event that is due, the oldest first. One that isn't acknowledged is tried again later."""
    while delivery := await _take():
        if await _is_acknowledged(delivery):
            async with transaction() as state:
                await state.acknowledge(delivery.event_id)


async def _take() -> Delivery | None:
    async with transaction() as state:
        return await state.take_due()


async def _is_acknowledged(delivery: Delivery) -> bool:
    url = f"{get_settings().app_url}/api/stripe/webhook"
    headers = {"Content-Type": "application/json", "Stripe-Signature": sign(delivery.body)}
    try:
        async with httpx.AsyncClient(timeout=PATIENCE_S, verify=url.startswith("https://")) as client:
            answer = await client.post(url, content=delivery.body, headers=headers)
    except httpx.HTTPError as error:
        log.warning("the webhook doesn't answer", event_id=delivery.event_id, error=repr(error))
        return False
    if not answer.is_success:
        log.warning("the webhook didn't acknowledge", event_id=delivery.event_id, status=answer.status_code)
    return answer.is_success


def sign(body: str) -> str:
    """The header `Stripe-Signature` for a body, of this moment."""
    signed_at = int(clock.now().timestamp())
    mac = hmac.new(get_settings().stripe_webhook_secret.encode(), f"{signed_at}.{body}".encode(), hashlib.sha256)
    return f"t={signed_at},v1={mac.hexdigest()}"
