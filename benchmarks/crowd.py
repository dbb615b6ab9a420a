"""A large company's tables, row by row: a million sessions, their money, messages and mechanics (issue "Three workplaces").

Rows are in the databases' own words (ids of 32 digits, moments in UTC), so that one generator serves both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from autodoctor.plans.catalog import PLANS
from benchmarks.consultations import Consultation, Size, full_name, moment, row_id

Row = tuple[Any, ...]

CARS = (("Honda", "Accord"), ("Ford", "Focus"), ("Toyota", "Yaris"), ("Volvo", "V70"), ("Fiat", "Panda"), ("Mazda", "3"))
CONCERNS = ("It knocks when cold", "The brakes squeal", "The engine light is on", "It doesn't start", "Oil under the car")
SPREAD = timedelta(days=730)


class Crowd:
    """Who there is, and row by row what they left behind."""

    def __init__(self, size: Size, now: datetime) -> None:
        self._size = size
        self._now = now
        self._step = SPREAD / size.sessions

    def tables(self) -> Iterator[tuple[str, tuple[str, ...], Iterator[Row]]]:
        """Name, columns and rows of each table, in the order in which keys allow them."""
        yield "users", ("id", "created_at", "role", "email", "password_hash"), self._users()
        yield "profiles", ("id", "created_at", "updated_at", "role", "full_name", "email_verified"), self._profiles()
        names = ("id", "created_at", "name", "email", "password_hash", "status", "seniority", "online", "connected", "last_seen_at")
        yield "mechanics", names, self._mechanics()
        names = ("id", "created_at", "customer_id", "plan", "status", "name", "email", "vehicle_year", "vehicle_make", "vehicle_model")
        yield "intakes", (*names, "concern"), self._intakes()
        names = ("id", "created_at", "updated_at", "plan", "type", "status", "stripe_session_id", "customer_user_id", "mechanic_id")
        more = ("started_at", "ended_at", "duration_minutes", "price_cents", "currency", "rating", "review", "reviewed_at")
        yield "sessions", (*names, *more, "message_count", "intake_id"), self._sessions()
        yield "session_participants", ("id", "created_at", "session_id", "user_id", "role", "joined_at"), self._participants()
        names = ("id", "created_at", "updated_at", "session_id", "customer_id", "mechanic_id", "session_type", "plan_code", "status")
        yield "session_requests", (*names, "paid_at", "offered_at", "accepted_at", "closed_at", "close_reason"), self._requests()
        yield "session_events", ("id", "created_at", "session_id", "entity", "to_status", "reason"), self._events()
        names = ("id", "created_at", "session_id", "sender_id", "seq", "client_id", "kind", "content")
        yield "chat_messages", names, self._messages()
        names = ("id", "created_at", "purpose", "session_id", "customer_id", "stripe_session_id", "amount_cents", "refunded_cents")
        yield "payments", (*names, "currency"), self._payments()
        yield "refunds", ("id", "created_at", "payment_id", "key", "amount_cents", "reason", "status", "settled_at"), self._refunds()
        names = ("id", "created_at", "kind", "session_id", "mechanic_id", "total_cents", "fee_cents", "share_cents", "currency", "status")
        yield "payouts", (*names, "transfer_cents", "sent_at"), self._payouts()
        yield "ledger_transactions", ("id", "created_at", "kind", "reference", "session_id"), self._movements()
        yield (
            "ledger_entries",
            ("id", "created_at", "transaction_id", "account", "mechanic_id", "amount_cents", "currency"),
            self._entries(),
        )
        yield "audit_log", ("id", "created_at", "actor_id", "action", "entity", "entity_id"), self._acts()

    # --- people

    def _users(self) -> Iterator[Row]:
        yield row_id("other", 0), moment(self._now - SPREAD), "admin", "office@example.com", "-"
        for number in range(self._size.customers):
            yield row_id("customer", number), self._joined(number), "customer", f"customer{number}@example.com", "-"
        for number in range(self._size.mechanics):
            yield row_id("mechanic", number), self._joined(number), "mechanic", None, None

    def _profiles(self) -> Iterator[Row]:
        joined = moment(self._now - SPREAD)
        yield row_id("other", 0), joined, joined, "admin", "Kim Office", 1
        for number in range(self._size.customers):
            yield row_id("customer", number), self._joined(number), self._joined(number), "customer", full_name(number), 1

    def _mechanics(self) -> Iterator[Row]:
        for number in range(self._size.mechanics):
            status = "pending_review" if number % 50 == 49 else "suspended" if number % 40 == 39 else "approved"
            seniority = "senior" if number % 3 == 0 else "junior"
            is_here = status == "approved" and number % 2 == 0
            seen = moment(self._now - timedelta(minutes=0 if is_here else number))
            address = f"mechanic{number}@example.com"
            yield (
                row_id("mechanic", number),
                self._joined(number),
                full_name(number),
                address,
                "-",
                status,
                seniority,
                is_here,
                is_here,
                seen,
            )

    def _joined(self, number: int) -> str:
        return moment(self._now - SPREAD + timedelta(minutes=number % 1000))

    # --- consultations

    def _intakes(self) -> Iterator[Row]:
        for each in self._consultations():
            status = "in_progress" if each.is_open else "cancelled" if each.is_refunded else "resolved"
            number = each.number % self._size.customers
            whose = each.customer, each.plan.value, status, full_name(number), f"customer{number}@example.com"
            make, model = CARS[each.number % len(CARS)]
            yield (
                row_id("intake", each.number),
                each.paid,
                *whose,
                1995 + each.number % 30,
                make,
                model,
                CONCERNS[each.number % len(CONCERNS)],
            )

    def _sessions(self) -> Iterator[Row]:
        for each in self._consultations():
            plan = PLANS[each.plan]
            times = each.started, each.ended, 12 if each.is_served else None
            price = plan.price_cents, "usd"
            said = (each.rating, "Knew what it was at once.", each.ended) if each.rating else (None, None, None)
            whose = each.checkout, each.customer, each.mechanic
            about = plan.code.value, plan.type.value, each.status
            yield row_id("session", each.number), each.paid, each.paid, *about, *whose, *times, *price, *said, 1, each.intake

    def _participants(self) -> Iterator[Row]:
        for each in self._consultations():
            yield row_id("other", 2 * each.number + 1), each.paid, row_id("session", each.number), each.customer, "customer", each.started
            if each.mechanic:
                yield (
                    row_id("other", 2 * each.number + 2),
                    each.paid,
                    row_id("session", each.number),
                    each.mechanic,
                    "mechanic",
                    each.started,
                )

    def _requests(self) -> Iterator[Row]:
        for each in self._consultations():
            plan = PLANS[each.plan]
            whose = row_id("session", each.number), each.customer, each.mechanic, plan.type.value, plan.code.value, each.request_status
            times = each.paid, each.paid, each.accepted, each.ended, "expired" if each.request_status == "expired" else None
            yield row_id("request", each.number), each.paid, each.paid, *whose, *times

    def _events(self) -> Iterator[Row]:
        for each in self._consultations():
            about = row_id("session", each.number)
            yield row_id("session", 2 * each.number), each.paid, about, "session", "pending", "paid"
            if each.ended:
                yield row_id("session", 2 * each.number + 1), each.ended, about, "session", each.status, "over"

    def _messages(self) -> Iterator[Row]:
        for each in self._consultations():
            whose = row_id("session", each.number), each.customer
            yield row_id("request", each.number), each.paid, *whose, 1, "first", "text", CONCERNS[each.number % len(CONCERNS)]

    # --- money

    def _payments(self) -> Iterator[Row]:
        for each in self._consultations():
            whose = row_id("session", each.number), each.customer, each.checkout
            yield row_id("payment", each.number), each.paid, "plan", *whose, each.cents, each.cents if each.is_refunded else 0, "usd"

    def _refunds(self) -> Iterator[Row]:
        for each in self._consultations():
            if each.is_refunded:
                about = row_id("payment", each.number), f"refund:{each.number}", each.cents, "expired"
                yield row_id("payment", each.number), each.ended, *about, "succeeded", each.ended

    def _payouts(self) -> Iterator[Row]:
        for each in self._consultations():
            if each.is_served:
                status = "waiting" if each.number % 5000 == 0 else "sent"
                shared = each.cents, each.fee, each.cents - each.fee, "usd", status
                sent = (each.cents - each.fee, each.ended) if status == "sent" else (0, None)
                yield row_id("payout", each.number), each.ended, "session", row_id("session", each.number), each.mechanic, *shared, *sent

    def _movements(self) -> Iterator[Row]:
        for each in self._consultations():
            about = row_id("session", each.number)
            for part, (kind, at) in enumerate(each.movements()):
                yield row_id("movement", 4 * each.number + part), at, kind, f"{kind}:{each.number}", about

    def _entries(self) -> Iterator[Row]:
        for each in self._consultations():
            for part, (kind, at) in enumerate(each.movements()):
                for side, (account, cents) in enumerate(each.sides(kind).items()):
                    whose = each.mechanic if account == "payable" else None
                    entry = row_id("movement", 16 * each.number + 4 * part + side)
                    yield entry, at, row_id("movement", 4 * each.number + part), account, whose, cents, "usd"

    def _acts(self) -> Iterator[Row]:
        for number in range(self._size.customers):
            at = moment(self._paid(number * self._size.sessions // self._size.customers))
            action, entity = (("approve_mechanic", "mechanic"), ("refund", "session"), ("export", "sessions"))[number % 3]
            yield row_id("other", number), at, row_id("other", 0), action, entity, row_id("session", number)

    def _consultations(self) -> Iterator[Consultation]:
        first_open = self._size.sessions - self._size.open
        for number in range(self._size.sessions):
            yield Consultation(number, self._size, self._paid(number), open_place=number - first_open)

    def _paid(self, number: int) -> datetime:
        return self._now - SPREAD + self._step * (number + 1) - timedelta(minutes=20)
