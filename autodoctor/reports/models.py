"""Action plans and diagnostic reports."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Json, Row, UtcDateTime


class ActionPlan(Row, table=True):
    """An action plan as it was sent. `number` counts from 1 within its session; the highest one holds, the others are history (M6)."""

    __tablename__ = "action_plans"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "number", name="action_plans_session_number_key"),
        sa.Index("action_plans_mechanic_idx", "mechanic_id"),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    mechanic_id: uuid.UUID = Field(foreign_key="users.id")
    number: int
    items: list[dict[str, Any]] = Field(sa_type=Json)


class DiagnosticReport(Row, table=True):
    """The report of a Full Diagnostic: a draft until `finished_at` is set, from then on as it is (M6)."""

    __tablename__ = "diagnostic_reports"
    __table_args__ = (sa.Index("diagnostic_reports_mechanic_idx", "mechanic_id"),)

    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE", unique=True)
    mechanic_id: uuid.UUID = Field(foreign_key="users.id")
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    summary: str = Field(default="", max_length=4000)
    next_steps: list[str] = Field(default_factory=list, sa_type=Json)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
