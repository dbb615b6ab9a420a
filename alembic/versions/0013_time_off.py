"""mechanics' time off: days, or a part of one, in which their weekly hours don't count"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_PART = "(start_time IS NULL AND end_time IS NULL) OR (first_day = last_day AND start_time IS NOT NULL AND end_time > start_time)"


def upgrade() -> None:
    op.create_table(
        "mechanic_time_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("note", sa.String(length=80), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("mechanic_time_off_ends_after_start_check")),
        sa.CheckConstraint(_PART, name=op.f("mechanic_time_off_part_of_one_day_check")),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("mechanic_time_off_mechanic_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("mechanic_time_off_pkey")),
    )
    op.create_index("mechanic_time_off_mechanic_idx", "mechanic_time_off", ["mechanic_id", "last_day"], unique=False)


def downgrade() -> None:
    op.drop_index("mechanic_time_off_mechanic_idx", table_name="mechanic_time_off")
    op.drop_table("mechanic_time_off")
