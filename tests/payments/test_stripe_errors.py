"""What Stripe's errors become: told apart where somebody does something about it, and an apology everywhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from autodoctor.core.errors import ProviderUnavailable
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import calling
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import (
    BalanceTooLow,
    ChargeDisputed,
    NewTransfer,
    NoSuchAccount,
    NoSuchCheckout,
    NoSuchObject,
    NothingToRefund,
    StripeRefused,
    StripeUnavailable,
    TransferRefused,
)
from tests.servers import free_port
from tests.serving import serving

TRANSFER = NewTransfer(800, "usd", "acct_1", "session-1", None, {})


@dataclass
class Grumpy:
    """A Stripe that says no, and how."""

    status: int = 400
    error: dict[str, Any] = field(default_factory=dict)
    asked: int = 0

    async def answer(self, _request: Request) -> Response:
        self.asked += 1
        return JSONResponse({"error": {"type": "invalid_request_error", "message": "No.", **self.error}}, self.status)


@pytest.fixture
async def grumpy(settings_env: pytest.MonkeyPatch) -> AsyncIterator[Grumpy]:
    port, grumpy = free_port(), Grumpy()
    settings_env.setenv("STRIPE_API_BASE", f"http://127.0.0.1:{port}")
    get_settings.cache_clear()
    async with serving(Starlette(routes=[Route("/v1/{path:path}", grumpy.answer, methods=["GET", "POST"])]), port):
        yield grumpy


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("charge_already_refunded", NothingToRefund),
        ("charge_disputed", ChargeDisputed),
        ("balance_insufficient", BalanceTooLow),
        ("resource_missing", NoSuchObject),
        ("parameter_unknown", StripeRefused),
        (None, StripeRefused),
    ],
)
async def test_a_refused_refund_says_why(grumpy: Grumpy, code: str | None, kind: type[Exception]) -> None:
    grumpy.error = {"code": code}
    with pytest.raises(kind):
        await stripe.create_refund("pi_1", 1, key="1", metadata={})


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"code": "insufficient_capabilities_for_transfer"}, TransferRefused),
        ({"code": "transfers_not_allowed"}, TransferRefused),
        ({"code": "balance_insufficient"}, BalanceTooLow),
        ({"code": "resource_missing", "param": "destination"}, NoSuchAccount),
        ({"code": "resource_missing", "param": "source_transaction"}, NoSuchObject),
    ],
)
async def test_a_refused_transfer_says_why(grumpy: Grumpy, error: dict[str, str], kind: type[Exception]) -> None:
    grumpy.error = error
    with pytest.raises(kind) as raised:
        await stripe.create_transfer(TRANSFER, key="1")
    assert type(raised.value) is kind


async def test_an_account_that_is_no_longer_connected_is_not_found(grumpy: Grumpy) -> None:
    grumpy.status, grumpy.error = 403, {"code": "account_invalid"}
    with pytest.raises(NoSuchAccount):
        await stripe.retrieve_account("acct_1")


async def test_a_checkout_that_is_missing_is_a_checkout(grumpy: Grumpy) -> None:
    grumpy.status, grumpy.error = 404, {"code": "resource_missing"}
    with pytest.raises(NoSuchCheckout):
        await stripe.retrieve_checkout("cs_test_1")


@pytest.mark.parametrize(
    ("status", "code"), [(500, None), (503, None), (429, "rate_limit"), (409, "idempotency_key_in_use"), (429, "lock_timeout")]
)
async def test_what_may_pass_is_worth_another_try(grumpy: Grumpy, monkeypatch: pytest.MonkeyPatch, status: int, code: str | None) -> None:
    monkeypatch.setattr(calling, "RETRIES", 0)
    grumpy.status, grumpy.error = status, {"code": code}
    with pytest.raises(StripeUnavailable):
        await stripe.retrieve_balance()


async def test_a_hiccup_is_tried_once_more(grumpy: Grumpy) -> None:
    grumpy.status = 500
    with pytest.raises(StripeUnavailable):
        await stripe.create_transfer(TRANSFER, key="1")
    assert grumpy.asked == 2


@pytest.mark.parametrize(("status", "code"), [(401, None), (403, None), (400, "parameter_missing"), (402, "card_declined")])
async def test_a_mistake_of_ours_is_an_apology_to_people_and_tells_us_the_code(grumpy: Grumpy, status: int, code: str | None) -> None:
    grumpy.status, grumpy.error = status, {"code": code}
    with pytest.raises(StripeRefused) as raised:
        await stripe.retrieve_balance()
    assert isinstance(raised.value, ProviderUnavailable) and "our mistake" in raised.value.detail
    assert (raised.value.refused_code, raised.value.words) == (code, "No.")
    assert grumpy.asked == 1


async def test_stripe_that_is_not_there_is_told_in_our_words(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    get_settings.cache_clear()
    with pytest.raises(StripeUnavailable):
        await stripe.retrieve_checkout("cs_test_1")
