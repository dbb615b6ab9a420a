"""Mechanics' weekly hours, and what is booked in them."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Choice, Row, Table, UtcDateTime, one_of

NOTE_LENGTH = 80


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


class MechanicTimeOff(Row, table=True):
    """An exception to the week, a holiday: days in the mechanic's own time zone, both included, or with times a part of one day."""

    __tablename__ = "mechanic_time_off"
    __table_args__ = (
        sa.CheckConstraint("last_day >= first_day", name="ends_after_start"),
        sa.CheckConstraint(
            "(start_time IS NULL AND end_time IS NULL) OR (first_day = last_day AND start_time IS NOT NULL AND end_time > start_time)",
            name="part_of_one_day",
        ),
        sa.Index("mechanic_time_off_mechanic_idx", "mechanic_id", "last_day"),
    )

    mechanic_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    first_day: date
    last_day: date
    start_time: time | None = None
    end_time: time | None = None
    note: str | None = Field(default=None, max_length=NOTE_LENGTH)


class BookingStatus(StrEnum):
    held = "held"
    booked = "booked"
    released = "released"
    due = "due"


_HELD = sa.text("status = 'held'")


class Booking(Row, table=True):
    """A slot of a mechanic's time (L8): `held` while its customer pays, then `booked`, `due` when its time has come.

    A hold that ends without payment, or a booking that is called off, is `released`. `session_id` is fixed with the hold; the
    session exists from the payment on. Without `mechanic_id` the mechanic gave it back: at its time it is offered to all. `moves` counts
    how often its time was changed, for calendars that keep the newest.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        one_of("status", BookingStatus),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.Index("bookings_mechanic_idx", "mechanic_id", "starts_at"),
        sa.Index("bookings_customer_idx", "customer_id"),
        sa.Index("bookings_intake_idx", "intake_id"),
        sa.Index("bookings_one_hold_per_customer_key", "customer_id", unique=True, postgresql_where=_HELD, sqlite_where=_HELD),
    )

    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": clock.now})
    session_id: uuid.UUID = Field(unique=True)
    customer_id: uuid.UUID = Field(foreign_key="users.id")
    mechanic_id: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    intake_id: uuid.UUID | None = Field(default=None, foreign_key="intakes.id", ondelete="SET NULL")
    plan_code: str = Field(max_length=20)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    status: BookingStatus = Field(default=BookingStatus.held, sa_type=Choice(BookingStatus))
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    checkout_id: str | None = Field(default=None, unique=True, max_length=200)
    moves: int = 0


class BookedQuarter(Table, table=True):
    """A quarter of an hour of a mechanic that is held or booked. The primary key is the law: nothing is sold twice (L8)."""

    __tablename__ = "booked_quarters"
    __table_args__ = (sa.Index("booked_quarters_booking_idx", "booking_id"),)

    mechanic_id: uuid.UUID = Field(primary_key=True, foreign_key="users.id", ondelete="CASCADE")
    starts_at: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    booking_id: uuid.UUID = Field(foreign_key="bookings.id", ondelete="CASCADE")
