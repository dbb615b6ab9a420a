"""Mechanics' own accounts at Stripe (Connect, Standard), and the links to where they are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from autodoctor.integrations.stripe.calling import PER_PAGE, calling, read_all, timestamp
from autodoctor.integrations.stripe.errors import NoSuchAccount
from autodoctor.integrations.stripe.objects import StripeAccount, read_account


async def create_account(*, email: str, metadata: Mapping[str, str], key: str) -> StripeAccount:
    """A new connected account, once per `key`. Nothing can be sent there until its owner has filled it in at Stripe."""
    async with calling() as client:
        made = await client.v1.accounts.create_async(
            {"type": "standard", "email": email, "metadata": dict(metadata)}, {"idempotency_key": key}
        )
    return read_account(made.to_dict())


async def retrieve_account(account_id: str) -> StripeAccount:
    """An account as it stands now. Raises NoSuchAccount, also for one that is no longer connected."""
    async with calling(missing=NoSuchAccount) as client:
        found = await client.v1.accounts.retrieve_async(account_id)
    return read_account(found.to_dict())


async def list_accounts(since: datetime) -> list[StripeAccount]:
    """Every account made since then that is still connected with ours, newest first. Stripe forgets a key after a day; whoever tries
    again later looks here first.
    """
    async with calling() as client:
        page = await client.v1.accounts.list_async({"created": {"gte": timestamp(since)}, "limit": PER_PAGE})
        return await read_all(page, read_account)


async def create_account_link(account_id: str, *, refresh_url: str, return_url: str) -> str:
    """Where the account's owner fills it in: a link for one use within minutes. A stale one leads to `refresh_url`.

    Stripe leads to `return_url` whether or not everything was filled in. Raises NoSuchAccount.
    """
    async with calling(missing=NoSuchAccount) as client:
        made = await client.v1.account_links.create_async(
            {"account": account_id, "refresh_url": refresh_url, "return_url": return_url, "type": "account_onboarding"}
        )
    return made.url
