"""The money of a paid checkout, written down once: the payment, and the ledger that says so."""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import events
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.payments import ledger
from autodoctor.payments.facts import PaymentSettled
from autodoctor.payments.models import Payment, PaymentPurpose


async def receive(
    db: AsyncSession,
    checkout: CheckoutSession,
    purpose: PaymentPurpose,
    *,
    session_id: uuid.UUID,
    customer_id: uuid.UUID,
    amount_cents: int,
    currency: str,
) -> Payment:
    """The money that came in for a session. A second time for the same checkout is refused by its unique key (IntegrityError)."""
    payment = Payment(
        purpose=purpose,
        session_id=session_id,
        customer_id=customer_id,
        stripe_session_id=checkout.id,
        payment_intent_id=checkout.payment_intent,
        amount_cents=amount_cents,
        tax_cents=checkout.tax_cents,
        discount_cents=checkout.discount_cents,
        currency=currency,
    )
    db.add(payment)
    await db.flush()
    await ledger.post_charge(
        db,
        reference=f"charge:{checkout.id}",
        amount_cents=amount_cents,
        tax_cents=checkout.tax_cents,
        currency=currency,
        session_id=session_id,
    )
    await events.record(db, PaymentSettled(session_id, payment.id))
    return payment
