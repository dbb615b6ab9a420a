"""Money on its way to a mechanic, and back: the outbox's hands (P5).

What was begun before is looked for at Stripe before it is asked for again: Stripe forgets an idempotency key after a day.
"""

from __future__ import annotations

import uuid

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts import payout_accounts
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import sure
from autodoctor.core.outbox import OutboxEntry
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import (
    BalanceTooLow,
    MoreThanIsLeft,
    NewTransfer,
    NoSuchAccount,
    StripeTransfer,
    TransferRefused,
)
from autodoctor.payments import kept, ledger
from autodoctor.payments.ledger import Movement
from autodoctor.payouts import mails, service, status
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.payouts.rules import PayoutStatus

log = structlog.get_logger(__name__)

_NO_ACCOUNT = "The mechanic has no account any more that is connected with ours"
_TOO_LITTLE_THERE = "The mechanic's account at Stripe has too little money to take this back"


async def deliver_transfer(entry: OutboxEntry) -> None:
    """Send a share to its mechanic's account, once, and write down that it went; then take back what was too much meanwhile.

    Raises ProviderUnavailable, so that the outbox tries again. One that Stripe refuses for good waits for the account to change, or for
    an administrator.
    """
    payout_id = uuid.UUID(entry.payload["payout_id"])
    async with reading() as db:
        payout = await db.get_one(Payout, payout_id)
        account = await payout_accounts.of_mechanic(db, payout.mechanic_id)
        source = await (kept.of_payment(db, payout.payment_id) if payout.payment_id else kept.of_session(db, payout.session_id))
    if payout.status is not PayoutStatus.sending:
        return
    if account is None or not account.is_connected:
        await _refuse(payout_id, _NO_ACCOUNT)
        return
    try:
        sent = await _send(payout, account.account_id, source, is_repeated=entry.attempts > 1)
    except TransferRefused as refused:
        await _refuse(payout_id, refused.words or "Stripe refuses it")
        return
    except NoSuchAccount:
        await _refuse(payout_id, _NO_ACCOUNT)
        return
    except BalanceTooLow:
        await _note_problem(payout_id, "There is too little money in our balance at Stripe")
        raise
    async with unit_of_work() as db:
        await note_sent(db, payout_id, sent)


async def deliver_reversal(entry: OutboxEntry) -> None:
    """Take a part of a transfer back, once. Raises ProviderUnavailable and BalanceTooLow, so that the outbox tries again."""
    payout_id, cents, in_all = uuid.UUID(entry.payload["payout_id"]), entry.payload["cents"], entry.payload["in_all_cents"]
    number = entry.payload["number"]
    async with reading() as db:
        payout = await db.get_one(Payout, payout_id)
    try:
        await _reverse(payout, entry)
    except BalanceTooLow:
        await _note_problem(payout_id, _TOO_LITTLE_THERE)
        raise
    async with unit_of_work() as db:
        held = await service.hold(db, payout_id)
        await _book(db, Movement.reversal, held, cents, reference=f"reversal:{payout_id}:{number}", memo=entry.payload.get("why", ""))
        problem = None if held.problem == _TOO_LITTLE_THERE else held.problem
        if held.status is PayoutStatus.sent and in_all == held.transfer_cents:
            await status.change(db, held, PayoutStatus.reversed, problem=problem)
        else:
            await status.put(db, held, problem=problem)
        await mails.tell_taken_back(db, held, cents, number=number)


async def _reverse(payout: Payout, entry: OutboxEntry) -> None:
    """One that was begun before is looked for by its number. What others took back at Stripe's dashboard meanwhile needn't come twice:
    of that `payouts.effects` books what is more than this.
    """
    transfer_id = sure(payout.transfer_id, "only what was sent is taken back")
    about = {"payout": str(payout.id), "number": str(entry.payload["number"])}
    if entry.attempts > 1 and any(dict(each.metadata) == about for each in await stripe.reversals_of(transfer_id)):
        return
    key = f"{entry.key}:{payout.refusals}" if payout.refusals else entry.key
    try:
        await stripe.reverse_transfer(transfer_id, entry.payload["cents"], key=key, metadata=about)
    except MoreThanIsLeft:
        if (await stripe.retrieve_transfer(transfer_id)).amount_reversed < entry.payload["in_all_cents"]:
            raise


async def _send(payout: Payout, destination: str, source: kept.Kept, *, is_repeated: bool) -> StripeTransfer:
    group = str(payout.session_id)
    if is_repeated or payout.refusals:
        for before in await stripe.transfers_of(group):
            if before.metadata.get("payout") == str(payout.id):
                return before
    charge = await stripe.charge_of(source.intent) if source.intent and payout.transfer_cents <= source.intent_cents else None
    new = NewTransfer(
        amount_cents=payout.transfer_cents,
        currency=payout.currency,
        destination=destination,
        transfer_group=group,
        source_transaction=charge.id if charge else None,
        metadata={"payout": str(payout.id), "session": group},
    )
    return await stripe.create_transfer(new, key=_key(payout))


def _key(payout: Payout) -> str:
    """The session's id (P5), the payment's for a tip. One that Stripe has refused for good is asked for anew under another key."""
    name = f"tip:{payout.payment_id}" if payout.kind is PayoutKind.tip else str(payout.session_id)
    return f"{name}:{payout.refusals}" if payout.refusals else name


async def note_sent(db: AsyncSession, payout_id: uuid.UUID, sent: StripeTransfer) -> None:
    """The transfer of a payout is at Stripe: whoever tells first, the answer to our call or a comparison."""
    payout = await service.hold(db, payout_id)
    if payout.status is not PayoutStatus.sending:
        return
    await status.change(db, payout, PayoutStatus.sent, transfer_id=sent.id, sent_at=clock.now(), problem=None)
    await _book(db, Movement.transfer, payout, payout.transfer_cents, reference=f"transfer:{payout.id}")
    await mails.tell_sent(db, payout)
    await service.settle(db, payout)


async def _refuse(payout_id: uuid.UUID, words: str) -> None:
    """Stripe won't send it there: it waits again."""
    log.error("stripe refuses a transfer", payout_id=str(payout_id), words=words)
    async with unit_of_work() as db:
        payout = await service.hold(db, payout_id)
        if payout.status is PayoutStatus.sending:
            values = {"transfer_cents": 0, "refusals": payout.refusals + 1, "problem": words[:300]}
            await status.change(db, payout, PayoutStatus.waiting, **values)


async def _note_problem(payout_id: uuid.UUID, words: str) -> None:
    """It will be tried again by itself, under another key: Stripe answers a key that it refused with the same refusal."""
    async with unit_of_work() as db:
        payout = await service.hold(db, payout_id)
        await status.put(db, payout, problem=words, refusals=payout.refusals + 1)


async def _book(db: AsyncSession, movement: Movement, payout: Payout, cents: int, *, reference: str, memo: str = "") -> None:
    about = {"currency": payout.currency, "session_id": payout.session_id, "mechanic_id": payout.mechanic_id, "memo": memo}
    await ledger.post_transfer(db, movement, reference=reference, amount_cents=cents, **about)
