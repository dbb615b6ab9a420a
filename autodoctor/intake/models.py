"""The intake: what the customer tells about vehicle and problem before the session."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Choice, Json, Row, UtcDateTime, one_of
from autodoctor.intake.rules import IntakeStatus


class Intake(Row, table=True):
    """One description of a problem. Columns as in the source; `customer_id` says whose it is. Its words are indexed: `searching.py`."""

    __tablename__ = "intakes"
    __table_args__ = (
        one_of("status", IntakeStatus),
        sa.Index("intakes_status_idx", "status", "created_at", "id"),
        sa.Index("intakes_plan_idx", "plan", "created_at", "id"),
        sa.Index("intakes_created_at_idx", "created_at"),
        sa.Index("intakes_email_idx", "email"),
        sa.Index("intakes_customer_idx", "customer_id"),
    )

    customer_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    updated_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": clock.now})
    plan: str | None = Field(default=None, max_length=20)
    status: IntakeStatus = Field(default=IntakeStatus.new, sa_type=Choice(IntakeStatus))
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    city: str | None = None
    vin: str | None = None
    year: str | None = None
    make: str | None = None
    model: str | None = None
    vehicle_year: int | None = None
    vehicle_make: str | None = None
    vehicle_model: str | None = None
    odometer: str | None = None
    plate: str | None = None
    concern: str | None = None
    details: str | None = None
    notes: str | None = None
    plan_details: dict[str, Any] | None = Field(default=None, sa_type=Json)
    files: list[str] = Field(default_factory=list, sa_type=Json)
    attachments: list[Any] | None = Field(default=None, sa_type=Json)
    media_paths: list[str] | None = Field(default=None, sa_type=Json)
    customer_name: str | None = None
    customer_email: str | None = None
    customer_phone: str | None = None
    metadata_: dict[str, Any] | None = Field(default=None, sa_column=sa.Column("metadata", Json))
