"""The way to the payment page and back (P1, P3, L9)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.accounts.models import Role
from autodoctor.audit import service as audit
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import FieldError, NotFound, Unauthenticated, ValidationFailed
from autodoctor.core.settings import get_settings
from autodoctor.intake import queries as intakes
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import CheckoutSession, NewCheckout
from autodoctor.matching import queries as requests
from autodoctor.matching.service import ConsultationOpen
from autodoctor.payments.fulfilment import Fulfilled, find_fulfilled, fulfil_checkout
from autodoctor.payments.models import Payment
from autodoctor.plans.catalog import CURRENCY, Plan, find_plan
from autodoctor.words import _

OPEN_FOR = timedelta(minutes=32)
"""From the begun minute. Stripe takes no checkout that is open for less than 30 minutes when it hears of it."""


@dataclass(frozen=True)
class Checkout:
    """A page where one can pay."""

    id: str
    url: str


async def begin(caller: Caller | None, plan_code: str, intake_id: uuid.UUID | None = None) -> Checkout:
    """Open a checkout for a plan. Two calls in the same minute open one: a double click pays once.

    Raises ConsultationOpen while the customer has an open consultation (L9), ValidationFailed for an unknown plan, NotFound
    for somebody else's intake, ProviderUnavailable. Makes its own transaction, which is over when Stripe is called.
    """
    customer = require_customer(caller)
    plan = known_plan(plan_code)
    async with reading() as db:
        await _require_none_open(db, customer)
        if intake_id:
            await intakes.owned(db, customer.user_id, intake_id)
        paid_before = await _count_payments(db, customer)
    cancelled = f"{get_settings().app_url}/pricing?cancelled=1"
    new = new_checkout(customer, plan, intake_id, cancel_url=cancelled, expires_at=open_until(clock.now()))
    made = await stripe.create_checkout(new, key=key_of(new, paid_before))
    return Checkout(id=made.id, url=page_of(made))


async def resolve(callers: Sequence[Caller], checkout_id: str) -> Fulfilled:
    """The customer came back, or an administrator lends a hand: fulfil the checkout if it is paid (P3).

    Raises NotFound for one that is neither known nor the caller's own, NotPaid, ProviderUnavailable.
    """
    if not callers:
        raise Unauthenticated
    async with reading() as db:
        found = await find_fulfilled(db, checkout_id)
    if found:
        _acting(callers, str(found.customer_id))
        return found
    checkout = await stripe.retrieve_checkout(checkout_id)
    acting = _acting(callers, checkout.metadata.get("user"))
    async with unit_of_work() as db:
        done = await fulfil_checkout(db, checkout)
        if acting.role is Role.admin:
            await audit.record(db, acting.user_id, "fulfil_checkout", "checkout", checkout_id)
    return done


def known_plan(code: str) -> Plan:
    """The plan of this code. Raises ValidationFailed when there is none."""
    plan = find_plan(code)
    if plan is None:
        raise ValidationFailed(FieldError("plan", _("There is no such plan.")))
    return plan


async def _require_none_open(db: AsyncSession, customer: Caller) -> None:
    if await requests.has_unscheduled_open(db, customer.user_id):
        raise ConsultationOpen


async def _count_payments(db: AsyncSession, customer: Caller) -> int:
    return await db.scalar(sa.select(sa.func.count()).where(col(Payment.customer_id) == customer.user_id)) or 0


def open_until(now: datetime) -> datetime:
    """When a checkout that is opened now closes."""
    return now.replace(second=0, microsecond=0) + OPEN_FOR


def page_of(made: CheckoutSession) -> str:
    """Where one pays, or, for one that is paid already, where that leads."""
    return made.url or success_url().replace("{CHECKOUT_SESSION_ID}", made.id)


def new_checkout(
    customer: Caller, plan: Plan, intake_id: uuid.UUID | None, *, cancel_url: str, expires_at: datetime, booking_id: uuid.UUID | None = None
) -> NewCheckout:
    """What a plan is sold by. Its metadata says, when it is paid, who bought what, and which slot is held for it."""
    named = {"intake": intake_id, "booking": booking_id}
    return NewCheckout(
        name=f"{plan.name}, {plan.minutes} minutes",
        amount_cents=plan.price_cents,
        currency=CURRENCY,
        price_id=getattr(get_settings(), plan.price_setting) or None,
        customer_email=customer.email,
        reference=str(customer.user_id),
        metadata={"plan": plan.code.value, "user": str(customer.user_id), **{name: str(each) for name, each in named.items() if each}},
        success_url=success_url(),
        cancel_url=cancel_url,
        expires_at=expires_at,
        allow_promotion_codes=get_settings().takes_promotion_codes,
        automatic_tax=get_settings().stripe_tax,
    )


def success_url() -> str:
    """Stripe puts the checkout's id in place of the braces."""
    return f"{get_settings().app_url}/checkout/success?session_id={{CHECKOUT_SESSION_ID}}"


def key_of(new: NewCheckout, paid_before: int) -> str:
    """The same for the same checkout in the same minute, and another one after each payment."""
    content = repr((sorted(asdict(new).items()), paid_before))
    return f"checkout:{hashlib.sha256(content.encode()).hexdigest()}"


def _acting(callers: Sequence[Caller], customer_id: str | None) -> Caller:
    """Who of the callers may know of this checkout: its customer, or an administrator."""
    for caller in callers:
        if caller.role is Role.admin or str(caller.user_id) == customer_id:
            return caller
    raise NotFound(_("We couldn't find this payment."))
