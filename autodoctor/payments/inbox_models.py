"""What Stripe has told us, kept whole until it is acted on."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Choice, Json, Table, UtcDateTime, one_of

WAITING = sa.text("status = 'waiting'")
PARKED = sa.text("status = 'parked'")
_READABLE = sa.text("status = 'processed' AND cleared_at IS NULL")


class EventStatus(StrEnum):
    """`parked` when it kept failing: an administrator looks at it, and may have it processed again."""

    waiting = "waiting"
    processed = "processed"
    parked = "parked"


class StripeEvent(Table, table=True):
    """A webhook event, stored once by Stripe's own id. It is `processed` in the transaction of its effect (P2).

    `object` is the object that it is about, as it was then, emptied some time after it was processed, at `cleared_at`; `due_at` is when
    it is (next) tried.
    """

    __tablename__ = "stripe_events"
    __table_args__ = (
        one_of("status", EventStatus),
        sa.Index("stripe_events_received_at_idx", "received_at"),
        sa.Index("stripe_events_status_idx", "status", "received_at"),
        sa.Index("stripe_events_due_idx", "due_at", postgresql_where=WAITING, sqlite_where=WAITING),
        sa.Index("stripe_events_readable_idx", "received_at", postgresql_where=_READABLE, sqlite_where=_READABLE),
    )

    id: str = Field(primary_key=True, max_length=200)
    type: str = Field(max_length=100)
    object: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    received_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    status: EventStatus = Field(default=EventStatus.waiting, sa_type=Choice(EventStatus))
    due_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    attempts: int = 0
    processed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cleared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str | None = None
