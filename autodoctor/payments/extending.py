"""From a paid extension to ten more minutes, once, whoever comes first; and the money back when they come too late (M4, P4)."""

from __future__ import annotations

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.queries import CustomerProfile, customer_profile
from autodoctor.chat import service as chat
from autodoctor.chat.notice_words import MINUTES_ADDED
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.ids import parse_id
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.notifications.links import receipt_link
from autodoctor.notifications.service import send_mail
from autodoctor.payments import refunds
from autodoctor.payments.models import Extension, ExtensionStatus, Payment, PaymentPurpose
from autodoctor.payments.receiving import receive
from autodoctor.payments.refusals import NotOurCheckout
from autodoctor.plans.catalog import CURRENCY
from autodoctor.sessions import service as sessions
from autodoctor.sessions import status as session_status

log = structlog.get_logger(__name__)

KIND = "extension"
"""What the metadata of such a checkout says that it is."""


async def extend_paid(db: AsyncSession, checkout: CheckoutSession) -> None:
    """A paid extension counts as long as its session isn't over; else what was paid goes back at once, and a mail says so.

    Raises NotOurCheckout for one that this installation didn't sell, IntegrityError when somebody has just fulfilled it.
    """
    extension_id = parse_id(checkout.metadata.get("extension"))
    sold = extension_id and await db.get(Extension, extension_id)
    if not sold:
        raise NotOurCheckout
    await session_status.locked(db, sold.session_id)
    await db.refresh(sold)
    amount_cents = sold.amount_cents if checkout.amount_total is None else checkout.amount_total
    payment = await receive(
        db,
        checkout,
        PaymentPurpose.extension,
        session_id=sold.session_id,
        customer_id=sold.customer_id,
        amount_cents=amount_cents,
        currency=checkout.currency or CURRENCY,
    )
    customer = await customer_profile(db, sold.customer_id)
    sold.checkout_id = checkout.id
    if await _extend(db, sold, amount_cents):
        sold.status = ExtensionStatus.paid
        await _tell(db, sold, customer, payment)
    else:
        sold.status = ExtensionStatus.refunded
        await refunds.request_refund(db, payment, key=f"refund:{payment.id}:late", reason="the session was over when it was paid")
        await _mail(db, "extension_refunded", sold, customer, amount_cents)
    await db.flush()
    log.info("extension paid", checkout_id=checkout.id, session_id=str(sold.session_id), status=sold.status)


async def _extend(db: AsyncSession, sold: Extension, amount_cents: int) -> bool:
    try:
        await sessions.extend(db, sold.session_id, minutes=sold.minutes, cents=amount_cents, actor_id=sold.customer_id)
    except InvalidTransition:
        return False
    return True


async def _tell(db: AsyncSession, sold: Extension, customer: CustomerProfile, paid: Payment) -> None:
    """Both sides, in the conversation; the customer, by their receipt."""
    words = MINUTES_ADDED.format(minutes=sold.minutes)
    await chat.announce(db, sold.session_id, actor_id=sold.customer_id, text=words, key=f"extension:{sold.id}")
    sums = {"discount_cents": paid.discount_cents, "tax_cents": paid.tax_cents, "receipt_link": receipt_link(sold.session_id)}
    await _mail(db, "extension_receipt", sold, customer, paid.amount_cents, **sums)


async def _mail(db: AsyncSession, template: str, sold: Extension, customer: CustomerProfile, amount_cents: int, **more: object) -> None:
    link = f"{get_settings().app_url}/customer/sessions/{sold.session_id}"
    await send_mail(
        db,
        template=template,
        to=customer.email,
        key=f"{template}:{sold.id}",
        name=customer.full_name,
        minutes=sold.minutes,
        amount_cents=amount_cents,
        link=link,
        **more,
    )
