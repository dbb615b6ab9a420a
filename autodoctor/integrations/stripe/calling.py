"""How Stripe is called: a client with little patience, one retry, and errors that are ours.

Without a Stripe key the same calls go to the sandbox (P8): only the address differs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

import stripe
import structlog

from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe.errors import (
    BalanceTooLow,
    ChargeDisputed,
    MoreThanIsLeft,
    NoSuchAccount,
    NoSuchObject,
    NothingToRefund,
    StripeRefused,
    StripeSaysNo,
    StripeUnavailable,
    TransferRefused,
)

log = structlog.get_logger(__name__)

Found = TypeVar("Found")

PATIENCE_S = 10
RETRIES = 1
SANDBOX_KEY = "sk_test_sandbox"
"""The sandbox takes any key; there is none when it stands in."""
PER_PAGE = 100

_SAYS_NO: Mapping[str | None, type[StripeSaysNo]] = {
    "charge_already_refunded": NothingToRefund,
    "amount_too_large": MoreThanIsLeft,
    "charge_disputed": ChargeDisputed,
    "balance_insufficient": BalanceTooLow,
    "insufficient_capabilities_for_transfer": TransferRefused,
    "transfers_not_allowed": TransferRefused,
}
"""By Stripe's code: https://docs.stripe.com/error-codes"""
_BUSY = {"lock_timeout", "idempotency_key_in_use", "rate_limit"}


@asynccontextmanager
async def calling(*, missing: type[NoSuchObject] = NoSuchObject) -> AsyncIterator[stripe.StripeClient]:
    """A client for one use, so that no connection outlives the loop that opened it.

    Raises StripeUnavailable, StripeRefused, `missing` for an id that Stripe doesn't know, NoSuchAccount, and the kinds of StripeSaysNo.
    """
    http = stripe.HTTPXClient(timeout=PATIENCE_S, verify_ssl_certs=_is_encrypted())
    try:
        yield _client(http)
    except stripe.StripeError as error:
        raise _translated(error, missing) from error
    finally:
        await http.close_async()


async def read_all(page: Any, read: Callable[[Mapping[str, Any]], Found]) -> list[Found]:
    """Everything of a list, page after page, newest first."""
    return [read(each.to_dict()) async for each in page.auto_paging_iter()]


def timestamp(moment: datetime) -> int:
    """Stripe counts whole seconds."""
    return int(moment.timestamp())


def _client(http: stripe.HTTPXClient) -> stripe.StripeClient:
    settings = get_settings()
    base = {"api": settings.stripe_api_base} if settings.stripe_api_base else None
    key = settings.stripe_secret_key or SANDBOX_KEY
    return stripe.StripeClient(key, http_client=http, base_addresses=base, max_network_retries=RETRIES)  # pyright: ignore[reportArgumentType]


def _is_encrypted() -> bool:
    """The sandbox and Stripe's mock server may be spoken to in the clear: then no certificates are read."""
    return not get_settings().stripe_api_base.startswith("http://")


def _translated(error: stripe.StripeError, missing: type[NoSuchObject]) -> Exception:
    code = error.code or getattr(error.error, "code", None)  # the SDK itself reads it only from some kinds of answers
    if code == "resource_missing":
        is_destination = getattr(error, "param", None) == "destination"
        return NoSuchAccount() if is_destination else missing()
    if code == "account_invalid":  # said also of an account that has cut its connection with ours
        return NoSuchAccount()
    if says_no := _SAYS_NO.get(code):
        return says_no(code, error.user_message)
    if _may_pass(error.http_status, code):
        log.warning("stripe doesn't answer", status=error.http_status, code=code)
        return StripeUnavailable()
    log.error("stripe refused", kind=type(error).__name__, code=code, words=error.user_message)
    return StripeRefused(code, error.user_message)


def _may_pass(status: int | None, code: str | None) -> bool:
    """Whether the same call may go well a minute later: what isn't a refusal (a 4xx), and a refusal for being too busy."""
    is_refusal = status is not None and 400 <= status < 500
    return not is_refusal or status == 429 or code in _BUSY
