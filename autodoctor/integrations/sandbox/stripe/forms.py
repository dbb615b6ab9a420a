"""Stripe's way of writing parameters: form-encoded, with brackets for what lies inside (`line_items[0][quantity]=1`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field

from autodoctor.integrations.sandbox.stripe.problems import StripeProblem

_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_INSIDE = re.compile(r"\[([^\[\]]*)\]")


def parse(text: str) -> dict[str, Any]:
    """The parameters as nested dictionaries and lists of text."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        _put(found, _path(name), value)
    return {name: _with_lists(value) for name, value in found.items()}


def _path(name: str) -> list[str]:
    match = _NAME.match(name)
    if match is None:
        raise StripeProblem(f"Invalid parameter name: {name}", code="parameter_unknown", param=name)
    return [match[1], *_INSIDE.findall(match[2])]


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        into = into.setdefault(part or str(len(into)), {})
        if not isinstance(into, dict):
            raise StripeProblem(f"Invalid object: {'.'.join(path)}", param=path[0])
    into[path[-1] or str(len(into))] = value


def _with_lists(value: Any) -> Any:
    """What is numbered throughout is a list."""
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_with_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _with_lists(each) for key, each in value.items()}


class Params(BaseModel):
    """Parameters of a call: one that we don't know is refused, as Stripe does."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Params):
    """A call that says all it has to say by its address."""


Metadata = dict[str, Annotated[str, Field(max_length=500)]]


class ProductData(Params):
    name: str = Field(min_length=1)
    description: str | None = None


class PriceData(Params):
    currency: str = Field(pattern="^[a-z]{3}$")
    unit_amount: int = Field(ge=0)
    product_data: ProductData


class LineItem(Params):
    quantity: int = Field(default=1, ge=1)
    price: str | None = None
    price_data: PriceData | None = None


class PaymentIntentData(Params):
    metadata: Metadata = {}


class NewSession(Params):
    mode: Literal["payment"]
    line_items: list[LineItem] = Field(min_length=1, max_length=100)
    success_url: str
    cancel_url: str | None = None
    client_reference_id: str | None = Field(default=None, max_length=200)
    customer_email: str | None = None
    expires_at: int | None = None
    metadata: Metadata = {}
    payment_intent_data: PaymentIntentData = PaymentIntentData()


class NewRefund(Params):
    payment_intent: str | None = None
    charge: str | None = None
    amount: int | None = Field(default=None, ge=1)
    reason: Literal["duplicate", "fraudulent", "requested_by_customer"] | None = None
    metadata: Metadata = {}


class Created(Params):
    gt: int | None = None
    gte: int | None = None
    lt: int | None = None
    lte: int | None = None


class Listing(Params):
    limit: int = Field(default=10, ge=1, le=100)
    starting_after: str | None = None
    ending_before: str | None = None
    created: Created = Created()
    status: str | None = None
    payment_intent: str | None = None
    charge: str | None = None
    type: str | None = None


def numbers_in_order(bounds: Created) -> Iterable[tuple[str, int]]:
    """The given bounds as comparisons of SQL."""
    for name, sign in (("gt", ">"), ("gte", ">="), ("lt", "<"), ("lte", "<=")):
        value = getattr(bounds, name)
        if value is not None:
            yield sign, value
