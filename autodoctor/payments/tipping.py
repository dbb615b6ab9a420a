"""From a paid tip to its mechanic, once, whoever comes first; and the money back when there is nobody to thank (P4, P5)."""

from __future__ import annotations

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.queries import CustomerProfile, customer_profile
from autodoctor.core import events
from autodoctor.core.errors import NotFound
from autodoctor.core.ids import parse_id
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.notifications.links import receipt_link
from autodoctor.notifications.service import send_mail
from autodoctor.payments import refunds
from autodoctor.payments.facts import TipPaid
from autodoctor.payments.models import Payment, PaymentPurpose
from autodoctor.payments.receiving import receive
from autodoctor.payments.refusals import NotOurCheckout
from autodoctor.plans.catalog import CURRENCY
from autodoctor.sessions import queries as sessions
from autodoctor.sessions import status as session_status
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus

log = structlog.get_logger(__name__)

KIND = "tip"
"""What the metadata of such a checkout says that it is."""


async def tip_paid(db: AsyncSession, checkout: CheckoutSession) -> None:
    """All of it is the mechanic's. For a session that has none, or wasn't completed, it goes back at once, and a mail says so.

    Raises NotOurCheckout for one that this installation didn't sell, IntegrityError when somebody has just fulfilled it.
    """
    session, customer = await _given_by(db, checkout)
    payment = await receive(
        db,
        checkout,
        PaymentPurpose.tip,
        session_id=session.id,
        customer_id=customer.id,
        amount_cents=checkout.amount_total or 0,
        currency=checkout.currency or CURRENCY,
    )
    if is_thankable(session):
        await events.record(db, TipPaid(session.id, payment.id))
        more = {"mechanic_name": session.mechanic_name or "your mechanic", "receipt_link": receipt_link(session.id)}
        await _mail(db, "tip_receipt", payment, customer, **more)
    else:
        await refunds.request_refund(db, payment, key=f"refund:{payment.id}:tip", reason="there was nobody to thank")
        await _mail(db, "tip_refunded", payment, customer)
    log.info("tip paid", checkout_id=checkout.id, session_id=str(session.id))


def is_thankable(session: SessionView) -> bool:
    """Whether there is somebody to thank."""
    return session.status is SessionStatus.completed and session.mechanic_id is not None


async def _given_by(db: AsyncSession, checkout: CheckoutSession) -> tuple[SessionView, CustomerProfile]:
    """The session, whose row is held from here on, and who thanks."""
    session_id, customer_id = parse_id(checkout.metadata.get("session")), parse_id(checkout.metadata.get("user"))
    if session_id is None or customer_id is None:
        raise NotOurCheckout
    try:
        await session_status.locked(db, session_id)
        return await sessions.view(db, session_id), await customer_profile(db, customer_id)
    except NotFound as error:
        raise NotOurCheckout from error


async def _mail(db: AsyncSession, template: str, payment: Payment, customer: CustomerProfile, **more: str) -> None:
    await send_mail(
        db,
        template=template,
        to=customer.email,
        key=f"{template}:{payment.id}",
        name=customer.full_name,
        amount_cents=payment.amount_cents,
        link=f"{get_settings().app_url}/customer/sessions/{payment.session_id}",
        **more,
    )
