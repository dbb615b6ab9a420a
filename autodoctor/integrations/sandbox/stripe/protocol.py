"""Stripe's REST protocol, as far as it is needed: `/v1/…`, form-encoded calls, JSON answers, any `sk_` key, idempotency keys."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from autodoctor.integrations.sandbox.stripe import forms, service
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem, invalid
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction

COLLECTIONS: Mapping[str, str] = {
    "checkout/sessions": service.CHECKOUT,
    "payment_intents": service.INTENT,
    "charges": service.CHARGE,
    "refunds": service.REFUND,
    "events": service.EVENT,
}
Creation = Callable[[State, forms.Params], Awaitable[Body]]
CREATIONS: Mapping[str, tuple[type[forms.Params], Creation]] = {
    "checkout/sessions": (forms.NewSession, service.create_checkout),
    "refunds": (forms.NewRefund, service.create_refund),
}
_EXPIRY = re.compile(r"checkout/sessions/(?P<id>[^/]+)/expire")


async def answer(request: Request) -> Response:
    """Any call under /v1."""
    try:
        _require_key(request)
        body, headers = await _create(request) if request.method == "POST" else (await _read(request), {})
    except ValidationError as error:
        return _refuse(invalid(error))
    except StripeProblem as problem:
        return _refuse(problem)
    return JSONResponse(body, headers=headers)


async def _create(request: Request) -> tuple[Body, dict[str, str]]:
    path, text = request.path_params["path"], (await request.body()).decode()
    model, create = _creation(request, path)
    params = model.model_validate(forms.parse(text))
    key = request.headers.get("idempotency-key")
    async with transaction() as state:
        if key and (before := await state.answered(key)):
            return _again(before, f"{path}?{text}"), {"Idempotent-Replayed": "true"}
        made = await create(state, params)
        if key:
            await state.remember_answer(key, f"{path}?{text}", made)
    return made, {}


def _creation(request: Request, path: str) -> tuple[type[forms.Params], Creation]:
    """What is made, or done with the one checkout that is named."""
    if found := _EXPIRY.fullmatch(path):

        async def expire(state: State, asked: forms.Params) -> Body:
            return await service.expire_checkout(state, found["id"])

        return forms.Nothing, expire
    if path not in CREATIONS:
        raise _unknown(request)
    return CREATIONS[path]


async def _read(request: Request) -> Body:
    path = request.path_params["path"]
    async with transaction() as state:
        await service.expire_overdue(state)
        if path in COLLECTIONS:
            listing = forms.Listing.model_validate(forms.parse(request.url.query))
            return await service.list_objects(state, COLLECTIONS[path], listing, f"/v1/{path}")
        collection, _, object_id = path.rpartition("/")
        if collection not in COLLECTIONS:
            raise _unknown(request)
        return await service.retrieve(state, COLLECTIONS[collection], object_id)


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


def _unknown(request: Request) -> StripeProblem:
    return StripeProblem(f"Unrecognized request URL ({request.method}: /v1/{request.path_params['path']}).", status=404)


def _refuse(problem: StripeProblem) -> Response:
    body: dict[str, Any] = problem.body
    return JSONResponse(body, status_code=problem.status)
