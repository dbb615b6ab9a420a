"""What comparing our books with Stripe's has shown (P7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Json, Row, UtcDateTime

_OPEN = sa.text("resolved_at IS NULL")


class Reconciliation(Row, table=True):
    """One comparison, from `since` on. `checked` counts what was looked at, by kind; `mended` what was written down or fulfilled
    late; `error` says why it couldn't be finished.
    """

    __tablename__ = "reconciliations"
    __table_args__ = (sa.Index("reconciliations_created_at_idx", "created_at"),)

    since: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    checked: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    mended: int = 0
    differences: int = 0
    error: str | None = Field(default=None, max_length=500)


class MoneyDifference(Row, table=True):
    """Something that Stripe's books and ours say differently and that no rule mends. Open until a comparison finds it gone.

    `kind` is what it is about (charge, refund, transfer, dispute, balance), `reference` Stripe's id of it. Amounts in cents, None where
    that side doesn't know it at all.
    """

    __tablename__ = "money_differences"
    __table_args__ = (
        sa.Index("money_differences_open_key", "kind", "reference", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index("money_differences_created_at_idx", "created_at"),
    )

    kind: str = Field(max_length=20)
    reference: str = Field(max_length=200)
    ours_cents: int | None = None
    theirs_cents: int | None = None
    note: str = Field(max_length=300)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
