"""Connected accounts, and the links to the page where their owners fill them in."""

from __future__ import annotations

from datetime import timedelta

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.forms import NewAccount, NewAccountLink
from autodoctor.integrations.sandbox.stripe.objects import ACCOUNT, LINK, new, retrieve, tell
from autodoctor.integrations.sandbox.stripe.store import Body, State

LINK_LASTS = timedelta(minutes=5)

NOTHING_YET = ("business_profile.url", "external_account", "individual.verification.document", "tos_acceptance.date")
LEFT_OUT = ("external_account", "individual.verification.document")
"""What Stripe asks for, in its own words: of a new account, and of one whose owner left details out."""


async def create_account(state: State, asked: NewAccount) -> Body:
    """POST /v1/accounts"""
    return await state.add(
        new(ACCOUNT)
        | {
            "capabilities": {"card_payments": "inactive", "transfers": "inactive"},
            "charges_enabled": False,
            "country": "US",
            "default_currency": "usd",
            "details_submitted": False,
            "email": asked.email,
            "metadata": asked.metadata,
            "payouts_enabled": False,
            "requirements": _requirements(NOTHING_YET),
            "type": asked.type,
        }
    )


async def create_link(state: State, asked: NewAccountLink) -> Body:
    """POST /v1/account_links. Stripe tells no id of a link: ours is in its address."""
    await retrieve(state, ACCOUNT, asked.account, param="account")
    body = new(LINK)
    expires_at = body["created"] + int(LINK_LASTS.total_seconds())
    urls = {"refresh_url": asked.refresh_url, "return_url": asked.return_url}
    await state.add(body | {"account": asked.account, "expires_at": expires_at, "is_used": False} | urls)
    url = f"{get_settings().app_url}/dev/stripe/connect/{body['id']}"
    return {"object": LINK, "created": body["created"], "expires_at": expires_at, "url": url}


def is_stale(link: Body) -> bool:
    """Used, or too old: then Stripe leads to `refresh_url`, where a new one is made."""
    return link["is_used"] or link["expires_at"] <= clock.now().timestamp()


async def fill_in(state: State, account: Body, *, missing: tuple[str, ...] = ()) -> Body:
    """The owner filled the account in. It can receive money, unless something is missing."""
    ready = not missing
    status = "active" if ready else "inactive"
    account = await state.change(
        account,
        capabilities={"card_payments": status, "transfers": status},
        charges_enabled=ready,
        details_submitted=True,
        payouts_enabled=ready,
        requirements=_requirements(missing),
    )
    await tell(state, "account.updated", account)
    return account


async def disconnect(state: State, account: Body) -> None:
    """The owner cuts the account's connection with ours: we can't see it any more."""
    await state.remove(account["id"])
    about = {"id": "ca_sandbox", "object": "application", "name": "Auto Doctor"}
    await tell(state, "account.application.deauthorized", about, account=account["id"])


async def use(state: State, link: Body) -> None:
    """The owner came by this link. Nobody comes by it again."""
    await state.change(link, is_used=True)


def _requirements(missing: tuple[str, ...]) -> Body:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": list(missing),
        "disabled_reason": "requirements.past_due" if missing else None,
        "errors": [],
        "eventually_due": list(missing),
        "past_due": list(missing),
        "pending_verification": [],
    }
