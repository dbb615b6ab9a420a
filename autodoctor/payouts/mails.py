"""What mechanics are written about their money (PRODUCT section 8)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.queries import mechanic_profile
from autodoctor.core.settings import get_settings
from autodoctor.notifications.service import send_mail
from autodoctor.payouts.models import Payout, PayoutKind


async def tell_sent(db: AsyncSession, payout: Payout) -> None:
    """Their share has gone to their account."""
    is_tip = payout.kind is PayoutKind.tip
    await _send(db, payout, "payout_sent", key=f"payout_sent:{payout.id}", amount_cents=payout.transfer_cents, is_tip=is_tip)


async def tell_taken_back(db: AsyncSession, payout: Payout, cents: int, *, number: int) -> None:
    """A part of it was taken back."""
    await _send(db, payout, "share_taken_back", key=f"share_taken_back:{payout.id}:{number}", amount_cents=cents)


async def _send(db: AsyncSession, payout: Payout, template: str, *, key: str, **values: object) -> None:
    mechanic = await mechanic_profile(db, payout.mechanic_id)
    link = f"{get_settings().app_url}/mechanic/dashboard?tab=earnings"
    await send_mail(db, template=template, to=mechanic.email, key=key, name=mechanic.name, link=link, **values)
