"""What Stripe's events about transfers and mechanics' accounts do (P5, P6)."""

from __future__ import annotations

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import payout_accounts
from autodoctor.accounts.payout_accounts import AccountState
from autodoctor.core.ids import parse_id
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import NoSuchAccount, StripeAccount, StripeTransfer, read_transfer
from autodoctor.payments import inbox, ledger
from autodoctor.payments.inbox import Body
from autodoctor.payments.ledger import Movement
from autodoctor.payouts import service, status
from autodoctor.payouts.models import Payout
from autodoctor.payouts.reasons import BY_HAND
from autodoctor.payouts.rules import PayoutStatus

log = structlog.get_logger(__name__)


async def _read_account(body: Body) -> StripeAccount | str:
    """As it stands now: its events come in any order. Its id alone when it is no longer connected with ours."""
    try:
        return await stripe.retrieve_account(body["id"])
    except NoSuchAccount:
        return str(body["id"])


@inbox.on("account.updated", read=_read_account)
async def note_account(db: AsyncSession, told: StripeAccount | str) -> None:
    """Keep what we know of a mechanic's account current, also before its making has come back to us. One that is nobody's here is
    another installation's, and acknowledged.
    """
    if isinstance(told, str):
        await payout_accounts.disconnect(db, told)
    elif not await payout_accounts.note(db, state_of(told), mechanic_id=parse_id(told.metadata.get("mechanic"))):
        log.info("an account that is nobody's here", account_id=told.id)


@inbox.on("account.application.deauthorized")
async def note_disconnected(db: AsyncSession, body: Body) -> None:
    """The mechanic has cut their account's connection with ours: their shares wait until they have one again (P6)."""
    if await payout_accounts.disconnect(db, body["account"]):
        log.warning("a mechanic's account is no longer connected", account_id=body["account"])


def state_of(account: StripeAccount) -> AccountState:
    return AccountState(
        account_id=account.id,
        charges_enabled=account.charges_enabled,
        payouts_enabled=account.payouts_enabled,
        details_submitted=account.details_submitted,
        missing=account.missing,
        disabled_reason=account.disabled_reason,
    )


@inbox.on("transfer.reversed")
async def note_reversal(db: AsyncSession, body: Body) -> None:
    await note_transfer(db, read_transfer(body))


async def note_transfer(db: AsyncSession, told: StripeTransfer) -> bool:
    """How much of a transfer has come back. What was taken back without us, from Stripe's dashboard, is written down too: then we owe it
    to the mechanic again. True when something was.
    """
    payout_id = await db.scalar(sa.select(col(Payout.id)).where(col(Payout.transfer_id) == told.id))
    if payout_id is None:
        return False
    payout = await service.hold(db, payout_id)
    foreign = told.amount_reversed - payout.reversed_cents
    if foreign <= 0:
        return False
    await status.put(db, payout, reversed_cents=told.amount_reversed, problem="A part was taken back at Stripe")
    await ledger.post_transfer(
        db,
        Movement.reversal,
        reference=f"reversal:{told.id}:{told.amount_reversed}",
        amount_cents=foreign,
        currency=payout.currency,
        session_id=payout.session_id,
        mechanic_id=payout.mechanic_id,
        memo=BY_HAND,
    )
    if payout.status is PayoutStatus.sent and payout.reversed_cents == payout.transfer_cents:
        await status.change(db, payout, PayoutStatus.reversed)
    return True
