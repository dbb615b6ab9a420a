"""Checkouts: Stripe's pages where one payment can be made."""

from __future__ import annotations

import re
from datetime import datetime

from stripe.params.checkout import SessionCreateParams, SessionCreateParamsLineItem, SessionCreateParamsLineItemPriceData

from autodoctor.integrations.stripe.calling import PER_PAGE, calling, read_all, timestamp
from autodoctor.integrations.stripe.errors import CheckoutNotOpened, NoSuchCheckout, StripeUnavailable
from autodoctor.integrations.stripe.objects import CheckoutSession, NewCheckout, read_checkout

_CHECKOUT_ID = re.compile(r"cs_[A-Za-z0-9_]{1,197}")


async def create_checkout(new: NewCheckout, *, key: str) -> CheckoutSession:
    """Open a checkout where one card payment can be made. The same `key` with the same content answers the same checkout.

    Raises CheckoutNotOpened when Stripe doesn't answer.
    """
    try:
        async with calling() as client:
            made = await client.v1.checkout.sessions.create_async(_params(new), {"idempotency_key": key})
    except StripeUnavailable as error:
        raise CheckoutNotOpened from error
    return read_checkout(made.to_dict())


async def retrieve_checkout(checkout_id: str) -> CheckoutSession:
    """A checkout as it stands now. Raises NoSuchCheckout, without asking for what can't be Stripe's."""
    if not _CHECKOUT_ID.fullmatch(checkout_id):
        raise NoSuchCheckout
    async with calling(missing=NoSuchCheckout) as client:
        found = await client.v1.checkout.sessions.retrieve_async(checkout_id)
    return read_checkout(found.to_dict())


async def list_paid_checkouts(since: datetime) -> list[CheckoutSession]:
    """The checkouts created since then that are paid, newest first."""
    async with calling() as client:
        page = await client.v1.checkout.sessions.list_async({"created": {"gte": timestamp(since)}, "status": "complete", "limit": PER_PAGE})
        found = await read_all(page, read_checkout)
    return [checkout for checkout in found if checkout.is_paid]


async def expire_checkout(checkout_id: str) -> None:
    """Let nobody pay there any more. One that is paid or closed already stays as it is. Raises NoSuchCheckout."""
    async with calling(missing=NoSuchCheckout) as client:
        found = await client.v1.checkout.sessions.retrieve_async(checkout_id)
        if found.status == "open":
            await client.v1.checkout.sessions.expire_async(checkout_id)


def _params(new: NewCheckout) -> SessionCreateParams:
    params: SessionCreateParams = {
        "mode": "payment",
        "line_items": [_line_item(new)],
        "metadata": dict(new.metadata),
        "payment_intent_data": {"metadata": dict(new.metadata)},
        "client_reference_id": new.reference,
        "customer_email": new.customer_email,
        "expires_at": timestamp(new.expires_at),
        "success_url": new.success_url,
        "cancel_url": new.cancel_url,
    }
    if new.allow_promotion_codes:
        params["allow_promotion_codes"] = True
    if new.automatic_tax:
        params["automatic_tax"] = {"enabled": True}
    return params


def _line_item(new: NewCheckout) -> SessionCreateParamsLineItem:
    """What kind of thing it is for the tax office is the account's preset in Stripe's dashboard, once for all we sell."""
    if new.price_id:
        return {"quantity": 1, "price": new.price_id}
    price: SessionCreateParamsLineItemPriceData = {
        "currency": new.currency,
        "unit_amount": new.amount_cents,
        "product_data": {"name": new.name},
    }
    if new.automatic_tax:
        price["tax_behavior"] = "exclusive"
    return {"quantity": 1, "price_data": price}
