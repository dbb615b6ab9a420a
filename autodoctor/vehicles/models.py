"""The customer's registry of vehicles."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Row

_PRIMARY = sa.text("is_primary")


class Vehicle(Row, table=True):
    """One vehicle of a customer. At most one of them is the primary one, kept so by the database (R2)."""

    __tablename__ = "vehicles"
    __table_args__ = (
        sa.Index("vehicles_user_idx", "user_id"),
        sa.Index("vehicles_one_primary_key", "user_id", unique=True, postgresql_where=_PRIMARY, sqlite_where=_PRIMARY),
    )

    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    make: str = Field(max_length=60)
    model: str = Field(max_length=80)
    year: str = Field(max_length=4)
    vin: str | None = Field(default=None, max_length=17)
    color: str | None = Field(default=None, max_length=40)
    mileage: str | None = Field(default=None, max_length=20)
    plate: str | None = Field(default=None, max_length=20)
    is_primary: bool = False
    nickname: str | None = Field(default=None, max_length=60)
