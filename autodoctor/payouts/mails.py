"""What mechanics are written about their money (PRODUCT section 8)."""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.queries import mechanic_profile
from autodoctor.core.settings import get_settings
from autodoctor.notifications.service import send_mail
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.payouts.statements import Statement
from autodoctor.payouts.weeks import Week

EARNINGS = "/mechanic/dashboard?tab=earnings"


async def tell_sent(db: AsyncSession, payout: Payout) -> None:
    """Their share has gone to their account."""
    is_tip = payout.kind is PayoutKind.tip
    await _send(db, payout, "payout_sent", key=f"payout_sent:{payout.id}", amount_cents=payout.transfer_cents, is_tip=is_tip)


async def tell_taken_back(db: AsyncSession, payout: Payout, cents: int, *, number: int) -> None:
    """A part of it was taken back."""
    await _send(db, payout, "share_taken_back", key=f"share_taken_back:{payout.id}:{number}", amount_cents=cents)


def statement_key(mechanic_id: uuid.UUID, week: Week) -> str:
    """What makes a week's statement mailed once."""
    return f"statement:{mechanic_id}:{week}"


async def tell_statement(db: AsyncSession, mechanic_id: uuid.UUID, told: Statement) -> None:
    """A week is over, and what moved in it can be read."""
    mechanic = await mechanic_profile(db, mechanic_id)
    site = get_settings().app_url
    await send_mail(
        db,
        template="weekly_statement",
        to=mechanic.email,
        key=statement_key(mechanic_id, told.week),
        name=mechanic.name,
        first_day=told.week.first_day,
        last_day=told.week.last_day,
        earned_cents=told.earned_cents,
        sent_cents=told.sent_cents,
        owed_cents=told.closing_cents,
        statement_link=f"{site}/api/mechanics/statements/{told.week}.pdf",
        link=f"{site}{EARNINGS}",
    )


async def _send(db: AsyncSession, payout: Payout, template: str, *, key: str, **values: object) -> None:
    mechanic = await mechanic_profile(db, payout.mechanic_id)
    link = f"{get_settings().app_url}{EARNINGS}"
    await send_mail(db, template=template, to=mechanic.email, key=key, name=mechanic.name, link=link, **values)
