"""All that Stripe says about a span of time, fetched for a comparison (P7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import (
    Balance,
    BalanceTransaction,
    CheckoutSession,
    StripeCharge,
    StripeDispute,
    StripeRefund,
    StripeTransfer,
)


@dataclass(frozen=True)
class AtStripe:
    """What was created since a moment, newest first, and the balance of now."""

    checkouts: Sequence[CheckoutSession]
    charges: Sequence[StripeCharge]
    refunds: Sequence[StripeRefund]
    transfers: Sequence[StripeTransfer]
    disputes: Sequence[StripeDispute]
    movements: Sequence[BalanceTransaction]
    balance: Balance

    @property
    def counts(self) -> dict[str, int]:
        return {
            "checkouts": len(self.checkouts),
            "charges": len(self.charges),
            "refunds": len(self.refunds),
            "transfers": len(self.transfers),
            "disputes": len(self.disputes),
            "movements": len(self.movements),
        }


async def fetch(since: datetime) -> AtStripe:
    """Raises ProviderUnavailable when not all of it can be had."""
    return AtStripe(
        checkouts=await stripe.list_paid_checkouts(since),
        charges=await stripe.list_charges(since),
        refunds=await stripe.list_refunds(since),
        transfers=await stripe.list_transfers(since),
        disputes=await stripe.list_disputes(since),
        movements=await stripe.list_balance_transactions(since),
        balance=await stripe.retrieve_balance(),
    )
