"""A mechanic's way to an account that their shares can go to: made at Stripe once, filled in there by themselves (P6).

No transaction is open while Stripe is asked.
"""

from __future__ import annotations

import structlog

from autodoctor.accounts import payout_accounts
from autodoctor.accounts.identity import Caller, require_mechanic
from autodoctor.accounts.payout_accounts import AccountState
from autodoctor.accounts.queries import mechanic_profile
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import sure
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import NoSuchAccount, StripeAccount
from autodoctor.payouts.effects import state_of

log = structlog.get_logger(__name__)

REFRESH, DONE = "/mechanic/onboarding/refresh", "/mechanic/onboarding/success"
"""Where Stripe leads when the link was stale, and when its page is left."""


async def begin(caller: Caller | None) -> str:
    """Where the caller fills in their account: a link for one use within minutes. One that is no longer connected with ours is replaced
    by a new one. Raises Unauthenticated, Forbidden, ProviderUnavailable.
    """
    mechanic = require_mechanic(caller)
    account_id = await _account_id(mechanic)
    try:
        return await _link(account_id)
    except NoSuchAccount:
        await _disconnect(account_id)
    return await _link(await _account_id(mechanic))


async def refresh_account(caller: Caller | None) -> None:
    """Ask Stripe how the caller's account stands now: its event may come after they are back.

    Without effect when they have none. Raises Unauthenticated, Forbidden, ProviderUnavailable.
    """
    mechanic = require_mechanic(caller)
    known = await _known(mechanic)
    if known is None or not known.is_connected:
        return
    try:
        told = await stripe.retrieve_account(known.account_id)
    except NoSuchAccount:
        await _disconnect(known.account_id)
        return
    async with unit_of_work() as db:
        await payout_accounts.note(db, state_of(told))


async def _link(account_id: str) -> str:
    site = get_settings().app_url
    return await stripe.create_account_link(account_id, refresh_url=site + REFRESH, return_url=site + DONE)


async def _account_id(mechanic: Caller) -> str:
    """The caller's account, made where they have none that is connected."""
    known = await _known(mechanic)
    if known is not None and known.is_connected:
        return known.account_id
    made = await _made_before(mechanic, known) or await _make(mechanic, known)
    async with unit_of_work() as db:
        is_theirs = await payout_accounts.note(db, state_of(made), mechanic_id=mechanic.user_id)
        now = sure(await payout_accounts.of_mechanic(db, mechanic.user_id), "who logs in as a mechanic is one")
    if not is_theirs:
        log.error("a second account was made for a mechanic", account_id=made.id, kept=now.account_id)
    return now.account_id


async def _make(mechanic: Caller, before: AccountState | None) -> StripeAccount:
    """Under the mechanic's own id, so that two clicks get the same one; and the lost account's, which Stripe would answer with again."""
    name = str(mechanic.user_id)
    key = f"{name}:{before.account_id}" if before else name
    return await stripe.create_account(email=mechanic.email, metadata={"mechanic": name}, key=key)


async def _made_before(mechanic: Caller, before: AccountState | None) -> StripeAccount | None:
    """One that was made for them and never written down, because the process died in between. The key alone would not find it after a
    day: Stripe has forgotten it by then.
    """
    async with reading() as db:
        since = (await mechanic_profile(db, mechanic.user_id)).created_at
    lost = before.account_id if before else None
    for each in await stripe.list_accounts(since):
        if each.metadata.get("mechanic") == str(mechanic.user_id) and each.id != lost:
            return each
    return None


async def _known(mechanic: Caller) -> AccountState | None:
    async with reading() as db:
        return await payout_accounts.of_mechanic(db, mechanic.user_id)


async def _disconnect(account_id: str) -> None:
    async with unit_of_work() as db:
        await payout_accounts.disconnect(db, account_id)
