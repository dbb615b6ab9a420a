"""What our own tables say about the objects of a comparison with Stripe (P7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core.ids import parse_id
from autodoctor.integrations.stripe.objects import StripeDispute, StripeTransfer
from autodoctor.payments import ledger_queries
from autodoctor.payments.disputes import DECIDED, status_of
from autodoctor.payments.ledger import Account, Movement
from autodoctor.payments.ledger_models import LedgerEntry, LedgerTransaction
from autodoctor.payments.models import Dispute, Payment, Refund, RefundStatus
from autodoctor.payouts.at_stripe import AtStripe
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import PayoutStatus


@dataclass(frozen=True)
class Books:
    """Payments by payment intent, disputes and transfers by Stripe's ids, payouts that are being sent by their own; cents on `stripe`."""

    payments: Mapping[str, Payment]
    disputes: Mapping[str, Dispute]
    failed_refunds: frozenset[str]
    transfers: Mapping[str, Payout]
    sending: frozenset[str]
    reversed_cents: Mapping[str, int]
    balances: Mapping[str, int]

    def knows(self, dispute: StripeDispute) -> bool:
        """Whether we have a dispute as it stands, or it is about nothing of ours."""
        if (dispute.payment_intent or "") not in self.payments:
            return True
        ours = self.disputes.get(dispute.id)
        return ours is not None and (ours.status in DECIDED or ours.status is status_of(dispute))

    def is_news(self, transfer: StripeTransfer) -> bool:
        """Whether a transfer, or what of it came back, isn't written down here yet."""
        if (payout := self.transfers.get(transfer.id)) is not None:
            return transfer.amount_reversed > payout.reversed_cents
        return str(parse_id(transfer.metadata.get("payout"))) in self.sending


async def read(db: AsyncSession, told: AtStripe, since: datetime) -> Books:
    """Of what Stripe tells, and of what we did since then that it doesn't."""
    intents = [charge.payment_intent for charge in told.charges]
    payments = await _all(db, Payment, sa.or_(col(Payment.payment_intent_id).in_(intents), col(Payment.created_at) >= since))
    disputes = await _all(db, Dispute, col(Dispute.stripe_dispute_id).in_([each.id for each in told.disputes]))
    failed = sa.select(col(Refund.stripe_refund_id)).where(col(Refund.status) == RefundStatus.failed)
    sent = await _all(db, Payout, sa.or_(col(Payout.transfer_id).in_([each.id for each in told.transfers]), col(Payout.sent_at) >= since))
    sending = sa.select(col(Payout.id)).where(col(Payout.status) == PayoutStatus.sending)
    balances = await ledger_queries.balances(db)
    return Books(
        payments={each.payment_intent_id: each for each in payments if each.payment_intent_id},
        disputes={each.stripe_dispute_id: each for each in disputes},
        failed_refunds=frozenset(each for each in await db.scalars(failed) if each),
        transfers={each.transfer_id: each for each in sent if each.transfer_id},
        sending=frozenset(str(each) for each in await db.scalars(sending)),
        reversed_cents=await _reversed(db, sent),
        balances={currency: cents for (account, currency), cents in balances.items() if account is Account.stripe},
    )


async def _reversed(db: AsyncSession, sent: list[Payout]) -> dict[str, int]:
    """What the ledger says came back of each of these transfers, in cents.

    A session has a transfer for its share and one for each tip: the reference of a reversal names the payout, or, of one that was made
    at Stripe's dashboard, the transfer.
    """
    transfers = {name: each.transfer_id for each in sent if each.transfer_id for name in (str(each.id), each.transfer_id)}
    query = (
        sa.select(col(LedgerTransaction.reference), col(LedgerEntry.amount_cents))
        .join(LedgerEntry, col(LedgerEntry.transaction_id) == col(LedgerTransaction.id))
        .where(col(LedgerTransaction.session_id).in_({each.session_id for each in sent}))
        .where(col(LedgerTransaction.kind) == Movement.reversal, col(LedgerEntry.account) == Account.stripe)
    )
    found = Counter[str]()
    for reference, cents in (await db.execute(query)).tuples():
        if transfer_id := transfers.get(reference.split(":")[1]):
            found[transfer_id] += cents
    return found


async def _all(db: AsyncSession, table: type[Any], which: Any) -> list[Any]:
    return list((await db.scalars(sa.select(table).where(which))).all())
