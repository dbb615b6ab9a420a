"""Mechanics' weekly hours."""

from __future__ import annotations

import uuid
from datetime import datetime, time

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Row, UtcDateTime


class MechanicAvailability(Row, table=True):
    """One block of a week, in the mechanic's own time zone. Day 0 is Sunday, as in the source."""

    __tablename__ = "mechanic_availability"
    __table_args__ = (
        sa.CheckConstraint("day_of_week >= 0 AND day_of_week <= 6", name="day_of_week"),
        sa.CheckConstraint("end_time > start_time", name="ends_after_start"),
        sa.UniqueConstraint("mechanic_id", "day_of_week", "start_time", name="mechanic_availability_start_key"),
        sa.Index("mechanic_availability_mechanic_idx", "mechanic_id"),
        sa.Index("mechanic_availability_day_idx", "day_of_week"),
    )

    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": clock.now})
    mechanic_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    day_of_week: int
    start_time: time
    end_time: time
    is_available: bool = True
