"""A consultation as years of work would have left it, and the one who had it: everything follows from its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from autodoctor.plans.catalog import PLANS, PlanCode

FIRST_NAMES = ("Robin", "Alex", "Sam", "Kim", "Jo", "Charlie", "Dana", "Eli", "Noor", "Mika", "Toni", "Ren")
LAST_NAMES = ("Sample", "Miller", "Garcia", "Okafor", "Tanaka", "Novak", "Rossi", "Larsen", "Dubois", "Silva", "Khan", "Berg", "Moreau")
PLAN_OF = (PlanCode.chat10, PlanCode.chat10, PlanCode.video15, PlanCode.diagnostic)
FEE_PERCENT = 20
_KINDS = {"mechanic": 1, "customer": 2, "session": 3, "request": 4, "payment": 5, "intake": 6, "payout": 7, "movement": 8, "other": 9}


@dataclass(frozen=True)
class Size:
    """How many of each; each session has an intake and a message."""

    sessions: int
    mechanics: int
    customers: int

    @property
    def open(self) -> int:
        """So many of the newest sessions aren't over: who has one has one alone."""
        return min(400, self.sessions // 10, self.mechanics, self.customers)


@dataclass(frozen=True)
class Consultation:
    """One of them. `open_place` counts those that aren't over, from 0; below it is over."""

    number: int
    size: Size
    paid_at: datetime
    open_place: int

    @property
    def is_open(self) -> bool:
        return self.open_place >= 0

    @property
    def status(self) -> str:
        if self.is_open:
            return ("pending", "waiting", "live", "live")[self.open_place % 4]
        return "cancelled" if self.number % 9 == 8 else "completed"

    @property
    def request_status(self) -> str:
        if self.is_open:
            return ("unattended" if self.open_place % 8 else "pending") if self.status == "pending" else "accepted"
        return "expired" if self.is_refunded else "completed"

    @property
    def is_served(self) -> bool:
        return self.status == "completed"

    @property
    def is_refunded(self) -> bool:
        return self.status == "cancelled"

    @property
    def plan(self) -> PlanCode:
        return PLAN_OF[self.number % 4]

    @property
    def cents(self) -> int:
        return PLANS[self.plan].price_cents

    @property
    def fee(self) -> int:
        return self.cents * FEE_PERCENT // 100

    @property
    def checkout(self) -> str:
        return f"cs_{self.number}"

    @property
    def customer(self) -> str:
        return row_id("customer", self.number % self.size.customers)

    @property
    def mechanic(self) -> str | None:
        """Nobody's where nobody accepted; of the open ones each has their own."""
        if self.request_status in {"pending", "unattended", "expired"}:
            return None
        return row_id("mechanic", (self.open_place if self.is_open else self.number * 7) % self.size.mechanics)

    @property
    def intake(self) -> str:
        return row_id("intake", self.number)

    @property
    def rating(self) -> int | None:
        return 3 + self.number // 3 % 3 if self.is_served and self.number % 3 == 0 else None

    @property
    def paid(self) -> str:
        return moment(self.paid_at)

    @property
    def accepted(self) -> str | None:
        return moment(self.paid_at + timedelta(seconds=20 + self.number % 80)) if self.mechanic else None

    @property
    def started(self) -> str | None:
        return moment(self.paid_at + timedelta(seconds=120)) if self.is_served or self.status == "live" else None

    @property
    def ended(self) -> str | None:
        return None if self.is_open else moment(self.paid_at + timedelta(minutes=14))

    def movements(self) -> list[tuple[str, str]]:
        """What was booked for it, and when."""
        ended = self.ended or self.paid
        if self.is_served:
            return [("charge", self.paid), ("earn", ended)] + ([] if self.number % 5000 == 0 else [("transfer", ended)])
        return [("charge", self.paid)] + ([("refund", ended)] if self.is_refunded else [])

    def sides(self, kind: str) -> dict[str, int]:
        """Debits positive, credits negative, in cents."""
        share = self.cents - self.fee
        return {
            "charge": {"stripe": self.cents, "held": -self.cents},
            "refund": {"held": self.cents, "stripe": -self.cents},
            "earn": {"held": self.cents, "fees": -self.fee, "payable": -share},
            "transfer": {"payable": share, "stripe": -share},
        }[kind]


def row_id(kind: str, number: int) -> str:
    """32 digits that belong to nobody else: in the middle what spreads them, as random ones are spread."""
    return f"{(number * 2654435761 + _KINDS[kind]) & 0xFFFFFFFF:08x}00004000800{_KINDS[kind]:x}{number:012x}"


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def full_name(number: int) -> str:
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]} {number}"
