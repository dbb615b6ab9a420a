"""Disputes: a payer's bank takes a payment back until it has decided; won, we have it again; lost, the payer keeps it (P5, P7)."""

from __future__ import annotations

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.queries import customer_profile
from autodoctor.core import clock, events
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe.objects import StripeDispute
from autodoctor.notifications.service import send_mail
from autodoctor.payments import ledger, refunds, rules
from autodoctor.payments.facts import KeptChanged
from autodoctor.payments.models import Dispute, DisputeStatus, Payment, Refund, RefundStatus
from autodoctor.payments.refunding import hold

log = structlog.get_logger(__name__)

DECIDED = frozenset({DisputeStatus.won, DisputeStatus.lost})


async def note(db: AsyncSession, told: StripeDispute) -> bool:
    """Write down how a dispute stands at Stripe; what was decided stays decided, in whatever order we hear. False when we don't know the
    payment (yet).
    """
    payment = await hold(db, col(Payment.payment_intent_id) == told.payment_intent)
    if payment is None:
        return False
    known = await db.scalar(sa.select(Dispute).where(col(Dispute.stripe_dispute_id) == told.id).execution_options(populate_existing=True))
    before, to = known.status if known else None, status_of(told)
    if before in DECIDED or before is to:
        return True
    dispute = known or await _add(db, payment, told)
    dispute.status, dispute.due_by = to, told.due_by
    if to in DECIDED:
        dispute.closed_at = clock.now()
    await db.flush()
    await _book(db, payment, dispute, was_taken=before is DisputeStatus.open, takes=told.takes_money)
    await _release_refunds(db, payment, dispute)
    await events.record(db, KeptChanged(payment.session_id))
    await _tell(db, payment, dispute)
    log.warning("a payment is disputed", dispute_id=told.id, status=to, session_id=str(payment.session_id))
    return True


def status_of(told: StripeDispute) -> DisputeStatus:
    """Our word for how a dispute stands."""
    if told.is_lost:
        return DisputeStatus.lost
    if told.is_open:
        return DisputeStatus.open if told.takes_money else DisputeStatus.inquiry
    return DisputeStatus.won  # an inquiry that was closed has taken nothing either


async def _add(db: AsyncSession, payment: Payment, told: StripeDispute) -> Dispute:
    dispute = Dispute(payment_id=payment.id, stripe_dispute_id=told.id, amount_cents=told.amount, reason=told.reason)
    db.add(dispute)
    await db.flush()
    return dispute


async def _book(db: AsyncSession, payment: Payment, dispute: Dispute, *, was_taken: bool, takes: bool) -> None:
    """The money's way out, and where it is decided its way on. Heard only when decided, both are booked."""
    if not (takes or was_taken):
        return
    reference, cents, currency = dispute.stripe_dispute_id, dispute.amount_cents, payment.currency
    about = {"amount_cents": cents, "currency": currency, "session_id": payment.session_id}
    await ledger.post_dispute(db, reference=f"dispute:{reference}", **about)
    if dispute.status is DisputeStatus.won:
        await ledger.post_dispute_won(db, reference=f"dispute_won:{reference}", **about)
    if dispute.status is DisputeStatus.lost:
        tax_cents = rules.tax_in(cents, amount_cents=payment.amount_cents, tax_cents=payment.tax_cents)
        await ledger.post_dispute_lost(db, reference=f"dispute_lost:{reference}", tax_cents=tax_cents, **about)


async def _release_refunds(db: AsyncSession, payment: Payment, dispute: Dispute) -> None:
    """What waited for the bank: sent after a won dispute; void after a lost one, since the payer has the money already."""
    if dispute.status not in DECIDED:
        return
    waiting = sa.select(Refund).where(col(Refund.payment_id) == payment.id, col(Refund.status) == RefundStatus.waiting)
    for refund in (await db.scalars(waiting.order_by(col(Refund.created_at), col(Refund.id)))).all():
        if dispute.status is DisputeStatus.lost:
            refund.status, refund.settled_at = RefundStatus.void, clock.now()
        else:
            refund.status = RefundStatus.requested
            await refunds.send(db, refund, occasion=str(dispute.id))
    await db.flush()


async def _tell(db: AsyncSession, payment: Payment, dispute: Dispute) -> None:
    """Whoever keeps the books: evidence has a last day."""
    settings = get_settings()
    customer = await customer_profile(db, payment.customer_id)
    await send_mail(
        db,
        template=f"dispute_{dispute.status}",
        to=settings.contact_email,
        key=f"dispute_{dispute.status}:{dispute.id}",
        name="Auto Doctor",
        customer_name=customer.full_name,
        amount_cents=dispute.amount_cents,
        currency=payment.currency,
        reason=dispute.reason.replace("_", " "),
        due_by=dispute.due_by.isoformat() if dispute.due_by else None,
        link=f"{settings.app_url}/admin/sessions/{payment.session_id}",
    )
