"""Who did what with special rights."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Json, Row


class AuditEntry(Row, table=True):
    """One act of an administrator (or of the command line, then without actor). Append-only."""

    __tablename__ = "audit_log"
    __table_args__ = (
        sa.Index("audit_log_created_at_idx", "created_at"),
        sa.Index("audit_log_actor_idx", "actor_id"),
        sa.Index("audit_log_action_idx", "action", "created_at"),
        sa.Index("audit_log_entity_idx", "entity", "entity_id"),
    )

    actor_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    action: str = Field(max_length=60)
    entity: str = Field(max_length=40)
    entity_id: str = Field(max_length=64)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
