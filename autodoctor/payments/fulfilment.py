"""From a paid checkout to a consultation: exactly one session and one request, whoever comes first (P3, L9).

The webhook, the customer's return, the healing job and the command line all call `fulfil_checkout`. The unique keys of
`payments.stripe_session_id` and `sessions.stripe_session_id` decide between them, and the partial unique index on open
requests decides between two checkouts of one customer.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.queries import CustomerProfile, customer_profile
from autodoctor.core.db import savepoint
from autodoctor.core.errors import NotFound, sure
from autodoctor.core.ids import parse_id
from autodoctor.core.settings import get_settings
from autodoctor.intake import queries as intakes
from autodoctor.intake.models import Intake
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.matching import service as matching
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.service import ConsultationOpen
from autodoctor.notifications.links import receipt_link
from autodoctor.notifications.service import send_mail
from autodoctor.payments import extending, refunds, tipping
from autodoctor.payments.kept import GONE
from autodoctor.payments.models import Extension, ExtensionStatus, Payment, PaymentPurpose
from autodoctor.payments.receiving import receive
from autodoctor.payments.refusals import NotOurCheckout, NotPaid
from autodoctor.plans.catalog import CURRENCY, Plan, SessionType, find_plan
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling import mails as booking_mails
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session
from autodoctor.sessions.service import Appointment

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class MoreTime:
    """What a paid extension became: minutes in this kind of room, or 0 when it came too late and goes back."""

    added_minutes: int
    session_type: SessionType


@dataclass(frozen=True)
class Fulfilled:
    """What a paid checkout became. Without a request it is booked for its time (L8), or was paid for nothing and goes back (L9).

    `extension` is set for more time in a session that was there before (M4), `tip_cents` for a customer's thanks after one: 0 when it
    goes back.
    """

    session_id: uuid.UUID
    request_id: uuid.UUID | None
    customer_id: uuid.UUID
    scheduled_for: datetime | None = None
    extension: MoreTime | None = None
    tip_cents: int | None = None


@dataclass(frozen=True)
class _Order:
    """A paid checkout of ours: who bought what."""

    checkout: CheckoutSession
    plan: Plan
    customer: CustomerProfile

    @property
    def amount_cents(self) -> int:
        """What was paid; a checkout of ours without an amount doesn't occur."""
        return self.plan.price_cents if self.checkout.amount_total is None else self.checkout.amount_total

    @property
    def currency(self) -> str:
        return self.checkout.currency or CURRENCY


async def fulfil_checkout(db: AsyncSession, checkout: CheckoutSession) -> Fulfilled:
    """Make the session and the request of a paid checkout, or answer those that it has. Raises NotPaid, NotOurCheckout."""
    if found := await find_fulfilled(db, checkout.id):
        return found
    if not checkout.is_paid:
        raise NotPaid
    try:
        if add := _ADDITIONS.get(checkout.metadata.get("kind", "")):
            return await _add_to_session(db, checkout, add)
        return await _open_or_refuse(db, await _read_order(db, checkout))
    except IntegrityError:  # somebody else has just fulfilled it and committed
        if found := await find_fulfilled(db, checkout.id):
            return found
        raise


_ADDITIONS: Mapping[str, Callable[[AsyncSession, CheckoutSession], Awaitable[None]]] = {
    extending.KIND: extending.extend_paid,
    tipping.KIND: tipping.tip_paid,
}
"""What is bought for a session that is there already, by what its metadata call it."""


async def _add_to_session(
    db: AsyncSession, checkout: CheckoutSession, add: Callable[[AsyncSession, CheckoutSession], Awaitable[None]]
) -> Fulfilled:
    async with savepoint(db):
        await add(db, checkout)
    return sure(await find_fulfilled(db, checkout.id), "what was just written is there")


async def find_fulfilled(db: AsyncSession, checkout_id: str) -> Fulfilled | None:
    """What a checkout became, or None when it was not fulfilled."""
    query = (
        sa.select(
            col(Payment.session_id),
            col(SessionRequest.id),
            col(Payment.customer_id),
            col(Session.scheduled_for),
            col(Session.type),
            Extension,
            col(Payment.purpose),
            col(Payment.amount_cents) - GONE,
        )
        .join(Session, col(Session.id) == col(Payment.session_id))
        .outerjoin(Extension, col(Extension.checkout_id) == col(Payment.stripe_session_id))
        .outerjoin(SessionRequest, col(SessionRequest.session_id) == col(Payment.session_id))
        .where(col(Payment.stripe_session_id) == checkout_id)
    )
    found = (await db.execute(query)).one_or_none()
    if found is None:
        return None
    session_id, request_id, customer_id, scheduled_for, session_type, extension, purpose, kept_cents = found.tuple()
    return Fulfilled(
        session_id,
        request_id,
        customer_id,
        scheduled_for,
        extension=_more_time(extension, session_type) if extension else None,
        tip_cents=kept_cents if purpose is PaymentPurpose.tip else None,
    )


def _more_time(extension: Extension, session_type: SessionType) -> MoreTime:
    return MoreTime(extension.minutes if extension.status is ExtensionStatus.paid else 0, session_type)


async def _read_order(db: AsyncSession, checkout: CheckoutSession) -> _Order:
    plan, customer_id = find_plan(checkout.metadata.get("plan")), parse_id(checkout.metadata.get("user"))
    if plan is None or customer_id is None:
        raise NotOurCheckout
    try:
        return _Order(checkout, plan, await customer_profile(db, customer_id))
    except NotFound as error:
        raise NotOurCheckout from error


async def _open_or_refuse(db: AsyncSession, order: _Order) -> Fulfilled:
    if "booking" in order.checkout.metadata:
        async with savepoint(db):
            return await _book(db, order)
    try:
        async with savepoint(db):
            return await _open(db, order)
    except ConsultationOpen:
        async with savepoint(db):
            return await _refuse_second(db, order)


async def _open(db: AsyncSession, order: _Order) -> Fulfilled:
    customer = order.customer
    session = await _create_session(db, order)
    if intake := await _intake_of(db, order):
        await sessions.attach_intake(db, session.id, intake)
    request = await matching.open_request(db, session, customer_name=customer.full_name, customer_email=customer.email)
    await _receive(db, order, session)
    await send_mail(
        db,
        template="receipt",
        to=customer.email,
        key=f"receipt:{session.id}",
        name=customer.full_name,
        plan_name=order.plan.name,
        amount_cents=order.amount_cents,
        currency=order.currency,
        discount_cents=order.checkout.discount_cents,
        tax_cents=order.checkout.tax_cents,
        receipt_link=receipt_link(session.id),
        link=_dashboard(),
    )
    log.info("checkout fulfilled", checkout_id=order.checkout.id, session_id=str(session.id))
    return Fulfilled(session.id, request.id, customer.id)


async def _refuse_second(db: AsyncSession, order: _Order) -> Fulfilled:
    """Paid although a consultation is open: the money goes back at once (L9)."""
    session = await _give_back(db, order, key="duplicate", reason="another consultation was open")
    await _mail_refused(db, order, "duplicate_payment_refunded", key=f"duplicate:{session.id}", link=_dashboard())
    log.info("second payment refunded", checkout_id=order.checkout.id, session_id=str(session.id))
    return Fulfilled(session.id, None, order.customer.id)


async def _book(db: AsyncSession, order: _Order) -> Fulfilled:
    """Paid for a slot: it is booked, and a request only at its time (L8). Where it can no longer be, the money goes back."""
    booking_id = parse_id(order.checkout.metadata["booking"])
    booking = booking_id and await bookings.confirm(db, booking_id, customer_id=order.customer.id, checkout_id=order.checkout.id)
    if not booking:
        return await _refuse_lost(db, order)
    session = await _create_session(db, order, Appointment(booking.session_id, booking.starts_at, booking.ends_at))
    if intake := await _intake_of(db, order):
        await sessions.attach_intake(db, session.id, intake)
    await _receive(db, order, session)
    sums = {"discount_cents": order.checkout.discount_cents, "tax_cents": order.checkout.tax_cents}
    await booking_mails.confirmed(db, booking, amount_cents=order.amount_cents, currency=order.currency, **sums)
    log.info("booking paid", checkout_id=order.checkout.id, session_id=str(session.id))
    return Fulfilled(session.id, None, order.customer.id, booking.starts_at)


async def _refuse_lost(db: AsyncSession, order: _Order) -> Fulfilled:
    """Paid for a slot that was released meanwhile and isn't free any more: the money goes back at once (L8, P4)."""
    session = await _give_back(db, order, key="slot", reason="the booked time was gone")
    link, plan_name = f"{get_settings().app_url}/customer/schedule?plan={order.plan.code.value}", order.plan.name
    await _mail_refused(db, order, "slot_lost_refunded", key=f"slot_lost:{session.id}", link=link, plan_name=plan_name)
    log.info("payment for a lost slot refunded", checkout_id=order.checkout.id, session_id=str(session.id))
    return Fulfilled(session.id, None, order.customer.id)


async def _mail_refused(db: AsyncSession, order: _Order, template: str, *, key: str, link: str, **more: str) -> None:
    """What was paid for nothing goes back, the customer reads."""
    to, name, amount_cents = order.customer.email, order.customer.full_name, order.amount_cents
    await send_mail(db, template=template, to=to, key=key, name=name, amount_cents=amount_cents, link=link, **more)


async def _give_back(db: AsyncSession, order: _Order, *, key: str, reason: str) -> Session:
    """Paid for nothing: kept as a payment on a cancelled session, and refunded at once."""
    session = await _create_session(db, order)
    await sessions.cancel(db, session.id, actor_id=None, reason=reason)
    payment = await _receive(db, order, session)
    await refunds.request_refund(db, payment, key=f"refund:{payment.id}:{key}", reason=reason)
    return session


async def _create_session(db: AsyncSession, order: _Order, appointment: Appointment | None = None) -> Session:
    return await sessions.create_paid(
        db,
        customer_id=order.customer.id,
        plan=order.plan,
        stripe_session_id=order.checkout.id,
        price_cents=order.amount_cents,
        appointment=appointment,
    )


async def _receive(db: AsyncSession, order: _Order, session: Session) -> Payment:
    return await receive(
        db,
        order.checkout,
        PaymentPurpose.plan,
        session_id=session.id,
        customer_id=order.customer.id,
        amount_cents=order.amount_cents,
        currency=order.currency,
    )


async def _intake_of(db: AsyncSession, order: _Order) -> Intake | None:
    """The description that was named at the checkout, else the newest one that waits for a checkout."""
    if intake_id := parse_id(order.checkout.metadata.get("intake")):
        try:
            return await intakes.owned(db, order.customer.id, intake_id)
        except NotFound:
            log.warning("the checkout names an unknown intake", checkout_id=order.checkout.id)
    return await intakes.latest_unlinked(db, order.customer.id)


def _dashboard() -> str:
    return f"{get_settings().app_url}/customer/dashboard"
