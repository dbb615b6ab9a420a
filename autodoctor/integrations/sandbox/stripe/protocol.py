"""Stripe's REST protocol, as far as it is needed: `/v1/…`, form-encoded calls, JSON answers, any `sk_` key, idempotency keys."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from autodoctor.integrations.sandbox.stripe import brackets, forms, service
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem, invalid
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction

Handler = Callable[..., Awaitable[Body]]
"""Takes the state, the parameters, and what is named in the address."""

COLLECTIONS: Mapping[str, str] = {
    "checkout/sessions": service.CHECKOUT,
    "payment_intents": service.INTENT,
    "charges": service.CHARGE,
    "refunds": service.REFUND,
    "transfers": service.TRANSFER,
    "accounts": service.ACCOUNT,
    "disputes": service.DISPUTE,
    "balance_transactions": service.MOVEMENT,
    "events": service.EVENT,
}


@dataclass(frozen=True)
class Call:
    """One kind of call: its address with names in braces, what may be asked, and who answers."""

    method: str
    path: str
    params: type[forms.Params]
    handler: Handler

    def match(self, method: str, path: str) -> Mapping[str, str] | None:
        """What is named in this address; None when it is another kind of call."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path) if method == self.method else None
        return found.groupdict() if found else None


async def answer(request: Request) -> Response:
    """Any call under /v1."""
    try:
        _require_key(request)
        call, named = _find(request)
        body, headers = await _act(request, call, named) if request.method == "POST" else (await _read(request, call, named), {})
    except ValidationError as error:
        return _refuse(invalid(error))
    except StripeProblem as problem:
        return _refuse(problem)
    return JSONResponse(body, headers=headers)


def _find(request: Request) -> tuple[Call, Mapping[str, str]]:
    path = request.path_params["path"]
    for call in CALLS:
        if (named := call.match(request.method, path)) is not None:
            return call, named
    raise StripeProblem(f"Unrecognized request URL ({request.method}: /v1/{path}).", status=404)


async def _act(request: Request, call: Call, named: Mapping[str, str]) -> tuple[Body, dict[str, str]]:
    """Once for each idempotency key."""
    path, text = request.path_params["path"], (await request.body()).decode()
    params = call.params.model_validate(brackets.parse(text))
    key = request.headers.get("idempotency-key")
    async with transaction() as state:
        if key and (before := await state.answered(key)):
            return _again(before, f"{path}?{text}"), {"Idempotent-Replayed": "true"}
        made = await call.handler(state, params, **named)
        if key:
            await state.remember_answer(key, f"{path}?{text}", made)
    return made, {}


async def _read(request: Request, call: Call, named: Mapping[str, str]) -> Body:
    params = call.params.model_validate(brackets.parse(request.url.query))
    async with transaction() as state:
        await service.expire_overdue(state)
        return await call.handler(state, params, **named)


async def _expire(state: State, asked: forms.Params, checkout_id: str) -> Body:
    return await service.expire_checkout(state, checkout_id)


async def _balance(state: State, asked: forms.Params) -> Body:
    return await service.balance(state)


def _reads(collection: str, kind: str) -> tuple[Call, Call]:
    """The list of a kind of object, and one of them."""

    async def list_all(state: State, asked: forms.Listing) -> Body:
        return await service.list_objects(state, kind, asked, f"/v1/{collection}")

    async def retrieve(state: State, asked: forms.Reading, object_id: str) -> Body:
        return await state.expanded(await service.retrieve(state, kind, object_id), asked.expand)

    return Call("GET", collection, forms.Listing, list_all), Call("GET", f"{collection}/{{object_id}}", forms.Reading, retrieve)


CALLS: Sequence[Call] = (
    Call("POST", "checkout/sessions", forms.NewSession, service.create_checkout),
    Call("POST", "checkout/sessions/{checkout_id}/expire", forms.Nothing, _expire),
    Call("POST", "refunds", forms.NewRefund, service.create_refund),
    Call("POST", "transfers", forms.NewTransfer, service.create_transfer),
    Call("POST", "transfers/{transfer_id}/reversals", forms.NewReversal, service.reverse_transfer),
    Call("GET", "transfers/{transfer_id}/reversals", forms.Listing, service.list_reversals),
    Call("POST", "accounts", forms.NewAccount, service.create_account),
    Call("POST", "account_links", forms.NewAccountLink, service.create_link),
    Call("GET", "balance", forms.Nothing, _balance),
    *(call for collection, kind in COLLECTIONS.items() for call in _reads(collection, kind)),
)


def _again(before: tuple[str, Body], asked: str) -> Body:
    asked_before, body = before
    if asked != asked_before:
        message = "Keys for idempotent requests can only be used with the same parameters they were first used with."
        raise StripeProblem(message, kind="idempotency_error")
    return body


def _require_key(request: Request) -> None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    key = _user_of(value) if scheme.lower() == "basic" else value
    if not key.startswith("sk_"):
        raise StripeProblem("You did not provide an API key. Any key that begins with sk_ will do in the sandbox.", status=401)


def _user_of(credentials: str) -> str:
    try:
        return base64.b64decode(credentials).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _refuse(problem: StripeProblem) -> Response:
    body: dict[str, Any] = problem.body
    return JSONResponse(body, status_code=problem.status)
