"""The receipt: what was paid for a session, extensions and tips included, and what went back (P7)."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts import queries as accounts
from autodoctor.core.errors import NotFound
from autodoctor.core.settings import get_settings
from autodoctor.payments import queries as payments
from autodoctor.payments.models import DisputeStatus, PaymentPurpose, RefundStatus
from autodoctor.payments.queries import Bill, PaidView, RefundLine
from autodoctor.plans.catalog import EXTENSION_MINUTES, find_plan
from autodoctor.reports.printing import Paper
from autodoctor.reports.words import UNKNOWN, amount, day, short
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.vehicles.rules import name_of
from autodoctor.words import _


async def receipt_paper(db: AsyncSession, session_id: uuid.UUID) -> Paper:
    """Who asks has been let into the session before. Raises NotFound where nothing was paid."""
    session = await sessions.view(db, session_id)
    bill = await payments.bill(db, session_id)
    if not bill.payments:
        raise NotFound(_("Nothing was paid for this session."))
    return Paper("receipt", data_of(session, bill, await _email(db, session)), f"receipt-{short(session_id).lower()}.pdf")


async def _email(db: AsyncSession, session: SessionView) -> str:
    try:
        return (await accounts.customer_profile(db, session.customer_id)).email if session.customer_id else ""
    except NotFound:
        return ""


_STATE = {RefundStatus.requested: " (on its way)", RefundStatus.waiting: " (waiting for your bank)"}
"""What is said of a refund that hasn't arrived."""


def data_of(session: SessionView, bill: Bill, email: str) -> dict[str, Any]:
    """What the template draws."""
    currency, settings = bill.currency, get_settings()
    given = [line for line in bill.refunds if line.is_given]
    return {
        "top": f"Receipt {short(session.id)}",
        "foot": f"Auto Doctor, {settings.app_url}, {settings.contact_email}",
        "number": f"No. {short(session.id)}",
        "facts": [
            ["Paid by", session.customer_name or UNKNOWN],
            ["E-mail", email or UNKNOWN],
            ["Paid on", day(bill.payments[0].paid_at)],
            ["Vehicle", name_of(session.vehicle_info) or UNKNOWN],
            ["Mechanic", session.mechanic_name or UNKNOWN],
            ["Session", str(session.id)],
        ],
        "paid": [row for each in bill.payments for row in _paid_rows(session, each)],
        "total": amount(bill.paid_cents, currency),
        "refunds": [_refund(each, currency) for each in given] + _given_by_bank(bill),
        "refunded": amount(-(bill.refunded_cents + bill.lost_cents), currency),
        "left": amount(bill.left_cents, currency),
        "words": _words(bill, given),
    }


def _paid_rows(session: SessionView, paid: PaidView) -> list[dict[str, str]]:
    """The price as it is listed, then what was taken off and put on it: together what was paid."""
    rows = [(_what(session, paid), day(paid.paid_at), paid.list_cents)]
    rows += [("Promotion code", "", -paid.discount_cents)] if paid.discount_cents else []
    rows += [("Sales tax", "", paid.tax_cents)] if paid.tax_cents else []
    return [{"what": what, "date": date, "amount": amount(cents, paid.currency)} for what, date, cents in rows]


def _what(session: SessionView, paid: PaidView) -> str:
    if paid.purpose is PaymentPurpose.tip:
        return f"Tip for {session.mechanic_name or 'your mechanic'}"
    if paid.purpose is PaymentPurpose.extension:
        return f"{EXTENSION_MINUTES} more minutes"
    plan = find_plan(session.plan)
    return f"{plan.name}, {plan.minutes} minutes" if plan else session.plan


def _refund(line: RefundLine, currency: str) -> dict[str, str]:
    reason = line.reason[:1].upper() + line.reason[1:]
    return {"what": f"{reason}{_STATE.get(line.status, '')}", "date": day(line.at), "amount": amount(-line.amount_cents, currency)}


def _given_by_bank(bill: Bill) -> list[dict[str, str]]:
    lost = [line for line in bill.disputes if line.status is DisputeStatus.lost]
    return [{"what": "Given back by your bank", "date": day(each.at), "amount": amount(-each.amount_cents, bill.currency)} for each in lost]


def _words(bill: Bill, given: list[RefundLine]) -> str:
    """What the figures don't say by themselves."""
    is_taxed = any(each.tax_cents for each in bill.payments)
    failed = sum(line.amount_cents for line in bill.refunds if line.status is RefundStatus.failed)
    is_open = any(line.status in {DisputeStatus.inquiry, DisputeStatus.open} for line in bill.disputes)
    words = ["Sales tax is its own line; nothing else is added." if is_taxed else "All amounts include everything; nothing is added."]
    words += ["Your bank shows a refund within 5 to 10 days after its date."] if given else []
    words += [f"We couldn't bring {amount(failed, bill.currency)} back yet; we write to you."] if failed else []
    words += ["Your bank is looking at a payment. What it decides will stand here."] if is_open else []
    return " ".join(words)
