"""Consultation sessions, who takes part, and everything that happened to them."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Choice, Json, Row, UtcDateTime, one_of
from autodoctor.plans.catalog import SessionType
from autodoctor.sessions.rules import SessionStatus

_RATED = sa.text("rating IS NOT NULL")

_BUSY = sa.text("status IN ('waiting', 'live')")


class ParticipantRole(StrEnum):
    customer = "customer"
    mechanic = "mechanic"
    guest = "guest"


SIDES = (ParticipantRole.customer, ParticipantRole.mechanic)
"""Whose session it is. A guest is somebody whom one of them has invited (M8)."""


class Session(Row, table=True):
    """A paid consultation. Its status changes only through `sessions.rules`.

    The partial unique index keeps a mechanic to one waiting or live session (L2), whatever the code above it does.

    Administrators page through everybody's sessions, the newest first, and filter them by status, plan, both, or a person: each of these
    has an index that ends in `created_at, id`, so that a page is a walk along it, however many sessions there are.

    `mechanic_away_since` is set while a live session stands still because its mechanic has left the room (their last sign of life
    there); `waits_for_mechanic` says that the customer, asked what to do, chose to wait. `extended_cents` is what the bought
    `extended_minutes` cost, beside `price_cents`.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        one_of("type", SessionType),
        one_of("status", SessionStatus),
        sa.CheckConstraint("rating >= 1 AND rating <= 5", name="rating"),
        sa.Index("sessions_customer_idx", "customer_user_id", "created_at", "id"),
        sa.Index("sessions_mechanic_idx", "mechanic_id", "created_at", "id"),
        sa.Index("sessions_intake_idx", "intake_id"),
        sa.Index("sessions_status_idx", "status", "created_at", "id"),
        sa.Index("sessions_plan_idx", "plan", "created_at", "id"),
        sa.Index("sessions_status_plan_idx", "status", "plan", "created_at", "id"),
        sa.Index("sessions_created_at_idx", "created_at"),
        sa.Index("sessions_rated_idx", "reviewed_at", "rating", postgresql_where=_RATED, sqlite_where=_RATED),
        sa.Index("sessions_started_at_idx", "started_at"),
        sa.Index("sessions_scheduled_for_idx", "scheduled_for"),
        sa.Index("sessions_one_job_per_mechanic_key", "mechanic_id", unique=True, postgresql_where=_BUSY, sqlite_where=_BUSY),
    )

    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": clock.now})
    plan: str = Field(max_length=20)
    type: SessionType = Field(sa_type=Choice(SessionType))
    status: SessionStatus = Field(default=SessionStatus.pending, sa_type=Choice(SessionStatus))
    stripe_session_id: str = Field(unique=True, max_length=200)
    intake_id: uuid.UUID | None = Field(default=None, foreign_key="intakes.id", ondelete="SET NULL")
    customer_user_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    mechanic_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    scheduled_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    scheduled_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    scheduled_for: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    extended_minutes: int = 0
    extended_cents: int = 0
    mechanic_away_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    waits_for_mechanic: bool = False
    duration_minutes: int | None = None
    price_cents: int
    currency: str = Field(max_length=3)
    waiver_accepted: bool = False
    waiver_accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    waiver_ip_address: str | None = None
    vehicle_info: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    session_notes: str | None = None
    rating: int | None = None
    review: str | None = Field(default=None, max_length=2000)
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_count: int = 0
    metadata_: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column("metadata", Json, nullable=False))


class SessionParticipant(Row, table=True):
    """A party of a session. `joined_at` is the first time in the room, `seen_at` the last sign of life from there."""

    __tablename__ = "session_participants"
    __table_args__ = (
        one_of("role", ParticipantRole),
        sa.UniqueConstraint("session_id", "user_id", name="session_participants_session_user_key"),
        sa.Index("session_participants_session_idx", "session_id"),
        sa.Index("session_participants_user_idx", "user_id"),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    role: ParticipantRole = Field(sa_type=Choice(ParticipantRole))
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_read_seq: int = 0
    metadata_: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column("metadata", Json, nullable=False))


class SessionInvite(Row, table=True):
    """A link into one session for one person (M8). `token` holds the link's hash; `guest_id` is set once somebody came by it."""

    __tablename__ = "session_invites"
    __table_args__ = (
        sa.Index("session_invites_session_idx", "session_id"),
        sa.Index("session_invites_invited_by_idx", "invited_by"),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    invited_by: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    token: str = Field(unique=True, max_length=64)
    email: str | None = Field(default=None, max_length=254)
    guest_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL", unique=True)
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SessionEvent(Row, table=True):
    """One change of status of a session or its request: who, when, from, to, why (L1). Append-only."""

    __tablename__ = "session_events"
    __table_args__ = (sa.Index("session_events_session_idx", "session_id", "created_at"), sa.Index("session_events_actor_idx", "actor_id"))

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    entity: str = Field(max_length=20)
    actor_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    from_status: str | None = Field(default=None, max_length=20)
    to_status: str = Field(max_length=20)
    reason: str = Field(max_length=200)
