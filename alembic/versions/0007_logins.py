"""when a login was last used, and the second factor: authenticator secrets and recovery codes"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_LOGINS = ("login_tokens", "mechanic_sessions")


def upgrade() -> None:
    for table in _LOGINS:
        op.add_column(table, sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(f"UPDATE {table} SET last_used_at = CURRENT_TIMESTAMP")  # noqa: S608 - our own names; nobody is logged out by this
        with op.batch_alter_table(table) as batch:
            batch.alter_column("last_used_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret", sa.String(length=400), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("second_factors_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("second_factors_pkey")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("recovery_codes_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("recovery_codes_pkey")),
        sa.UniqueConstraint("code", name=op.f("recovery_codes_code_key")),
    )
    op.create_index("recovery_codes_user_idx", "recovery_codes", ["user_id"])


def downgrade() -> None:
    op.drop_index("recovery_codes_user_idx", table_name="recovery_codes")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    for table in _LOGINS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("last_used_at")
