"""An administrator's hand on a mechanic's share that can't go out."""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.audit import service as audit
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.payouts import service
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import NOT_SENT
from autodoctor.words import _


async def try_again(db: AsyncSession, admin: Caller | None, payout_id: uuid.UUID) -> Payout:
    """Have a share that waits looked at again: it goes out if nothing is in its way any more. Answers how it stands afterwards.

    Raises Forbidden, NotFound, InvalidTransition for one that is on its way, or was sent.
    """
    actor = require_admin(admin)
    if await db.get(Payout, payout_id) is None:
        raise NotFound(_("We couldn't find this payout."))
    payout = await service.hold(db, payout_id)
    if payout.status not in NOT_SENT:
        raise InvalidTransition(_("This payout doesn't wait any more."))
    await service.look_again(db, payout.session_id)
    await audit.record(db, actor.user_id, "retry_payout", "payout", payout_id, status=payout.status, share_cents=payout.share_cents)
    return payout
