"""Requests: a paid session looking for its mechanic."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Choice, Json, Row, UtcDateTime, one_of
from autodoctor.matching.rules import RequestStatus
from autodoctor.plans.catalog import SessionType

_ACCEPTED = sa.text("status = 'accepted'")
_OPEN_UNSCHEDULED = sa.text("status IN ('pending', 'unattended', 'accepted') AND NOT is_scheduled")


class SessionRequest(Row, table=True):
    """One request. Two partial unique indexes are the law: a mechanic holds one accepted request (L2), a customer one open one that
    was not booked for its time (L9).

    `offered_at` starts the five minutes (anew when a mechanic lets go), `paid_at` the two hours; for a booked one both are its time.
    Until `first_offer_until` only the mechanic of its booking may take it (L8).
    """

    __tablename__ = "session_requests"
    __table_args__ = (
        one_of("status", RequestStatus),
        one_of("session_type", SessionType),
        sa.CheckConstraint("status NOT IN ('accepted', 'completed') OR mechanic_id IS NOT NULL", name="accepted_has_mechanic"),
        sa.Index("session_requests_customer_idx", "customer_id"),
        sa.Index("session_requests_mechanic_idx", "mechanic_id"),
        sa.Index("session_requests_status_idx", "status"),
        sa.Index("session_requests_created_at_idx", "created_at"),
        sa.Index("session_requests_paid_at_idx", "paid_at", "accepted_at", "status"),
        sa.Index(
            "session_requests_one_job_per_mechanic_key", "mechanic_id", unique=True, postgresql_where=_ACCEPTED, sqlite_where=_ACCEPTED
        ),
        sa.Index("session_requests_accepted_at_idx", "accepted_at"),
        sa.Index(
            "session_requests_one_open_per_customer_key",
            "customer_id",
            unique=True,
            postgresql_where=_OPEN_UNSCHEDULED,
            sqlite_where=_OPEN_UNSCHEDULED,
        ),
    )

    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": clock.now})
    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE", unique=True)
    customer_id: uuid.UUID = Field(foreign_key="users.id")
    mechanic_id: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    session_type: SessionType = Field(sa_type=Choice(SessionType))
    plan_code: str = Field(max_length=20)
    status: RequestStatus = Field(default=RequestStatus.pending, sa_type=Choice(RequestStatus))
    customer_name: str | None = None
    customer_email: str | None = None
    notes: str | None = None
    paid_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    offered_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    close_reason: str | None = Field(default=None, max_length=60)
    is_scheduled: bool = False
    first_offer_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    notification_sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    metadata_: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column("metadata", Json, nullable=False))


class RequestPass(Row, table=True):
    """A mechanic's "not this one": the request isn't offered to this mechanic again (L5)."""

    __tablename__ = "request_passes"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "mechanic_id", name="request_passes_request_mechanic_key"),
        sa.Index("request_passes_mechanic_idx", "mechanic_id"),
    )

    request_id: uuid.UUID = Field(foreign_key="session_requests.id", ondelete="CASCADE")
    mechanic_id: uuid.UUID = Field(foreign_key="mechanics.id", ondelete="CASCADE")
