"""sums of the ledger's days that are over, so that figures of a year needn't read every entry"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "ledger_closed_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("ledger_closed_days_pkey")),
    )
    op.create_table(
        "ledger_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["day"], ["ledger_closed_days.day"], name=op.f("ledger_days_day_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("day", "kind", "account", "currency", name=op.f("ledger_days_pkey")),
    )


def downgrade() -> None:
    op.drop_table("ledger_days")
    op.drop_table("ledger_closed_days")
