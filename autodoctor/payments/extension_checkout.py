"""The way to the payment page of ten more minutes, and the end of it when nobody pays (M4, docs/decisions/0012).

One open checkout a session: the row is written first, then Stripe is called under its key, so that however often and wherever
somebody clicks, they are led to the same page and can pay there once.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.core import clock, events, outbox
from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import CheckoutSession, NewCheckout
from autodoctor.payments.checkout import open_until, page_of, success_url
from autodoctor.payments.extending import KIND
from autodoctor.payments.models import Extension, ExtensionStatus
from autodoctor.plans.catalog import CURRENCY, EXTENSION_MINUTES, PLANS, Plan, PlanCode
from autodoctor.scheduling.holding import EXPIRE_CHECKOUT
from autodoctor.sessions import queries as sessions
from autodoctor.sessions import status as session_status
from autodoctor.sessions.facts import SessionEnded
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import Party
from autodoctor.sessions.rules import SessionStatus
from autodoctor.words import _


async def begin(caller: Caller, session_id: uuid.UUID) -> str:
    """Where ten more minutes of a live session are paid for. While that page is open, it is the same for every click.

    Raises NotFound for a stranger's session, Forbidden for the mechanic, InvalidTransition when the session isn't live or its clock
    stands still, ProviderUnavailable. Makes its own transactions; none is open while Stripe is called.
    """
    async with unit_of_work() as db:
        taking_part = await _require_live(db, caller, session_id)
        on_sale = await _on_sale(db, taking_part)
    if on_sale.checkout_id:
        found = await stripe.retrieve_checkout(on_sale.checkout_id)
        if found.status != "expired":
            return page_of(found)
        async with unit_of_work() as db:  # it has ended at Stripe, and the event that tells of it isn't here yet
            taking_part = await _require_live(db, caller, session_id)
            await close(db, on_sale.id)
            on_sale = await _on_sale(db, taking_part)
    return await _open(caller, taking_part, on_sale)


async def _open(caller: Caller, taking_part: Party, on_sale: Extension) -> str:
    """Also for somebody who clicks while the first click is under way: under the same key Stripe answers the same checkout."""
    try:
        made = await stripe.create_checkout(_checkout_of(caller, taking_part, on_sale), key=f"checkout:extension:{on_sale.id}")
    except Exception:
        async with unit_of_work() as db:
            await close(db, on_sale.id)
        raise
    async with unit_of_work() as db:
        is_open = await _note(db, on_sale.id, made)
    if not is_open:
        raise InvalidTransition(_("This session is over."))
    return page_of(made)


async def _require_live(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> Party:
    """Who buys, with the session held. Raises as `begin` does."""
    if (await sessions.party(db, [caller], session_id)).role is not ParticipantRole.customer:
        raise Forbidden(_("The customer buys more time."))
    require_customer(caller)
    await session_status.locked(db, session_id)
    taking_part = await sessions.party(db, [caller], session_id)
    if taking_part.status is not SessionStatus.live:
        raise InvalidTransition(_("More time can be bought while the session is live."))
    if taking_part.is_mechanic_away:
        raise InvalidTransition(_("Your clock stands still until your mechanic is back. You lose no time."))
    return taking_part


async def _on_sale(db: AsyncSession, taking_part: Party) -> Extension:
    """The session's open extension; a new one where there is none, or where its time to pay has run out."""
    is_open = (col(Extension.session_id) == taking_part.session_id, col(Extension.status) == ExtensionStatus.open)
    found = await db.scalar(sa.select(Extension).where(*is_open))
    if found and found.expires_at > clock.now():
        return found
    if found:
        await close(db, found.id)
    plan = _plan_of(taking_part)
    made = Extension(
        session_id=taking_part.session_id,
        customer_id=taking_part.caller.user_id,
        minutes=EXTENSION_MINUTES,
        amount_cents=plan.extension_cents,
        expires_at=open_until(clock.now()),
    )
    db.add(made)
    await db.flush()
    return made


async def _note(db: AsyncSession, extension_id: uuid.UUID, made: CheckoutSession) -> bool:
    """Where it is paid for. False when it was closed while Stripe was asked: then nobody is to pay there."""
    this = (col(Extension.id) == extension_id, col(Extension.status) != ExtensionStatus.closed)
    noted = await db.execute(sa.update(Extension).where(*this).values(checkout_id=made.id))
    if noted.rowcount == 0:  # type: ignore[attr-defined]
        await _expire(db, made.id)
        return False
    return True


async def close(db: AsyncSession, extension_id: uuid.UUID) -> None:
    """It can't be paid for any more, and its payment page says so. Without effect for one that was paid or closed before."""
    this = (col(Extension.id) == extension_id, col(Extension.status) == ExtensionStatus.open)
    closing = sa.update(Extension).where(*this).values(status=ExtensionStatus.closed).returning(col(Extension.checkout_id))
    if checkout_id := await db.scalar(closing):
        await _expire(db, checkout_id)


@events.subscribe(SessionEnded)
async def close_with_session(db: AsyncSession, fact: SessionEnded) -> None:
    """Nobody shall pay for time that can't be had any more."""
    is_open = (col(Extension.session_id) == fact.session_id, col(Extension.status) == ExtensionStatus.open)
    for extension_id in await db.scalars(sa.select(col(Extension.id)).where(*is_open)):
        await close(db, extension_id)


async def _expire(db: AsyncSession, checkout_id: str) -> None:
    await outbox.enqueue(db, EXPIRE_CHECKOUT, key=f"{EXPIRE_CHECKOUT}:{checkout_id}", payload={"checkout_id": checkout_id})


def _checkout_of(caller: Caller, taking_part: Party, on_sale: Extension) -> NewCheckout:
    """The same for the same extension, whenever it is asked for. Whoever turns back from paying is in the room again."""
    plan = _plan_of(taking_part)
    settings = get_settings()
    return NewCheckout(
        name=f"{on_sale.minutes} more minutes of {plan.name}",
        amount_cents=on_sale.amount_cents,
        currency=CURRENCY,
        price_id=None,
        customer_email=caller.email,
        reference=str(on_sale.customer_id),
        metadata={"kind": KIND, "user": str(on_sale.customer_id), "session": str(on_sale.session_id), "extension": str(on_sale.id)},
        success_url=success_url(),
        cancel_url=f"{settings.app_url}/{plan.room}/{on_sale.session_id}",
        expires_at=on_sale.expires_at,
        allow_promotion_codes=settings.takes_promotion_codes,
        automatic_tax=settings.stripe_tax,
    )


def _plan_of(taking_part: Party) -> Plan:
    return PLANS[PlanCode(taking_part.plan)]
