"""The way to the payment page of a tip: a customer's thanks to the mechanic of a completed session (P5).

As many as somebody likes. Nothing is written down before it is paid.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.core import clock
from autodoctor.core.db import reading
from autodoctor.core.errors import FieldError, Forbidden, InvalidTransition, ValidationFailed
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import NewCheckout
from autodoctor.payments.checkout import key_of, open_until, page_of, success_url
from autodoctor.payments.models import Payment, PaymentPurpose
from autodoctor.payments.tipping import KIND, is_thankable
from autodoctor.plans.catalog import CURRENCY
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import SessionView
from autodoctor.words import _

LEAST_CENTS, MOST_CENTS = 100, 20_000


async def begin(caller: Caller, session_id: uuid.UUID, amount_cents: int) -> str:
    """Where a tip is paid. Two calls for the same amount in the same minute lead to one page: a double click thanks once.

    Raises NotFound for a stranger's session, Forbidden for the mechanic, InvalidTransition for a session that wasn't completed,
    ValidationFailed, ProviderUnavailable. No transaction is open while Stripe is called.
    """
    async with reading() as db:
        session = await _require_thankable(db, caller, session_id)
        tipped_before = await _count_tips(db, session_id)
    if not LEAST_CENTS <= amount_cents <= MOST_CENTS:
        raise ValidationFailed(FieldError("amountCents", _("A tip is at least $1.00 and at most $200.00.")))
    new = _checkout_of(caller, session, amount_cents)
    return page_of(await stripe.create_checkout(new, key=key_of(new, tipped_before)))


async def _require_thankable(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> SessionView:
    if (await sessions.party(db, [caller], session_id)).role is not ParticipantRole.customer:
        raise Forbidden(_("The customer gives the tip."))
    require_customer(caller)
    session = await sessions.view(db, session_id)
    if not is_thankable(session):
        raise InvalidTransition(_("You can thank your mechanic once your session is complete."))
    return session


async def _count_tips(db: AsyncSession, session_id: uuid.UUID) -> int:
    tips = sa.select(sa.func.count()).where(col(Payment.session_id) == session_id, col(Payment.purpose) == PaymentPurpose.tip)
    return await db.scalar(tips) or 0


def _checkout_of(caller: Caller, session: SessionView, amount_cents: int) -> NewCheckout:
    """A present: no codes, no tax."""
    return NewCheckout(
        name=f"A tip for {session.mechanic_name or 'your mechanic'}",
        amount_cents=amount_cents,
        currency=CURRENCY,
        price_id=None,
        customer_email=caller.email,
        reference=str(caller.user_id),
        metadata={"kind": KIND, "user": str(caller.user_id), "session": str(session.id)},
        success_url=success_url(),
        cancel_url=f"{get_settings().app_url}/session/complete?sessionId={session.id}",
        expires_at=open_until(clock.now()),
    )
