"""Money that an administrator gives back (P4): in full or in part, with a reason, written down with who did it.

`prepare` says what would become of it without doing anything; `refund_session` does it. Both hold to the same rule: the plan goes back
before the extensions, and a tip, which is all its mechanic's, only with everything else or when nothing else is left.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.queries import customer_profile
from autodoctor.audit import service as audit
from autodoctor.core.errors import FieldError, InvalidTransition, NotFound, ValidationFailed, sure
from autodoctor.core.ids import new_id
from autodoctor.core.settings import get_settings
from autodoctor.core.text import one_line
from autodoctor.notifications.service import send_mail
from autodoctor.notifications.wording import money
from autodoctor.payments import kept, refunds, rules
from autodoctor.payments.models import Payment, PaymentPurpose, Refund, RefundStatus
from autodoctor.payments.refunding import hold
from autodoctor.payments.refusals import NothingLeft
from autodoctor.plans.rules import split
from autodoctor.sessions import queries as sessions
from autodoctor.words import _

LONGEST_REASON = 200
KEY = "by_hand"


@dataclass(frozen=True)
class Prepared:
    """What a refund would do. Cents: `left_cents` can go back in all, `cents` of it would; `share_cents` is the mechanic's part of what is
    kept, tips included, before it and after it.
    """

    left_cents: int
    cents: int
    share_cents: int
    share_after_cents: int


@dataclass(frozen=True)
class RefundedByHand:
    """`refund_ids` in the order of the payments; `cents` together. `is_new` is False for a click that came twice."""

    refund_ids: list[uuid.UUID]
    cents: int
    is_new: bool


@dataclass(frozen=True)
class _Part:
    payment: Payment
    gone_cents: int
    cents: int = 0

    @property
    def left_cents(self) -> int:
        return max(0, self.payment.amount_cents - self.gone_cents)


async def prepare(db: AsyncSession, admin: Caller | None, session_id: uuid.UUID, amount_cents: int | None = None) -> Prepared:
    """What giving back `amount_cents` (None: all that is left) of a session would do. Nothing is changed.

    Raises Forbidden, NotFound, NothingLeft, ValidationFailed at `amountCents`.
    """
    require_admin(admin)
    found = await _parts(db, session_id, await refunds.seen_payments_of(db, session_id))
    parts = _spread(found, amount_cents)
    left, cents = (sum(amounts) for amounts in ([each.left_cents for each in parts], [each.cents for each in parts]))
    return Prepared(left, cents, _share(found), _share(parts))


async def refund_session(
    db: AsyncSession, admin: Caller | None, session_id: uuid.UUID, *, amount_cents: int | None, reason: str, key: uuid.UUID | None = None
) -> RefundedByHand:
    """Give back `amount_cents` (None: all that is left) of what was paid for a session; its customer is told by mail, with the reason.

    The same `key` a second time (a double click) changes nothing and answers what was done. Raises Forbidden, NotFound, NothingLeft,
    ValidationFailed at `amountCents` or `reason`.
    """
    actor, why, once = require_admin(admin), _reason(reason), key or new_id()
    held = await refunds.payments_of(db, session_id)
    if before := await _done(db, session_id, once):
        return before
    parts = _spread(await _parts(db, session_id, held), amount_cents)
    made: list[Refund] = []
    for part in parts:
        if part.cents:
            name = f"{KEY}:{once}:{part.payment.id}"
            asked = await refunds.request_refund(db, part.payment, key=name, reason=why, amount_cents=part.cents, actor_id=actor.user_id)
            made.append(sure(asked, "the rows are held, and what is left was counted"))
    done = _told(made, is_new=True)
    await _mail(db, session_id, held[0].customer_id, done.cents, why, once)
    await audit.record(db, actor.user_id, "refund", "session", session_id, amount_cents=done.cents, reason=why)
    return done


async def retry_refund(db: AsyncSession, admin: Caller | None, refund_id: uuid.UUID) -> Refund:
    """Begin a refund anew that Stripe couldn't bring. Raises Forbidden, NotFound, InvalidTransition for one that didn't fail."""
    actor = require_admin(admin)
    payment = await hold(db, col(Payment.id) == sa.select(col(Refund.payment_id)).where(col(Refund.id) == refund_id).scalar_subquery())
    refund = await db.scalar(sa.select(Refund).where(col(Refund.id) == refund_id).execution_options(populate_existing=True))
    if payment is None or refund is None:
        raise NotFound(_("We couldn't find this refund."))
    if refund.status is not RefundStatus.failed:
        raise InvalidTransition(_("This refund is on its way already."))
    await refunds.retry(db, refund, payment)
    await audit.record(db, actor.user_id, "retry_refund", "refund", refund_id, amount_cents=refund.amount_cents, tries=refund.tries)
    return refund


def _reason(text: str) -> str:
    reason = one_line(text)
    if not reason:
        raise ValidationFailed(FieldError("reason", _("Please say why: the customer reads it in the mail.")))
    if len(reason) > LONGEST_REASON:
        raise ValidationFailed(FieldError("reason", _("Please use at most {number} characters.", number=LONGEST_REASON)))
    return reason


async def _parts(db: AsyncSession, session_id: uuid.UUID, payments: Sequence[Payment]) -> list[_Part]:
    if not payments:
        await sessions.view(db, session_id)  # NotFound
    return [_Part(payment, await kept.gone_of(db, payment)) for payment in payments]


def _spread(found: Sequence[_Part], amount_cents: int | None) -> list[_Part]:
    """Raises NothingLeft, ValidationFailed."""
    left = sum(each.left_cents for each in found)
    without_tips = sum(each.left_cents for each in found if not _is_tip(each.payment))
    if not left:
        raise NothingLeft
    cents = left if amount_cents is None else amount_cents
    if cents <= 0:
        raise ValidationFailed(FieldError("amountCents", _("Please give an amount above zero.")))
    if cents > left:
        raise ValidationFailed(FieldError("amountCents", _("Only {amount} is left to go back.", amount=money(left))))
    if without_tips and without_tips < cents < left:
        words = _("Up to {amount} can go back without the tip, or {left} with all of it.", amount=money(without_tips), left=money(left))
        raise ValidationFailed(FieldError("amountCents", words))
    parts = rules.spread(cents, [each.left_cents for each in found])
    return [_Part(each.payment, each.gone_cents, part) for each, part in zip(found, parts, strict=True)]


def _share(parts: Sequence[_Part]) -> int:
    """The mechanic's part of what is kept once `cents` of each are gone: four fifths, and tips whole."""
    left = [(_is_tip(each.payment), _kept(each)) for each in parts]
    return split(sum(cents for is_tip, cents in left if not is_tip)).share_cents + sum(cents for is_tip, cents in left if is_tip)


def _kept(part: _Part) -> int:
    amount, tax = part.payment.amount_cents, part.payment.tax_cents
    return rules.kept(amount_cents=amount, tax_cents=tax, gone_cents=part.gone_cents + part.cents)


def _is_tip(payment: Payment) -> bool:
    return payment.purpose is PaymentPurpose.tip


async def _done(db: AsyncSession, session_id: uuid.UUID, key: uuid.UUID) -> RefundedByHand | None:
    """What this key has done before. The payments' rows are held, so that two of the same key come one after the other."""
    query = sa.select(Refund).join(Payment, col(Payment.id) == col(Refund.payment_id)).where(col(Payment.session_id) == session_id)
    made = (
        await db.scalars(query.where(col(Refund.key).startswith(f"{KEY}:{key}:")).order_by(col(Refund.created_at), col(Refund.id)))
    ).all()
    return _told(made, is_new=False) if made else None


def _told(made: Sequence[Refund], *, is_new: bool) -> RefundedByHand:
    return RefundedByHand([each.id for each in made], sum(each.amount_cents for each in made), is_new)


async def _mail(db: AsyncSession, session_id: uuid.UUID, customer_id: uuid.UUID, cents: int, reason: str, key: uuid.UUID) -> None:
    customer = await customer_profile(db, customer_id)
    await send_mail(
        db,
        template="refund_made",
        to=customer.email,
        key=f"refund_made:{session_id}:{key}",
        name=customer.full_name,
        amount_cents=cents,
        reason=reason,
        link=f"{get_settings().app_url}/customer/sessions/{session_id}",
    )
