"""A mechanic's way to an account that their shares can go to: made at Stripe once, filled in there by themselves (P6).

No transaction is open while Stripe is asked.
"""

from __future__ import annotations

import structlog

from autodoctor.accounts import payout_accounts
from autodoctor.accounts.identity import Caller, require_mechanic
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.payouts.effects import state_of

log = structlog.get_logger(__name__)

REFRESH, DONE = "/mechanic/onboarding/refresh", "/mechanic/onboarding/success"
"""Where Stripe leads when the link was stale, and when its page is left."""


async def begin(caller: Caller | None) -> str:
    """Where the caller fills in their account: a link for one use within minutes.

    Raises Unauthenticated, Forbidden, ProviderUnavailable, and NotFound when the account is no longer connected with ours.
    """
    mechanic = require_mechanic(caller)
    account_id = await _account_id(mechanic)
    site = get_settings().app_url
    return await stripe.create_account_link(account_id, refresh_url=site + REFRESH, return_url=site + DONE)


async def refresh_account(caller: Caller | None) -> None:
    """Ask Stripe how the caller's account stands now: its event may come after they are back.

    Without effect when they have none. Raises as `begin` does.
    """
    mechanic = require_mechanic(caller)
    async with reading() as db:
        known = await payout_accounts.of_mechanic(db, mechanic.user_id)
    if known is None:
        return
    told = await stripe.retrieve_account(known.account_id)
    async with unit_of_work() as db:
        await payout_accounts.note(db, state_of(told))


async def _account_id(mechanic: Caller) -> str:
    """The caller's account. Asked for under the mechanic's own id, so that two clicks, or one more after a crash, get the same one."""
    async with reading() as db:
        known = await payout_accounts.of_mechanic(db, mechanic.user_id)
    if known is not None:
        return known.account_id
    name = str(mechanic.user_id)
    made = await stripe.create_account(email=mechanic.email, metadata={"mechanic": name}, key=name)
    async with unit_of_work() as db:
        is_theirs = await payout_accounts.note(db, state_of(made), mechanic_id=mechanic.user_id)
        known = await payout_accounts.of_mechanic(db, mechanic.user_id)
    assert known is not None, "who logs in as a mechanic is one"
    if not is_theirs:
        log.error("a second account was made for a mechanic", account_id=made.id, kept=known.account_id)
    return known.account_id
