"""The parameters of each call that the sandbox takes, checked as Stripe checks them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


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
    tax_behavior: Literal["exclusive"] | None = None


class LineItem(Params):
    quantity: int = Field(default=1, ge=1)
    price: str | None = None
    price_data: PriceData | None = None


class PaymentIntentData(Params):
    metadata: Metadata = {}


class AutomaticTax(Params):
    enabled: bool = False


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
    allow_promotion_codes: bool = False
    automatic_tax: AutomaticTax = AutomaticTax()


class NewRefund(Params):
    payment_intent: str | None = None
    charge: str | None = None
    amount: int | None = Field(default=None, ge=1)
    reason: Literal["duplicate", "fraudulent", "requested_by_customer"] | None = None
    metadata: Metadata = {}


class NewTransfer(Params):
    amount: int = Field(ge=1)
    currency: str = Field(pattern="^[a-z]{3}$")
    destination: str
    transfer_group: str | None = Field(default=None, max_length=200)
    source_transaction: str | None = None
    metadata: Metadata = {}


class NewReversal(Params):
    amount: int | None = Field(default=None, ge=1)
    metadata: Metadata = {}


class NewAccount(Params):
    type: Literal["standard"]
    email: str | None = None
    metadata: Metadata = {}


class NewAccountLink(Params):
    account: str
    refresh_url: str
    return_url: str
    type: Literal["account_onboarding"]


class Reading(Params):
    """What may be asked of one object: to have others, named by their fields, in it."""

    expand: list[str] = []


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
    transfer_group: str | None = None
    source: str | None = None
    transfer: str | None = None


def numbers_in_order(bounds: Created) -> Iterable[tuple[str, int]]:
    """The given bounds as comparisons of SQL."""
    for name, sign in (("gt", ">"), ("gte", ">="), ("lt", "<"), ("lte", "<=")):
        value = getattr(bounds, name)
        if value is not None:
            yield sign, value
