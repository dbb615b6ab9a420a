"""The books as CSV for whoever keeps them outside of here: what was paid, went back, is disputed, was paid out, and the ledger whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import Mechanic, Profile
from autodoctor.audit import service as audit
from autodoctor.core.csv_export import amount, csv_lines, rows_of
from autodoctor.payments.figures import Span
from autodoctor.payments.ledger_models import LedgerEntry, LedgerTransaction
from autodoctor.payments.models import Dispute, Payment, Refund
from autodoctor.payouts.models import Payout


class Export(StrEnum):
    """What can be had, by its file's name."""

    ledger = "ledger.csv"
    payments = "payments.csv"
    refunds = "refunds.csv"
    payouts = "payouts.csv"
    disputes = "disputes.csv"


@dataclass(frozen=True)
class _Sheet:
    """`table` is what its rows are, `at` their time; `columns` each a heading and what stands below it: cents, where it says so."""

    table: type[Any]
    columns: Mapping[str, Any]
    joined: Callable[[sa.Select[*tuple[Any, ...]]], sa.Select[*tuple[Any, ...]]]

    @property
    def at(self) -> Any:
        return col(self.table.created_at)


async def note_export(db: AsyncSession, admin: Caller | None, what: Export, span: Span) -> None:
    """An administrator takes a file home: the audit log says which. Raises Forbidden, Unauthenticated."""
    actor = require_admin(admin)
    await audit.record(db, actor.user_id, "export", "money", what, first_day=str(span.first_day), last_day=str(span.last_day))


async def lines(what: Export, span: Span) -> AsyncIterator[str]:
    """The file, line by line, the oldest row first. Who asks has been let in before (`note_export`)."""
    sheet = _SHEETS[what]
    async for line in csv_lines([name.removeprefix("cents ") for name in sheet.columns], _rows(sheet, span)):
        yield line


async def _rows(sheet: _Sheet, span: Span) -> AsyncIterator[Sequence[object]]:
    are_cents = [name.startswith("cents ") for name in sheet.columns]
    query = sheet.joined(sa.select(*sheet.columns.values()).select_from(sheet.table))
    query = query.where(sheet.at >= span.since, sheet.at < span.until).order_by(sheet.at, col(sheet.table.id))
    async for row in rows_of(query):
        yield [amount(each) if is_cents and each is not None else each for each, is_cents in zip(row, are_cents, strict=True)]


_PAYMENT = col(Payment.id)
_CUSTOMER = (Profile, col(Profile.id) == col(Payment.customer_id))

_SHEETS: Mapping[Export, _Sheet] = {
    Export.ledger: _Sheet(
        LedgerTransaction,
        {
            "at": col(LedgerTransaction.created_at),
            "transaction": col(LedgerTransaction.id),
            "movement": col(LedgerTransaction.kind),
            "account": col(LedgerEntry.account),
            "cents amount": col(LedgerEntry.amount_cents),
            "currency": col(LedgerEntry.currency),
            "mechanic": col(Mechanic.name),
            "session": col(LedgerTransaction.session_id),
            "reference": col(LedgerTransaction.reference),
            "memo": col(LedgerTransaction.memo),
        },
        lambda query: query.join(LedgerEntry, col(LedgerEntry.transaction_id) == col(LedgerTransaction.id)).outerjoin(
            Mechanic, col(Mechanic.id) == col(LedgerEntry.mechanic_id)
        ),
    ),
    Export.payments: _Sheet(
        Payment,
        {
            "at": col(Payment.created_at),
            "payment": _PAYMENT,
            "session": col(Payment.session_id),
            "customer": col(Profile.full_name),
            "for": col(Payment.purpose),
            "cents amount": col(Payment.amount_cents),
            "cents tax in it": col(Payment.tax_cents),
            "cents discount": col(Payment.discount_cents),
            "cents refunded": col(Payment.refunded_cents),
            "currency": col(Payment.currency),
            "payment intent": col(Payment.payment_intent_id),
            "checkout": col(Payment.stripe_session_id),
        },
        lambda query: query.outerjoin(*_CUSTOMER),
    ),
    Export.refunds: _Sheet(
        Refund,
        {
            "at": col(Refund.created_at),
            "refund": col(Refund.id),
            "payment": _PAYMENT,
            "session": col(Payment.session_id),
            "customer": col(Profile.full_name),
            "cents amount": col(Refund.amount_cents),
            "currency": col(Payment.currency),
            "status": col(Refund.status),
            "reason": col(Refund.reason),
            "by administrator": col(Refund.actor_id),
            "settled at": col(Refund.settled_at),
            "failure": col(Refund.failure),
            "refund at Stripe": col(Refund.stripe_refund_id),
        },
        lambda query: query.join(Payment, col(Refund.payment_id) == _PAYMENT).outerjoin(*_CUSTOMER),
    ),
    Export.payouts: _Sheet(
        Payout,
        {
            "at": col(Payout.created_at),
            "payout": col(Payout.id),
            "for": col(Payout.kind),
            "session": col(Payout.session_id),
            "mechanic": col(Mechanic.name),
            "cents total": col(Payout.total_cents),
            "cents fee": col(Payout.fee_cents),
            "cents share": col(Payout.share_cents),
            "cents sent": col(Payout.transfer_cents),
            "cents taken back": col(Payout.reversed_cents),
            "currency": col(Payout.currency),
            "status": col(Payout.status),
            "sent at": col(Payout.sent_at),
            "transfer": col(Payout.transfer_id),
            "problem": col(Payout.problem),
        },
        lambda query: query.join(Mechanic, col(Mechanic.id) == col(Payout.mechanic_id)),
    ),
    Export.disputes: _Sheet(
        Dispute,
        {
            "at": col(Dispute.created_at),
            "dispute": col(Dispute.stripe_dispute_id),
            "payment": _PAYMENT,
            "session": col(Payment.session_id),
            "customer": col(Profile.full_name),
            "cents amount": col(Dispute.amount_cents),
            "currency": col(Payment.currency),
            "status": col(Dispute.status),
            "reason": col(Dispute.reason),
            "evidence until": col(Dispute.due_by),
            "closed at": col(Dispute.closed_at),
        },
        lambda query: query.join(Payment, col(Dispute.payment_id) == _PAYMENT).outerjoin(*_CUSTOMER),
    ),
}
