"""The two tables of the ledger. Triggers of both databases refuse to change or delete a row of them (P7)."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Row

_PAYABLE = sa.text("account = 'payable'")
"""From an index of those alone is added up what each mechanic is owed."""


class LedgerTransaction(Row, table=True):
    """One movement of money. `reference` makes posting it twice impossible."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        sa.Index("ledger_transactions_session_idx", "session_id"),
        sa.Index("ledger_transactions_created_at_idx", "created_at"),
    )

    kind: str = Field(max_length=20)
    reference: str = Field(unique=True, max_length=200)
    session_id: uuid.UUID | None = Field(default=None, foreign_key="sessions.id")
    memo: str = Field(default="", max_length=200)


class LedgerEntry(Row, table=True):
    """One side of a movement: debits positive, credits negative, in cents. Those of a transaction add up to zero.

    `mechanic_id` is set on the account `payable`: whose share it is.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        sa.CheckConstraint("amount_cents <> 0", name="amount"),
        sa.Index("ledger_entries_transaction_idx", "transaction_id"),
        sa.Index("ledger_entries_account_idx", "account"),
        sa.Index("ledger_entries_mechanic_idx", "mechanic_id"),
        sa.Index("ledger_entries_payable_idx", "mechanic_id", "account", "amount_cents", postgresql_where=_PAYABLE, sqlite_where=_PAYABLE),
    )

    transaction_id: uuid.UUID = Field(foreign_key="ledger_transactions.id")
    account: str = Field(max_length=60)
    mechanic_id: uuid.UUID | None = Field(default=None, foreign_key="mechanics.id")
    amount_cents: int
    currency: str = Field(max_length=3)
