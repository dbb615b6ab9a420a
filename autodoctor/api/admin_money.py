"""The administrators' money: its figures, payouts, disputes, the comparison with Stripe, and giving back (section 7)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from autodoctor.api.callers import AdminCaller
from autodoctor.api.errors import problems
from autodoctor.api.records import like
from autodoctor.api.schemas import AS_NUMBER, ApiModel, Cursor, Day, Limit, Success, Text
from autodoctor.core.db import reading, unit_of_work
from autodoctor.payments import admin_queries, by_hand, figures
from autodoctor.payments.models import DisputeStatus, RefundStatus
from autodoctor.payouts import admin_queries as payout_queries
from autodoctor.payouts import by_hand as payout_hand
from autodoctor.payouts import reconciliation_queries as reconciliations
from autodoctor.payouts.rules import PayoutStatus

router = APIRouter(tags=["admin"])

FirstDay = Annotated[Day | None, Query(alias="from", description="left out: thirty days in all")]
LastDay = Annotated[Day | None, Query(alias="to", description="left out: today; days are UTC's, both included, a year at most")]


class FlowsOut(
    like(
        figures.Flows,
        volume_cents="paid by customers, tax included",
        refunds_cents="gone back to them",
        disputes_cents="withdrawn by banks, without what they gave back",
        fees_cents="earned by the platform",
        shares_cents="earned by mechanics",
        costs_cents="taken by Stripe",
        payouts_cents="gone to mechanics, without what was taken back",
        tax_cents="collected for the state, without what was given back",
        bank_cents="brought to our bank account",
    )
):
    """What moved in the span, in cents, each positive in its usual direction."""

    earned_cents: int = Field(description="fees less costs")


class MoneyStandingOut(
    like(
        figures.Standing,
        stripe_cents="our balance at Stripe",
        held_cents="held for customers: paid, and neither earned nor given back",
        payable_cents="owed to mechanics",
        tax_cents="owed to the state",
        disputed_cents="withdrawn by banks that have yet to decide",
        bank_cents="brought to our bank account so far",
    )
):
    """Where the money is, in cents."""


class DayFlowOut(like(figures.DayFlow)):
    """One day's money in and back out to customers, in cents."""


class MoneyOut(ApiModel):
    """Every figure is a sum of ledger entries."""

    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")
    flows: FlowsOut
    standing: MoneyStandingOut = Field(description="at the end of the span")
    days: list[DayFlowOut]


class AdminPaymentOut(like(admin_queries.PaymentRow, tax_cents="in the amount", discount_cents="came off before")):
    """What was paid for a session: its plan, more time, or a tip. Cents."""


class PaymentList(ApiModel):
    items: list[AdminPaymentOut]
    next_cursor: str | None


class AdminPayoutOut(
    like(
        payout_queries.PayoutRow,
        is_ready="whether the mechanic's account can receive money",
        problem="why it can't go out",
    )
):
    """A mechanic's share of a session, or a tip. Cents."""


class PayoutList(ApiModel):
    items: list[AdminPayoutOut]
    next_cursor: str | None


class PayoutAnswer(Success):
    payout: AdminPayoutOut


class AdminRefundOut(
    like(
        admin_queries.RefundRow,
        by="the administrator who decided it; null for a rule's",
        failure="Stripe's word for why it couldn't be brought",
    )
):
    """Money that goes back to a customer, or went. Cents."""


class AdminRefundList(ApiModel):
    items: list[AdminRefundOut]
    next_cursor: str | None


class DisputeOut(like(admin_queries.DisputeRow, due_by="until when evidence counts")):
    """A payment that its payer's bank wants back. Cents."""


class DisputeList(ApiModel):
    items: list[DisputeOut]
    next_cursor: str | None


class RunOut(ApiModel):
    """One comparison of our books with Stripe's."""

    id: uuid.UUID
    created_at: datetime
    since: datetime
    finished_at: datetime | None = Field(description="null while it is under way")
    checked: dict[str, Any] = Field(description="how much was looked at, by kind")
    mended: int
    differences: int
    error: str | None


class DifferenceOut(ApiModel):
    id: uuid.UUID
    created_at: datetime
    seen_at: datetime
    kind: str
    reference: str = Field(description="Stripe's id of it")
    ours_cents: int | None
    theirs_cents: int | None
    note: str


class ReconciliationOut(ApiModel):
    runs: list[RunOut] = Field(description="newest first")
    differences: list[DifferenceOut] = Field(description="open ones, oldest first")


class RefundBody(ApiModel):
    amount_cents: Annotated[int, Field(ge=1, le=10_000_000), AS_NUMBER] | None = Field(
        default=None, description="left out: all that is left"
    )
    reason: Text = Field(max_length=by_hand.LONGEST_REASON, description="the customer reads it in the mail")
    key: uuid.UUID | None = Field(default=None, description="a second call with the same key gives nothing back again")


class RefundAnswer(Success):
    refunded_cents: int
    refund_ids: list[uuid.UUID] = Field(description="one for each payment of the session that something goes back of")


@router.get("/api/admin/money", responses=problems(401, 403, 422))
async def get_money(caller: AdminCaller, first_day: FirstDay = None, last_day: LastDay = None) -> MoneyOut:
    """What moved in a span of days, and where the money was at its end."""
    span = figures.span_of(first_day, last_day)
    async with reading() as db:
        lines, standing = await figures.moved(db, span), await figures.standing(db, span.until)
    return MoneyOut.model_validate(
        {
            "from": span.first_day,
            "to": span.last_day,
            "flows": FlowsOut.model_validate(figures.flows(lines)),
            "standing": MoneyStandingOut.model_validate(standing),
            "days": [DayFlowOut.model_validate(each) for each in figures.by_day(lines, span)],
        }
    )


@router.post("/api/admin/sessions/{session_id}/refund", responses=problems(401, 403, 404, 409, 422))
async def refund_session(session_id: uuid.UUID, body: RefundBody, caller: AdminCaller) -> RefundAnswer:
    """Give back what was paid for a session, or a part of it. 409 `nothing_to_refund`."""
    async with unit_of_work() as db:
        done = await by_hand.refund_session(db, caller, session_id, amount_cents=body.amount_cents, reason=body.reason, key=body.key)
    return RefundAnswer(refunded_cents=done.cents, refund_ids=done.refund_ids)


@router.get("/api/admin/payments", responses=problems(401, 403, 422))
async def list_payments(caller: AdminCaller, limit: Limit = 20, cursor: Cursor = None) -> PaymentList:
    """Payments, newest first."""
    async with reading() as db:
        page = await admin_queries.payments(db, limit=limit, cursor=cursor)
    return PaymentList(items=[AdminPaymentOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.get("/api/admin/refunds", responses=problems(401, 403, 422))
async def list_refunds(
    caller: AdminCaller,
    limit: Limit = 20,
    cursor: Cursor = None,
    status: Annotated[RefundStatus | None, Query(description="left out, all of them")] = None,
) -> AdminRefundList:
    """Refunds, newest first."""
    async with reading() as db:
        page = await admin_queries.refunds(db, status=status, limit=limit, cursor=cursor)
    return AdminRefundList(items=[AdminRefundOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.post("/api/admin/refunds/{refund_id}/retry", responses=problems(401, 403, 404, 409, 422))
async def retry_refund(refund_id: uuid.UUID, caller: AdminCaller) -> Success:
    """Begin a refund anew that Stripe couldn't bring. 409 `invalid_transition` for one that didn't fail."""
    async with unit_of_work() as db:
        await by_hand.retry_refund(db, caller, refund_id)
    return Success()


@router.get("/api/admin/payouts", responses=problems(401, 403, 422))
async def list_payouts(
    caller: AdminCaller,
    limit: Limit = 20,
    cursor: Cursor = None,
    status: Annotated[PayoutStatus | None, Query(description="left out, all of them")] = None,
) -> PayoutList:
    """Mechanics' shares, newest first."""
    async with reading() as db:
        page = await payout_queries.payouts(db, statuses=[status] if status else None, limit=limit, cursor=cursor)
    return PayoutList(items=[AdminPayoutOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.post("/api/admin/payouts/{payout_id}/retry", responses=problems(401, 403, 404, 409, 422))
async def retry_payout(payout_id: uuid.UUID, caller: AdminCaller) -> PayoutAnswer:
    """Have a share that waits looked at again: it goes out if nothing is in its way. 409 `invalid_transition` for one that doesn't wait."""
    async with unit_of_work() as db:
        await payout_hand.try_again(db, caller, payout_id)
        row = await payout_queries.payout(db, payout_id)
    return PayoutAnswer(payout=AdminPayoutOut.model_validate(row))


@router.get("/api/admin/disputes", responses=problems(401, 403, 422))
async def list_disputes(
    caller: AdminCaller,
    limit: Limit = 20,
    cursor: Cursor = None,
    status: Annotated[DisputeStatus | None, Query(description="left out, all of them")] = None,
) -> DisputeList:
    """Payments that their payers' banks want back, newest first."""
    async with reading() as db:
        page = await admin_queries.disputes(db, statuses=[status] if status else None, limit=limit, cursor=cursor)
    return DisputeList(items=[DisputeOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.get("/api/admin/reconciliation", responses=problems(401, 403, 422))
async def get_reconciliation(caller: AdminCaller) -> ReconciliationOut:
    """The last comparisons of our books with Stripe's, and what they can't mend."""
    async with reading() as db:
        runs, differences = await reconciliations.latest(db), await reconciliations.open_differences(db)
    return ReconciliationOut(
        runs=[RunOut.model_validate(each) for each in runs],
        differences=[DifferenceOut.model_validate(each) for each in differences],
    )
