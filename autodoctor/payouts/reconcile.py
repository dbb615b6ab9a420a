"""Our books beside Stripe's: what is missing here is written down, what can't be is shown to administrators (P3, P7)."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, events
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import ProviderUnavailable
from autodoctor.core.ids import new_id
from autodoctor.payments.effects import is_sold_here
from autodoctor.payments.models import DisputeStatus
from autodoctor.payments.reconciliation_models import MoneyDifference, Reconciliation
from autodoctor.payouts import at_stripe, books, comparing, mending
from autodoctor.payouts.at_stripe import AtStripe
from autodoctor.payouts.books import Books
from autodoctor.payouts.comparing import Difference, Line
from autodoctor.payouts.facts import BooksCompared

log = structlog.get_logger(__name__)

LOOK_BACK = timedelta(days=3)
"""Stripe repeats an event for three days; a longer silence of ours is looked back over by `since`."""


PAUSE_S = 3
"""So long money may be on its way between two looks."""


async def _pause() -> None:
    await asyncio.sleep(PAUSE_S)


async def reconcile(look_back: timedelta = LOOK_BACK, *, pause: Callable[[], Awaitable[None]] = _pause) -> uuid.UUID:
    """Compare everything since `look_back`, and further where the last comparison, or a difference that is still open, is older.

    While money moves one side may be a moment ahead of the other: what is new is looked at once more after a `pause`.

    Answers the id of the `Reconciliation` that says what came of it. A Stripe that doesn't answer is its `error`, and the next one looks
    further back.
    """
    async with unit_of_work() as db:
        run = Reconciliation(since=await _since(db, look_back))
        db.add(run)
    try:
        values = await _compare(run, pause)
    except ProviderUnavailable as error:
        values = {"error": str(error)[:500]}
    async with unit_of_work() as db:
        done = sa.update(Reconciliation).where(col(Reconciliation.id) == run.id).values(finished_at=clock.now(), **values)
        await db.execute(done)
        await events.record(db, BooksCompared())
    log.info("books compared with stripe", **{name: value for name, value in values.items() if name != "checked"})
    return run.id


async def _compare(run: Reconciliation, pause: Callable[[], Awaitable[None]]) -> dict[str, Any]:
    told, found, mended = await _look(run.since)
    async with reading() as db:
        known = await _known(db)
    if any(each.key not in known for each in found):
        await pause()
        told, again, more = await _look(run.since)
        found, mended = comparing.lasting(found, again, known), mended + more
    async with unit_of_work() as db:
        await _note(db, found)
    return {"checked": told.counts, "mended": mended, "differences": len(found), "error": None}


async def _look(since: datetime) -> tuple[AtStripe, list[Difference], int]:
    """What Stripe tells, what is still different after mending, and how much was mended."""
    told = await at_stripe.fetch(since)
    async with reading() as db:
        before = await books.read(db, told, since)
    mended = await mending.mend(told, before)
    async with reading() as db:
        return told, list(find(told, await books.read(db, told, since))), mended


async def _known(db: AsyncSession) -> set[tuple[str, str]]:
    """What is open already."""
    open_ones = (await db.scalars(sa.select(MoneyDifference).where(col(MoneyDifference.resolved_at).is_(None)))).all()
    return {(each.kind, each.reference) for each in open_ones}


def find(told: AtStripe, ours: Books) -> list[Difference]:
    """Every difference between what Stripe tells and our tables."""
    return comparing.compare(_our_lines(told, ours), _their_lines(told, ours))


def _their_lines(told: AtStripe, ours: Books) -> Iterable[Line]:
    """Of what was sold here: Stripe's account may serve other shops too."""
    sold = {charge.id: charge for charge in told.charges if is_sold_here(charge.metadata)}
    for charge in sold.values():
        yield Line("charge", charge.payment_intent or charge.id, charge.amount)
        yield Line("refund", charge.payment_intent or charge.id, charge.amount_refunded)
    for transfer in told.transfers:
        if "payout" in transfer.metadata:
            yield Line("transfer", transfer.id, transfer.amount)
            yield Line("reversal", transfer.id, transfer.amount_reversed)
    for dispute in told.disputes:
        if dispute.charge in sold and dispute.takes_money:
            yield Line("dispute", dispute.id, dispute.amount)
    for currency, cents in told.balance.cents_by_currency.items():
        yield Line("balance", currency, cents)
    for currency in ours.balances.keys() - told.balance.cents_by_currency.keys():
        yield Line("balance", currency, 0)


def _our_lines(told: AtStripe, ours: Books) -> Iterable[Line]:
    for intent, payment in ours.payments.items():
        yield Line("charge", intent, payment.amount_cents)
        yield Line("refund", intent, payment.refunded_cents)
    for transfer_id, payout in ours.transfers.items():
        yield Line("transfer", transfer_id, payout.transfer_cents)
        yield Line("reversal", transfer_id, ours.reversed_cents.get(transfer_id, 0))
    for dispute_id, dispute in ours.disputes.items():
        if dispute.status is not DisputeStatus.inquiry and _takes_money(told, dispute_id):
            yield Line("dispute", dispute_id, dispute.amount_cents)
    for currency in told.balance.cents_by_currency.keys() | ours.balances.keys():
        yield Line("balance", currency, ours.balances.get(currency, 0))


def _takes_money(told: AtStripe, dispute_id: str) -> bool:
    return any(each.id == dispute_id and each.takes_money for each in told.disputes)


async def _since(db: AsyncSession, look_back: timedelta) -> Any:
    """From where on to compare: nothing that was open or unheard of is to fall out of the span."""
    last = sa.select(sa.func.max(col(Reconciliation.created_at))).where(
        col(Reconciliation.finished_at).is_not(None), col(Reconciliation.error).is_(None)
    )
    oldest = sa.select(sa.func.min(col(MoneyDifference.created_at))).where(col(MoneyDifference.resolved_at).is_(None))
    starts = [clock.now(), await db.scalar(last), await db.scalar(oldest)]
    return min(each for each in starts if each is not None) - look_back


async def _note(db: AsyncSession, found: list[Difference]) -> None:
    """New ones are kept, known ones seen again, and those that are gone closed."""
    now = clock.now()
    open_ones = (await db.scalars(sa.select(MoneyDifference).where(col(MoneyDifference.resolved_at).is_(None)))).all()
    seen = {(each.kind, each.reference) for each in found}
    for known in open_ones:
        if (known.kind, known.reference) not in seen:
            known.resolved_at = now
    await db.flush()
    if not found:
        return
    rows = [
        {"id": new_id(), "created_at": now, "seen_at": now, "kind": each.kind, "reference": each.reference}
        | {"ours_cents": each.ours_cents, "theirs_cents": each.theirs_cents, "note": each.note}
        for each in found
    ]
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(MoneyDifference).values(rows)
    renewed = {name: insert.excluded[name] for name in ("seen_at", "ours_cents", "theirs_cents", "note")}
    is_open = sa.text("resolved_at IS NULL")
    await db.execute(insert.on_conflict_do_update(index_elements=["kind", "reference"], index_where=is_open, set_=renewed))
