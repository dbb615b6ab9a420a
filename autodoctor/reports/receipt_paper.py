"""The receipt: what was paid for a session, extensions included, and what went back (P7)."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts import queries as accounts
from autodoctor.core.errors import NotFound
from autodoctor.core.settings import get_settings
from autodoctor.payments import queries as payments
from autodoctor.payments.models import PaymentPurpose, RefundStatus
from autodoctor.payments.queries import PaidView, RefundLine
from autodoctor.plans.catalog import EXTENSION_MINUTES, find_plan
from autodoctor.reports.printing import Paper
from autodoctor.reports.words import UNKNOWN, amount, day, short
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.vehicles.rules import name_of


async def receipt_paper(db: AsyncSession, session_id: uuid.UUID) -> Paper:
    """Who asks has been let into the session before. Raises NotFound where nothing was paid."""
    session = await sessions.view(db, session_id)
    paid = await payments.paid_for(db, session_id)
    if not paid:
        raise NotFound("Nothing was paid for this session.")
    return Paper("receipt", data_of(session, paid, await _email(db, session)), f"receipt-{short(session_id).lower()}.pdf")


async def _email(db: AsyncSession, session: SessionView) -> str:
    try:
        return (await accounts.customer_profile(db, session.customer_id)).email if session.customer_id else ""
    except NotFound:
        return ""


def data_of(session: SessionView, paid: list[PaidView], email: str) -> dict[str, Any]:
    """What the template draws. All payments of a session are in one currency."""
    currency, settings = paid[0].currency, get_settings()
    total = sum(each.amount_cents for each in paid)
    refunds = [line for each in paid for line in each.refunds]
    refunded = sum(line.amount_cents for line in refunds)
    return {
        "top": f"Receipt {short(session.id)}",
        "foot": f"Auto Doctor, {settings.app_url}, {settings.contact_email}",
        "number": f"No. {short(session.id)}",
        "facts": [
            ["Paid by", session.customer_name or UNKNOWN],
            ["E-mail", email or UNKNOWN],
            ["Paid on", day(paid[0].paid_at)],
            ["Vehicle", name_of(session.vehicle_info) or UNKNOWN],
            ["Mechanic", session.mechanic_name or UNKNOWN],
            ["Session", str(session.id)],
        ],
        "paid": [{"what": _what(session, each), "date": day(each.paid_at), "amount": amount(each.amount_cents, currency)} for each in paid],
        "total": amount(total, currency),
        "refunds": [_refund(each, currency) for each in refunds],
        "refunded": amount(-refunded, currency),
        "left": amount(total - refunded, currency),
        "words": "All amounts include everything; nothing is added. Your bank shows a refund within 5 to 10 days after its date."
        if refunds
        else "All amounts include everything; nothing is added.",
    }


def _what(session: SessionView, paid: PaidView) -> str:
    if paid.purpose is PaymentPurpose.extension:
        return f"{EXTENSION_MINUTES} more minutes"
    plan = find_plan(session.plan)
    return f"{plan.name}, {plan.minutes} minutes" if plan else session.plan


def _refund(line: RefundLine, currency: str) -> dict[str, str]:
    state = "" if line.status is RefundStatus.succeeded else " (on its way)"
    reason = line.reason[:1].upper() + line.reason[1:]
    return {"what": f"{reason}{state}", "date": day(line.at), "amount": amount(-line.amount_cents, currency)}
