"""Mechanics' shares: booked when the money is earned, sent once when the account is ready, taken back when it is kept no more (P5).

Everything here holds the session's payments before its payouts, so that a refund and a transfer never pass each other unseen.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import payout_accounts
from autodoctor.accounts.facts import PayoutAccountChanged
from autodoctor.core import events, outbox
from autodoctor.core.errors import sure
from autodoctor.matching.facts import RequestClosed
from autodoctor.payments import kept, ledger, refunds
from autodoctor.payments.facts import KeptChanged, TipPaid
from autodoctor.payments.kept import Kept
from autodoctor.payments.ledger import Movement
from autodoctor.payouts import rules, status
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.payouts.reasons import reason_of
from autodoctor.payouts.rules import NOT_SENT, PayoutStatus
from autodoctor.plans.rules import Share, split
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.facts import SessionEnded
from autodoctor.sessions.rules import SessionStatus

log = structlog.get_logger(__name__)

TRANSFER, REVERSAL = "transfer", "reversal"
"""The outbox's words for money on its way to a mechanic, and back."""


@events.subscribe(SessionEnded)
async def earn_completed(db: AsyncSession, fact: SessionEnded) -> None:
    """A consultation took place: its mechanic has earned their share, in the same transaction."""
    if fact.status is SessionStatus.completed:
        await _earn(db, fact.session_id)


@events.subscribe(RequestClosed)
async def earn_kept(db: AsyncSession, fact: RequestClosed) -> None:
    """The customer didn't come, or called it off after the accept, and isn't refunded: the mechanic was there."""
    if not fact.is_refunded:
        await _earn(db, fact.session_id)


@events.subscribe(TipPaid)
async def earn_tip(db: AsyncSession, fact: TipPaid) -> None:
    """All of a tip is the mechanic's."""
    mechanic_id = (await sessions.view(db, fact.session_id)).mechanic_id
    if mechanic_id is not None:
        what = await kept.of_payment(db, fact.payment_id)
        await _add(db, fact.session_id, mechanic_id, what, kind=PayoutKind.tip, payment_id=fact.payment_id)


@events.subscribe(KeptChanged)
async def follow_kept(db: AsyncSession, fact: KeptChanged) -> None:
    """Something goes back, or is disputed: the shares of the session follow, in the same transaction."""
    for payout in await _held(db, col(Payout.session_id) == fact.session_id):
        await settle(db, payout)


@events.subscribe(PayoutAccountChanged)
async def follow_account(db: AsyncSession, fact: PayoutAccountChanged) -> None:
    """A mechanic's account can receive now, or no longer: what waits for it is looked at again."""
    waiting = sa.select(col(Payout.session_id)).where(
        col(Payout.mechanic_id) == fact.mechanic_id, col(Payout.status) == PayoutStatus.waiting
    )
    for session_id in (await db.scalars(waiting.distinct().order_by(col(Payout.session_id)))).all():
        await look_again(db, session_id)


async def look_again(db: AsyncSession, session_id: uuid.UUID) -> None:
    """Have what can go out of a session's shares go out."""
    await refunds.payments_of(db, session_id)  # held first, as everywhere
    for payout in await _held(db, col(Payout.session_id) == session_id):
        await settle(db, payout)


async def settle(db: AsyncSession, payout: Payout) -> None:
    """Bring a payout, whose row the caller holds, in step with what is kept, with disputes, and with the mechanic's account."""
    what = await _kept(db, payout)
    await _rebook(db, payout, _share(payout.kind, what))
    if payout.status in NOT_SENT:
        account = await payout_accounts.of_mechanic(db, payout.mechanic_id)
        is_ready = account is not None and account.payouts_enabled
        await _move(db, payout, rules.wanted(payout.share_cents, is_disputed=what.is_disputed, is_ready=is_ready))
    elif payout.status is PayoutStatus.sent:
        await _take_back(db, payout)


async def _earn(db: AsyncSession, session_id: uuid.UUID) -> None:
    await refunds.payments_of(db, session_id)
    mechanic_id = (await sessions.view(db, session_id)).mechanic_id
    known = sa.select(col(Payout.id)).where(col(Payout.session_id) == session_id, col(Payout.kind) == PayoutKind.session)
    if mechanic_id is None or await db.scalar(known):
        return
    await _add(db, session_id, mechanic_id, await kept.of_session(db, session_id), kind=PayoutKind.session)


async def _add(
    db: AsyncSession, session_id: uuid.UUID, mechanic_id: uuid.UUID, what: Kept, *, kind: PayoutKind, payment_id: uuid.UUID | None = None
) -> None:
    share = _share(kind, what)
    payout = Payout(
        kind=kind,
        session_id=session_id,
        payment_id=payment_id,
        mechanic_id=mechanic_id,
        total_cents=what.cents,
        fee_cents=share.fee_cents,
        share_cents=share.share_cents,
        currency=what.currency,
    )
    db.add(payout)
    await db.flush()
    await _book(db, Movement.earn, payout, share, reference=f"earn:{payout.id}")
    await settle(db, payout)
    await status.put(db, payout)


async def _rebook(db: AsyncSession, payout: Payout, now: Share) -> None:
    """What is kept has changed after it was earned: the books get the difference."""
    difference = Share(now.fee_cents - payout.fee_cents, now.share_cents - payout.share_cents)
    if not (difference.fee_cents or difference.share_cents):
        return
    number, why = payout.adjustments + 1, await reason_of(db, payout) if difference.share_cents < 0 else ""
    await _book(db, Movement.adjust, payout, difference, reference=f"adjust:{payout.id}:{number}", memo=why)
    total = now.fee_cents + now.share_cents
    values = {"total_cents": total, "fee_cents": now.fee_cents, "share_cents": now.share_cents, "adjustments": number}
    await status.put(db, payout, **values)


async def _move(db: AsyncSession, payout: Payout, to: PayoutStatus) -> None:
    if to is payout.status:
        return
    if to is not PayoutStatus.sending:
        await status.change(db, payout, to)
        return
    await status.change(db, payout, to, transfer_cents=payout.share_cents, problem=None)
    key = f"transfer:{payout.id}:{payout.refusals + 1}"
    await outbox.enqueue(db, TRANSFER, key=key, payload={"payout_id": str(payout.id)})


async def _take_back(db: AsyncSession, payout: Payout) -> None:
    """The mechanic keeps their share and no more. What is reversed in all is written down before Stripe is asked."""
    cents = rules.to_take_back(transfer_cents=payout.transfer_cents, reversed_cents=payout.reversed_cents, share_cents=payout.share_cents)
    if not cents:
        return
    number, in_all = payout.reversals + 1, payout.reversed_cents + cents
    await status.put(db, payout, reversed_cents=in_all, reversals=number)
    payload = {"payout_id": str(payout.id), "cents": cents, "in_all_cents": in_all, "number": number, "why": await reason_of(db, payout)}
    await outbox.enqueue(db, REVERSAL, key=f"reversal:{payout.id}:{number}", payload=payload)
    log.warning("a share is taken back", payout_id=str(payout.id), cents=cents)


async def _book(db: AsyncSession, movement: Movement, payout: Payout, share: Share, *, reference: str, memo: str = "") -> None:
    await ledger.post_share(
        db,
        movement,
        reference=reference,
        fee_cents=share.fee_cents,
        share_cents=share.share_cents,
        currency=payout.currency,
        session_id=payout.session_id,
        mechanic_id=payout.mechanic_id,
        memo=memo,
    )


def _share(kind: PayoutKind, what: Kept) -> Share:
    return Share(0, what.cents) if kind is PayoutKind.tip else split(what.cents)


async def _kept(db: AsyncSession, payout: Payout) -> Kept:
    if payout.payment_id is not None:
        return await kept.of_payment(db, payout.payment_id)
    return await kept.of_session(db, payout.session_id)


async def _held(db: AsyncSession, which: sa.ColumnElement[bool]) -> list[Payout]:
    query = sa.select(Payout).where(which).order_by(col(Payout.created_at), col(Payout.id))
    return list((await db.scalars(query.with_for_update().execution_options(populate_existing=True))).all())


async def hold(db: AsyncSession, payout_id: uuid.UUID) -> Payout:
    """A payout's row, after its session's payments."""
    of_it = sa.select(col(Payout.session_id)).where(col(Payout.id) == payout_id)
    session_id = sure(await db.scalar(of_it), "a payout is never deleted")
    await refunds.payments_of(db, session_id)
    (payout,) = await _held(db, col(Payout.id) == payout_id)
    return payout
