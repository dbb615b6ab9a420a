"""What is always true, whatever people, clocks and crashes do. Read from the tables after every step."""

from __future__ import annotations

import json
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.db import reading
from autodoctor.core.deadlines import Deadline
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import REQUEST_TRANSITIONS, CloseReason, is_refunded
from autodoctor.payments.ledger_models import LedgerEntry
from autodoctor.payments.models import Payment, Refund
from autodoctor.payouts.models import Payout
from autodoctor.scheduling.models import BookedQuarter, Booking
from autodoctor.scheduling.slot_rules import quarters
from autodoctor.sessions.models import Session, SessionEvent
from autodoctor.sessions.rules import SESSION_TRANSITIONS

PAIRS = {
    ("pending", "pending"),
    ("unattended", "pending"),
    ("accepted", "waiting"),
    ("accepted", "live"),
    ("completed", "completed"),
    ("cancelled", "cancelled"),
    ("expired", "cancelled"),
}
"""Which status of a request goes with which of its session."""

ENDS = {
    "pending": {"request_unattended", "request_expires"},
    "unattended": {"request_expires"},
    "accepted": {"no_show"},
}
"""The deadlines that will end a request which nobody touches any more."""


def _rows_of(model: Any, *names: str) -> sa.Select[*tuple[Any, ...]]:
    """Small tuples and no objects, and each query made once: they are asked after every step, which was a third of the model's time."""
    return sa.select(*(model.__table__.c[name] for name in names))


SESSIONS = _rows_of(Session, "id", "status", "mechanic_id", "mechanic_away_since", "stripe_session_id")
REQUESTS = _rows_of(
    SessionRequest, "id", "session_id", "status", "mechanic_id", "close_reason", "customer_id", "is_scheduled", "first_offer_until"
)
PAYMENTS = _rows_of(Payment, "id", "session_id", "amount_cents", "refunded_cents", "stripe_session_id")
PAYOUTS = _rows_of(Payout, "session_id", "mechanic_id", "total_cents", "fee_cents", "share_cents")
REFUNDS = _rows_of(Refund, "payment_id", "amount_cents", "status", "key")
HISTORY = _rows_of(SessionEvent, "session_id", "entity", "from_status", "to_status")
BOOKINGS = _rows_of(Booking, "id", "session_id", "customer_id", "mechanic_id", "status", "starts_at", "ends_at", "held_until")
QUARTERS = _rows_of(BookedQuarter, "booking_id", "mechanic_id", "starts_at")
OPEN_DEADLINES = _rows_of(Deadline, "entity_id", "kind", "due_at").where(col(Deadline.settled_at).is_(None))
UNDELIVERED = _rows_of(OutboxEntry, "key").where(col(OutboxEntry.status) != OutboxStatus.delivered)
REFUNDS_TO_SEND = UNDELIVERED.where(col(OutboxEntry.kind) == "refund")
_SUM = sa.func.sum(col(LedgerEntry.amount_cents))
BALANCES = sa.select(col(LedgerEntry.account), _SUM).group_by(col(LedgerEntry.account))
UNBALANCED = sa.select(col(LedgerEntry.transaction_id)).group_by(col(LedgerEntry.transaction_id)).having(_SUM != 0)
SOMETHING_TO_COME = sa.select(sa.or_(OPEN_DEADLINES.exists(), UNDELIVERED.exists()))


@dataclass
class Books:
    """Every row that a truth is about, as small tuples."""

    sessions: dict[uuid.UUID, Any]
    requests: dict[uuid.UUID, Any]
    payments: list[Any]
    payouts: list[Any]
    refunds: list[Any]
    balances: list[Any]
    unbalanced: list[Any]
    open_deadlines: dict[uuid.UUID, dict[str, Any]]
    history: list[Any]
    refunds_to_send: set[str]
    bookings: dict[uuid.UUID, Any]
    quarters: dict[uuid.UUID, set[tuple[uuid.UUID, datetime]]]


async def read() -> Books:
    async with reading() as db:
        connection = await db.connection()

        async def rows(query: sa.Executable) -> list[Any]:
            return list(await connection.execute(query))

        deadlines: dict[uuid.UUID, dict[str, Any]] = defaultdict(dict)
        for entity_id, kind, due_at in await rows(OPEN_DEADLINES):
            deadlines[entity_id][kind] = due_at
        quarters: dict[uuid.UUID, set[tuple[uuid.UUID, datetime]]] = defaultdict(set)
        for booking_id, mechanic_id, starts_at in await rows(QUARTERS):
            quarters[booking_id].add((mechanic_id, starts_at))
        return Books(
            sessions={row.id: row for row in sorted(await rows(SESSIONS))},
            requests={row.session_id: row for row in sorted(await rows(REQUESTS))},
            payments=await rows(PAYMENTS),
            payouts=await rows(PAYOUTS),
            refunds=await rows(REFUNDS),
            balances=await rows(BALANCES),
            unbalanced=await rows(UNBALANCED),
            open_deadlines=deadlines,
            history=await rows(HISTORY),
            refunds_to_send={key for (key,) in await rows(REFUNDS_TO_SEND)},
            bookings={row.session_id: row for row in sorted(await rows(BOOKINGS))},
            quarters=quarters,
        )


async def is_something_to_come() -> bool:
    """Whether a deadline is set or something waits to be delivered."""
    async with reading() as db:
        return await db.scalar(SOMETHING_TO_COME) or False


def check(books: Books, *, is_up: bool) -> None:
    """Every truth. `is_up`: the jobs have just run, so that nothing may be late."""
    one_job_per_mechanic(books)
    one_session_per_payment(books)
    statuses_fit(books)
    one_open_per_customer(books)
    changes_are_legal(books)
    money_fits(books)
    ledger_adds_up(books)
    who_worked_is_paid(books)
    everything_will_end(books)
    bookings_fit(books)
    no_time_is_sold_twice(books)
    if is_up:
        nothing_is_late(books)
        no_hold_outlives_its_time(books)


def one_job_per_mechanic(books: Books) -> None:
    accepted = Counter(row.mechanic_id for row in books.requests.values() if row.status == "accepted")
    busy = Counter(row.mechanic_id for row in books.sessions.values() if row.status in {"waiting", "live"})
    assert max([*accepted.values(), *busy.values(), 0]) <= 1, "a mechanic has two jobs"


def one_session_per_payment(books: Books) -> None:
    checkouts = Counter(row.stripe_session_id for row in books.payments)
    assert set(checkouts.values()) <= {1}, "a checkout was booked twice"
    assert checkouts.keys() == {row.stripe_session_id for row in books.sessions.values()}, (
        "a session without a payment, or the other way round"
    )


def statuses_fit(books: Books) -> None:
    for session in books.sessions.values():
        request = books.requests.get(session.id)
        if request is None:
            is_to_come = session.status == "scheduled" and session.id in books.bookings
            assert is_to_come or session.status == "cancelled", f"a {session.status} session without a request"
            continue
        assert (request.status, session.status) in PAIRS, f"request {request.status}, session {session.status}"
        has_mechanic = session.status in {"waiting", "live"}
        assert not has_mechanic or session.mechanic_id == request.mechanic_id, "two mechanics for one session"
        assert session.mechanic_away_since is None or session.status != "pending", "away from a session that hasn't begun"


def one_open_per_customer(books: Books) -> None:
    """Those that were booked for their time stand beside it (L9)."""
    open_ones = Counter(row.customer_id for row in books.requests.values() if REQUEST_TRANSITIONS[row.status] and not row.is_scheduled)
    assert set(open_ones.values()) <= {1}, "a customer has two consultations"


def changes_are_legal(books: Books) -> None:
    """Each change is one of the table's, and together they lead from the beginning to where the session or request is now."""
    steps: dict[tuple[uuid.UUID, str], list[tuple[str | None, str]]] = defaultdict(list)
    for row in books.history:
        table: Any = SESSION_TRANSITIONS if row.entity == "session" else REQUEST_TRANSITIONS
        is_note = row.from_status == row.to_status
        assert row.from_status is None or is_note or row.to_status in table[row.from_status], f"{row.from_status} to {row.to_status}"
        if not is_note:
            steps[row.session_id, row.entity].append((row.from_status, row.to_status))
    now = {(each.id, "session"): each.status for each in books.sessions.values()}
    now |= {(each.session_id, "request"): each.status for each in books.requests.values()}
    assert steps.keys() == now.keys(), "something has no history"
    for about, taken in steps.items():
        balance = Counter(to for _source, to in taken)
        balance.subtract(source for source, _to in taken if source is not None)
        assert +balance == {now[about]: 1}, f"the history of a {about[1]} leads to {+balance}, not to {now[about]}"


def money_fits(books: Books) -> None:
    """Open and served is paid; everything else went back, is on its way, or is kept by a named rule."""
    back: Counter[uuid.UUID] = Counter()
    for refund in books.refunds:
        assert refund.status != "failed"
        back[refund.payment_id] += refund.amount_cents
        assert refund.status == "succeeded" or refund.key in books.refunds_to_send, "a refund that nobody will send"
    for payment in books.payments:
        assert back[payment.id] in {0, payment.amount_cents}, "part of a payment, or more than it, went back"
        assert (back[payment.id] > 0) == goes_back(books, payment), f"{back[payment.id]} cents back: {about(books, payment)}"


def goes_back(books: Books, payment: Any) -> bool:
    if books.sessions[payment.session_id].status != "cancelled":
        return False
    request = books.requests.get(payment.session_id)
    return request is None or is_refunded(CloseReason(request.close_reason), no_show_is_refunded=False)


def about(books: Books, payment: Any) -> str:
    request = books.requests.get(payment.session_id)
    return f"session {books.sessions[payment.session_id].status}, request {request and (request.status, request.close_reason)}"


def ledger_adds_up(books: Books) -> None:
    assert books.unbalanced == []
    here = sum(row.amount_cents - row.refunded_cents for row in books.payments)
    earned = sum(row.total_cents for row in books.payouts)
    balances = {account: int(cents) for account, cents in books.balances if cents}
    wanted = {
        "stripe": here,
        "held": earned - here,
        "fees": -sum(row.fee_cents for row in books.payouts),
        "payable": -sum(row.share_cents for row in books.payouts),
    }
    assert balances == {account: cents for account, cents in wanted.items() if cents}


def who_worked_is_paid(books: Books) -> None:
    """Of what is kept the mechanic who was there has their share, once; of what goes back nobody has (P5)."""
    paid = Counter[uuid.UUID]()
    for payment in books.payments:
        paid[payment.session_id] += 0 if goes_back(books, payment) else payment.amount_cents
    shared = {row.session_id: row.total_cents for row in books.payouts}
    assert len(shared) == len(books.payouts), "a session has two shares"
    for session in books.sessions.values():
        is_over = session.status in {"completed", "cancelled"} and session.mechanic_id is not None and paid[session.id] > 0
        assert shared.get(session.id, 0) == (paid[session.id] if is_over else 0), f"the share of a {session.status} session"


def everything_will_end(books: Books) -> None:
    for request in books.requests.values():
        if not REQUEST_TRANSITIONS[request.status]:
            continue
        session = books.sessions[request.session_id]
        kinds = set(books.open_deadlines.get(request.id, {})) | set(books.open_deadlines.get(session.id, {}))
        if session.status == "live":
            wanted = {"away_ends"} if session.mechanic_away_since else {"session_end", "mechanic_away"}
        else:
            wanted = ENDS[request.status] | {"session_orphaned"}
        assert wanted <= kinds, f"{request.status}, {session.status}: nothing will end it but {kinds}"


def nothing_is_late(books: Books) -> None:
    late = [kind for kinds in books.open_deadlines.values() for kind, due_at in kinds.items() if due_at <= clock.now()]
    assert late == []


def bookings_fit(books: Books) -> None:
    """What is booked is paid and will come, what has come is offered, and what was let go of is free and nobody's (L8, P4)."""
    for booking in books.bookings.values():
        session, is_offered = books.sessions.get(booking.session_id), booking.session_id in books.requests
        about = f"a {booking.status} booking, its session {session and session.status}"
        kinds = books.open_deadlines.get(booking.id, {}).keys() | books.open_deadlines.get(booking.session_id, {}).keys()
        assert is_offered == (booking.status == "due"), f"{about}, {'' if is_offered else 'not '}offered"
        assert (booking.status == "booked") == (session is not None and session.status == "scheduled"), about
        assert booking.status != "held" or (session is None and "hold_ends" in kinds), f"{about}: nothing will end the hold"
        assert booking.status != "booked" or "booking_due" in kinds, f"{about}: its time will not come"
        assert booking.status != "released" or session is None or session.status == "cancelled", about


def no_time_is_sold_twice(books: Books) -> None:
    """Whoever holds or has booked a mechanic's time has every quarter of it, and nobody else has one (L8)."""
    taken: set[tuple[uuid.UUID | None, datetime]] = set()
    for booking in books.bookings.values():
        theirs = books.quarters.get(booking.id, set())
        if booking.status == "due":
            continue
        has_time = booking.status in {"held", "booked"} and booking.mechanic_id is not None
        wanted = {(booking.mechanic_id, each) for each in quarters(booking.starts_at, booking.ends_at)} if has_time else set()
        assert theirs == wanted, f"a {booking.status} booking has {len(theirs)} quarters of an hour, not {len(wanted)}"
        assert not taken & wanted, "a mechanic's time is sold twice"
        taken |= wanted


def no_hold_outlives_its_time(books: Books) -> None:
    held = [row.held_until for row in books.bookings.values() if row.status == "held"]
    assert all(until > clock.now() for until in held), "a time is kept although its hold is over"


async def sandbox_agrees(books: Books) -> None:
    """What Stripe's stand-in gave back is what we say, charge by charge, and nothing was paid that we don't know of."""
    async with transaction() as state:
        charges = [json.loads(body) for (body,) in await state._db.execute_fetchall("SELECT body FROM objects WHERE kind = 'charge'")]
    assert sorted((each["amount"], each["amount_refunded"]) for each in charges) == sorted(
        (each.amount_cents, each.refunded_cents) for each in books.payments
    )


def ends(books: Books) -> list[str]:
    """How each consultation ended, in words."""
    closed = [f"{row.status}: {row.close_reason}" if row.close_reason else str(row.status) for row in books.requests.values()]
    booked = [f"booked, {end}" for row, end in zip(books.requests.values(), closed, strict=True) if row.is_scheduled]
    others = [
        "called off before its time" if each in books.bookings else "paid for nothing" for each in books.sessions.keys() - books.requests
    ]
    return [end for row, end in zip(books.requests.values(), closed, strict=True) if not row.is_scheduled] + booked + others
