"""The tables of closed days: sums beside the ledger that its entries can always make anew (P7)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Table


class ClosedDay(Table, table=True):
    """A day of UTC's whose sums are all in `ledger_days`, also one on which nothing moved. Up to the newest one every day is closed."""

    __tablename__ = "ledger_closed_days"

    day: date = Field(primary_key=True)


class LedgerDay(Table, table=True):
    """Cents that one kind of movement has put on one account on a closed day: debits positive, credits negative.

    Written with its closed day, and gone with it.
    """

    __tablename__ = "ledger_days"

    day: date = Field(primary_key=True, foreign_key="ledger_closed_days.day", ondelete="CASCADE")
    kind: str = Field(primary_key=True, max_length=20)
    account: str = Field(primary_key=True, max_length=60)
    currency: str = Field(primary_key=True, max_length=3)
    cents: int = Field(sa_type=sa.BigInteger)
