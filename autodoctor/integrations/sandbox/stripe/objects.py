"""What the sandbox's objects have in common: ids, times, lists, and the events that tell of them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from autodoctor.core import clock
from autodoctor.integrations.sandbox.stripe.forms import Listing
from autodoctor.integrations.sandbox.stripe.problems import missing
from autodoctor.integrations.sandbox.stripe.store import Body, State

API_VERSION = "2026-10-28.endive"

CHECKOUT, INTENT, CHARGE, REFUND, EVENT = "checkout.session", "payment_intent", "charge", "refund", "event"
TRANSFER, REVERSAL, ACCOUNT, DISPUTE = "transfer", "transfer_reversal", "account", "dispute"
LINK, MOVEMENT = "account_link", "balance_transaction"
_PREFIXES = {
    CHECKOUT: "cs_test_",
    INTENT: "pi_",
    CHARGE: "ch_",
    REFUND: "re_",
    EVENT: "evt_",
    TRANSFER: "tr_",
    REVERSAL: "trr_",
    ACCOUNT: "acct_",
    DISPUTE: "du_",
    LINK: "",
    MOVEMENT: "txn_",
}
_WITHOUT_MODE = {REFUND, REVERSAL, ACCOUNT, LINK, MOVEMENT}


def new(kind: str) -> dict[str, Any]:
    """The beginning of a new object."""
    base: dict[str, Any] = {"id": new_id(kind), "object": kind, "created": int(clock.now().timestamp())}
    return base if kind in _WITHOUT_MODE else base | {"livemode": False}


def new_id(kind: str) -> str:
    return _PREFIXES[kind] + secrets.token_hex(12)


async def retrieve(state: State, kind: str, object_id: str, *, param: str = "id") -> Body:
    found = await state.get(kind, object_id)
    if found is None:
        raise missing(kind, object_id, param=param)
    return found


async def list_objects(state: State, kind: str, listing: Listing, url: str) -> Body:
    data, has_more = await state.page(kind, listing)
    return as_list(data, url, has_more=has_more)


def as_list(data: Sequence[Body], url: str, *, has_more: bool = False) -> Body:
    return {"object": "list", "url": url, "has_more": has_more, "data": list(data)}


async def tell(state: State, kind: str, about: Body, *, account: str | None = None) -> None:
    """An event, to be delivered with what it is about as it stands now. `account`: the connected account whose event it is."""
    event = new(EVENT) | {
        "api_version": API_VERSION,
        "data": {"object": about},
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    await state.enqueue(event | ({"account": account} if account else {}))
