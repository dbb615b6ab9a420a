"""Records of money stay when an account is erased, and say of nobody any more whose they were; while money moves, nothing is erased."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountClosing, AccountErased
from autodoctor.accounts.refusals import AccountInUse
from autodoctor.core import clock, events
from autodoctor.payments.admin_queries import UNDECIDED
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Dispute, Extension, ExtensionStatus, Payment, Refund, RefundStatus
from autodoctor.words import _

_ON_ITS_WAY = (RefundStatus.requested, RefundStatus.waiting, RefundStatus.failed)


@events.subscribe(AccountClosing)
async def require_settled(db: AsyncSession, fact: AccountClosing) -> None:
    """Raises AccountInUse while a refund hasn't arrived, a bank hasn't decided, or an extension can still be paid for."""
    theirs = sa.select(col(Payment.id)).where(col(Payment.customer_id) == fact.user_id)
    refund = sa.exists().where(col(Refund.payment_id).in_(theirs), col(Refund.status).in_(_ON_ITS_WAY))
    if await db.scalar(sa.select(refund)):
        raise AccountInUse(_("Money is on its way back to you. Once it has arrived you can delete the account."))
    dispute = sa.exists().where(col(Dispute.payment_id).in_(theirs), col(Dispute.status).in_(UNDECIDED))
    if await db.scalar(sa.select(dispute)):
        raise AccountInUse(_("Your bank is looking into a payment. Once it has decided you can delete the account."))
    on_sale = sa.exists().where(col(Extension.customer_id) == fact.user_id, col(Extension.status) == ExtensionStatus.open)
    if await db.scalar(sa.select(on_sale)):
        raise AccountInUse(_("A payment page for more time is still open. Leave it first, or wait half an hour."))


@events.subscribe(AccountErased)
async def erase_from_events(db: AsyncSession, fact: AccountErased) -> None:
    """What Stripe told of their checkouts and payments, with their address in it, is emptied once it was acted on."""
    payments = await db.execute(
        sa.select(col(Payment.stripe_session_id), col(Payment.payment_intent_id)).where(col(Payment.customer_id) == fact.user_id)
    )
    ids = {each for row in payments.tuples() for each in row if each}
    told = col(StripeEvent.object)
    about = sa.or_(told["id"].as_string().in_(ids), told["payment_intent"].as_string().in_(ids))
    done = (col(StripeEvent.status) == EventStatus.processed, col(StripeEvent.cleared_at).is_(None))
    if ids:
        await db.execute(sa.update(StripeEvent).where(about, *done).values(object={}, cleared_at=clock.now()))


__all__ = ["erase_from_events", "require_settled"]
