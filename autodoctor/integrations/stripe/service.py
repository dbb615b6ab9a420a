"""Stripe, the only module that knows its SDK: checkouts, refunds, and the proof that an event is Stripe's own.

Without a Stripe key the same calls go to the sandbox (P8): only the address differs.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import stripe
import structlog
from stripe.params.checkout import SessionCreateParams, SessionCreateParamsLineItem

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe.objects import (
    BadSignature,
    CheckoutSession,
    NewCheckout,
    NoSuchCheckout,
    NothingToRefund,
    StripeRefund,
    StripeUnavailable,
    VerifiedEvent,
    read_checkout,
)

log = structlog.get_logger(__name__)

PATIENCE_S = 10
RETRIES = 1
TOLERANCE_S = 300
SANDBOX_KEY = "sk_test_sandbox"
"""The sandbox takes any key; there is none when it stands in."""

_PER_PAGE = 100
_CHECKOUT_ID = re.compile(r"cs_[A-Za-z0-9_]{1,197}")


async def create_checkout(new: NewCheckout, *, key: str) -> CheckoutSession:
    """Open a checkout where one card payment can be made. The same `key` with the same content answers the same checkout."""
    async with _calling() as client:
        made = await client.v1.checkout.sessions.create_async(_checkout_params(new), {"idempotency_key": key})
    return read_checkout(made.to_dict())


async def retrieve_checkout(checkout_id: str) -> CheckoutSession:
    """A checkout as it stands now. Raises NoSuchCheckout, without asking for what can't be Stripe's."""
    if not _CHECKOUT_ID.fullmatch(checkout_id):
        raise NoSuchCheckout
    async with _calling() as client:
        found = await client.v1.checkout.sessions.retrieve_async(checkout_id)
    return read_checkout(found.to_dict())


async def list_paid_checkouts(since: datetime) -> list[CheckoutSession]:
    """The checkouts created since then that are paid, newest first."""
    async with _calling() as client:
        page = await client.v1.checkout.sessions.list_async(
            {"created": {"gte": int(since.timestamp())}, "status": "complete", "limit": _PER_PAGE}
        )
        found = [read_checkout(each.to_dict()) async for each in page.auto_paging_iter()]
    return [checkout for checkout in found if checkout.is_paid]


async def expire_checkout(checkout_id: str) -> None:
    """Let nobody pay there any more. One that is paid or closed already stays as it is. Raises NoSuchCheckout."""
    async with _calling() as client:
        found = await client.v1.checkout.sessions.retrieve_async(checkout_id)
        if found.status == "open":
            await client.v1.checkout.sessions.expire_async(checkout_id)


async def create_refund(payment_intent: str, amount_cents: int, *, key: str, metadata: dict[str, str]) -> StripeRefund:
    """Give back this much of a payment, once per `key`. Raises NothingToRefund when all of it went back before."""
    async with _calling() as client:
        made = await client.v1.refunds.create_async(
            {"payment_intent": payment_intent, "amount": amount_cents, "metadata": metadata}, {"idempotency_key": key}
        )
    return StripeRefund(id=made.id, amount=made.amount, status=made.status or "pending")


def verify_event(body: bytes, signature: str | None) -> VerifiedEvent:
    """The event in a webhook's raw body. Raises BadSignature for one that isn't signed with our secret, or not of late."""
    try:
        text = body.decode()
        stripe.WebhookSignature.verify_header(text, signature, get_settings().stripe_webhook_secret)
        _require_recent(signature or "")
        return _read_event(json.loads(text))
    except (stripe.SignatureVerificationError, ValueError, LookupError, TypeError) as error:
        raise BadSignature from error


def _checkout_params(new: NewCheckout) -> SessionCreateParams:
    return {
        "mode": "payment",
        "line_items": [_line_item(new)],
        "metadata": dict(new.metadata),
        "payment_intent_data": {"metadata": dict(new.metadata)},
        "client_reference_id": new.reference,
        "customer_email": new.customer_email,
        "expires_at": int(new.expires_at.timestamp()),
        "success_url": new.success_url,
        "cancel_url": new.cancel_url,
    }


def _line_item(new: NewCheckout) -> SessionCreateParamsLineItem:
    if new.price_id:
        return {"quantity": 1, "price": new.price_id}
    price = {"currency": new.currency, "unit_amount": new.amount_cents, "product_data": {"name": new.name}}
    return {"quantity": 1, "price_data": price}  # pyright: ignore[reportReturnType]


@asynccontextmanager
async def _calling() -> AsyncIterator[stripe.StripeClient]:
    """A client for one use, so that no connection outlives the loop that opened it. Stripe's errors become ours."""
    http = stripe.HTTPXClient(timeout=PATIENCE_S, verify_ssl_certs=_is_encrypted())
    try:
        yield _client(http)
    except stripe.StripeError as error:
        raise _translated(error) from error
    finally:
        await http.close_async()


def _client(http: stripe.HTTPXClient) -> stripe.StripeClient:
    settings = get_settings()
    base = {"api": settings.stripe_api_base} if settings.stripe_api_base else None
    key = settings.stripe_secret_key or SANDBOX_KEY
    return stripe.StripeClient(key, http_client=http, base_addresses=base, max_network_retries=RETRIES)  # pyright: ignore[reportArgumentType]


def _is_encrypted() -> bool:
    """The sandbox and Stripe's mock server may be spoken to in the clear: then no certificates are read."""
    return not get_settings().stripe_api_base.startswith("http://")


def _translated(error: stripe.StripeError) -> Exception:
    if error.code == "resource_missing":
        return NoSuchCheckout()
    if error.code == "charge_already_refunded":
        return NothingToRefund()
    if isinstance(error, stripe.APIConnectionError):
        log.warning("stripe doesn't answer")
    else:
        log.error("stripe refused", kind=type(error).__name__, code=error.code, words=error.user_message)
    return StripeUnavailable()


def _require_recent(signature: str) -> None:
    """Measured by our own clock. Raises ValueError."""
    (signed_at,) = (int(part[2:]) for part in signature.split(",") if part.startswith("t="))
    if signed_at < clock.now().timestamp() - TOLERANCE_S:
        raise ValueError("signed too long ago")


def _read_event(event: dict[str, Any]) -> VerifiedEvent:
    return VerifiedEvent(id=str(event["id"]), type=str(event["type"]), object=event["data"]["object"])
