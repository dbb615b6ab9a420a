"""Checkouts whose webhook never came: fulfilled by asking Stripe (P3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import ProviderUnavailable
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.payments.fulfilment import Fulfilled, fulfil_checkout
from autodoctor.payments.models import Payment
from autodoctor.payments.refusals import NotOurCheckout

log = structlog.get_logger(__name__)

LOOK_BACK = timedelta(hours=24)
"""How far back a missed checkout is looked for. It can be paid for half an hour; Stripe repeats its event for three days."""


async def fulfil_one(checkout_id: str) -> Fulfilled:
    """Make the session of a paid checkout, or answer the one it has. Raises NoSuchCheckout, NotPaid, ProviderUnavailable."""
    checkout = await stripe.retrieve_checkout(checkout_id)
    async with unit_of_work() as db:
        return await fulfil_checkout(db, checkout)


async def fulfil_missed() -> int:
    """Fulfil the recent paid checkouts that have no session, each in a transaction of its own. Answers how many.

    Quiet when the provider doesn't answer: the next round asks again.
    """
    try:
        paid = await stripe.list_paid_checkouts(clock.now() - LOOK_BACK)
    except ProviderUnavailable:
        return 0
    return await heal_missed(paid)


async def heal_missed(paid: Sequence[CheckoutSession]) -> int:
    """Fulfil those of these paid checkouts that have no session. Answers how many."""
    async with reading() as db:
        missed = await _without_payment(db, paid)
    return sum([await _heal(checkout) for checkout in missed])


async def _without_payment(db: AsyncSession, paid: Sequence[CheckoutSession]) -> list[CheckoutSession]:
    ids = [checkout.id for checkout in paid]
    known = set(await db.scalars(sa.select(col(Payment.stripe_session_id)).where(col(Payment.stripe_session_id).in_(ids))))
    return [checkout for checkout in paid if checkout.id not in known]


async def _heal(checkout: CheckoutSession) -> bool:
    """One that can't be fulfilled is logged and doesn't hold up the others."""
    try:
        async with unit_of_work() as db:
            await fulfil_checkout(db, checkout)
    except NotOurCheckout:
        return False
    except Exception:
        log.exception("a paid checkout can't be fulfilled", checkout_id=checkout.id)
        return False
    log.warning("a missed checkout is fulfilled", checkout_id=checkout.id)
    return True
