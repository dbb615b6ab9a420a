"""What a comparison with Stripe finds missing here, written down by the very functions that the events would have called (P3, P7)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import parse_id
from autodoctor.integrations.stripe.objects import BalanceTransaction, StripeTransfer
from autodoctor.payments import disputes, ledger, ledger_queries, refunding
from autodoctor.payments.heal import heal_missed
from autodoctor.payouts import effects, sending
from autodoctor.payouts.at_stripe import AtStripe
from autodoctor.payouts.books import Books

log = structlog.get_logger(__name__)

_DISPUTES = ("dp_", "du_")
_BANK = {"payout", "payout_cancel", "payout_failure"}
_FOLLOWED = {"charge", "payment", "refund", "payment_refund", "refund_failure", "payment_failure_refund", "transfer", "transfer_refund"}
"""Types of balance transactions whose amount is booked with the object that they are about; of these only Stripe's fee is booked here."""


async def mend(told: AtStripe, books: Books) -> int:
    """Write down what we haven't heard of. Answers how many things that were; each has a transaction of its own, and one that fails
    doesn't hold up the others.
    """
    mended = await heal_missed(told.checkouts)
    mended += await _refunds(told, books)
    for dispute in told.disputes:
        if not books.knows(dispute):
            mended += await _try(disputes.note, dispute)
    for transfer in told.transfers:
        if books.is_news(transfer):
            mended += await _try(_note_transfer, transfer)
    return mended + await _movements(told)


async def _refunds(told: AtStripe, books: Books) -> int:
    mended = 0
    for refund in told.refunds:
        if refund.status in {"failed", "canceled"} and refund.id not in books.failed_refunds:
            mended += await _try(refunding.note_failure, refund)
    for charge in told.charges:
        ours = books.payments.get(charge.payment_intent or "")
        if ours is not None and charge.amount_refunded > ours.refunded_cents:
            mended += await _try(_confirm, charge.payment_intent, charge.amount_refunded)
    return mended


async def _confirm(db: AsyncSession, payment_intent: str, refunded_cents: int) -> None:
    await refunding.confirm(db, payment_intent, refunded_cents=refunded_cents)


async def _note_transfer(db: AsyncSession, transfer: StripeTransfer) -> None:
    """A transfer whose answer never reached us has gone out; what of it came back since is written down as well."""
    payout_id = parse_id(transfer.metadata.get("payout"))
    if payout_id is not None:
        await sending.note_sent(db, payout_id, transfer)
    await effects.note_transfer(db, transfer)


async def _movements(told: AtStripe) -> int:
    async with unit_of_work() as db:
        known = await ledger_queries.booked(db, [reference for each in told.movements for reference in _references(each)])
    news = [each for each in told.movements if not known >= _references(each)]
    return sum([await _try(_book, each) for each in news])


def _references(movement: BalanceTransaction) -> set[str]:
    """What a movement of our balance is booked as, apart from what is booked with the object that it is about."""
    wanted = set[str]()
    if _cost_of(movement):
        wanted.add(f"cost:{movement.id}")
    if movement.type in _BANK:
        wanted.add(f"bank:{movement.id}")
    return wanted


def _cost_of(movement: BalanceTransaction) -> int:
    """Cents that Stripe kept: the fee, and all of what is neither followed elsewhere, nor brought to the bank, nor a dispute's."""
    is_own = movement.type not in _FOLLOWED | _BANK and not (
        movement.type == "adjustment" and (movement.source or "").startswith(_DISPUTES)
    )
    return movement.fee - (movement.amount if is_own else 0)


async def _book(db: AsyncSession, movement: BalanceTransaction) -> None:
    await ledger.post_cost(
        db, reference=f"cost:{movement.id}", amount_cents=_cost_of(movement), currency=movement.currency, memo=movement.type
    )
    if movement.type in _BANK:
        await ledger.post_bank(db, reference=f"bank:{movement.id}", amount_cents=-movement.amount, currency=movement.currency)


async def _try(use_case: Callable[..., Awaitable[object]], *arguments: object) -> int:
    """1 when it was done, 0 when it failed, or found that it isn't about anything of ours."""
    try:
        async with unit_of_work() as db:
            done = await use_case(db, *arguments)
    except Exception:
        log.exception("what a comparison found can't be written down", about=repr(arguments)[:300])
        return 0
    return done is not False
