"""What counts as Stripe's word, and what becomes of it (P2)."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.delivery import sign
from autodoctor.integrations.stripe.objects import BadSignature
from autodoctor.payments.inbox_models import StripeEvent
from autodoctor.payments.models import Payment
from autodoctor.sessions.models import Session
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import completed, event, in_stripes_form, paid, receive, tell
from tests.people import a_customer

UNPAID = {"payment_status": "unpaid", "payment_intent": None}
STORED_ONLY = [
    "payment_intent.succeeded",
    "transfer.created",
    "payout.paid",
    "unicorn.sighted",
]


@pytest.mark.parametrize("signature", [None, "", "t=1", "nonsense", "t=x,v1=y", "t=1772442000,v1=" + "0" * 64])
async def test_a_bad_signature_is_refused_and_nothing_is_stored(database: str, fixed_clock: Clock, signature: str | None) -> None:
    with pytest.raises(BadSignature):
        await receive(completed(paid(await a_customer())), signature)
    assert (await rows_of(StripeEvent), await rows_of(Session)) == ([], [])


async def test_a_signature_is_good_for_its_own_body_only(database: str) -> None:
    body = completed(paid(await a_customer()))
    with pytest.raises(BadSignature):
        await receive(body.replace(b"999", b"1"), sign(body.decode()))


@pytest.mark.parametrize(("age_s", "is_taken"), [(299, True), (301, False)])
async def test_an_old_signature_is_refused(database: str, fixed_clock: Clock, age_s: int, is_taken: bool) -> None:
    body = completed(paid(await a_customer()))
    signature = sign(body.decode())
    fixed_clock.advance(seconds=age_s)
    if is_taken:
        await receive(body, signature)
    else:
        with pytest.raises(BadSignature):
            await receive(body, signature)
    assert len(await rows_of(Session)) == is_taken


async def test_the_endpoint_for_connected_accounts_signs_with_a_secret_of_its_own(database: str, settings_env: pytest.MonkeyPatch) -> None:
    def with_secrets(**secrets: str) -> None:
        for name, value in secrets.items():
            settings_env.setenv(name, value)
        get_settings.cache_clear()

    body = event("unicorn.sighted", {"id": "u_1"})
    with_secrets(STRIPE_WEBHOOK_SECRET="whsec_connected")
    signature = sign(body.decode())
    with_secrets(STRIPE_WEBHOOK_SECRET="whsec_own")
    with pytest.raises(BadSignature):
        await receive(body, signature)
    with_secrets(STRIPE_CONNECT_WEBHOOK_SECRET="whsec_connected")
    await receive(body, signature)
    await receive(event("unicorn.seen", {"id": "u_2"}, "evt_2"), sign(event("unicorn.seen", {"id": "u_2"}, "evt_2").decode()))
    assert {each.type for each in await rows_of(StripeEvent)} == {"unicorn.sighted", "unicorn.seen"}


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"id": "evt_1", "type": "x", "data": 5}'])
async def test_a_signed_body_that_is_no_event_is_refused(database: str, body: bytes) -> None:
    with pytest.raises(BadSignature):
        await receive(body, sign(body.decode("latin-1")))


@pytest.mark.parametrize("kind", STORED_ONLY)
async def test_other_events_are_stored_and_acknowledged(database: str, kind: str) -> None:
    await tell(event(kind, {"id": "obj_1"}))
    (stored,) = await rows_of(StripeEvent)
    assert (stored.id, stored.type, stored.processed_at is not None) == ("evt_1", kind, True)


async def test_a_slow_payment_is_fulfilled_when_it_arrives_in_either_order(database: str) -> None:
    customer = await a_customer()
    unpaid = completed(paid(customer, **UNPAID), "evt_1")
    arrived = completed(paid(customer), "evt_2").replace(b"session.completed", b"session.async_payment_succeeded")
    await tell(unpaid)
    assert await rows_of(Session) == []
    await tell(arrived)
    await tell(unpaid)
    await tell(completed(paid(customer, **UNPAID), "evt_3"))
    assert (len(await rows_of(Session)), len(await rows_of(Payment))) == (1, 1)


@pytest.mark.parametrize("kind", ["checkout.session.expired", "checkout.session.async_payment_failed"])
async def test_a_checkout_that_came_to_nothing_is_noted(database: str, kind: str) -> None:
    about: dict[str, Any] = in_stripes_form(paid(await a_customer(), status="expired", **UNPAID))
    await tell(event(kind, about))
    (stored,) = await rows_of(StripeEvent)
    assert (stored.processed_at is not None, await rows_of(Session)) == (True, [])


async def test_a_checkout_of_another_shop_is_acknowledged(database: str) -> None:
    await tell(completed(paid(await a_customer(), metadata={})))
    (stored,) = await rows_of(StripeEvent)
    assert (stored.processed_at is not None, await rows_of(Session)) == (True, [])
