"""the room, and the audit log by action"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    _lead_to_actions()
    _add_papers()


def _lead_to_actions() -> None:
    op.create_index("audit_log_action_idx", "audit_log", ["action", "created_at"])


def downgrade() -> None:
    op.drop_table("diagnostic_reports")
    op.drop_table("action_plans")
    op.drop_index("audit_log_action_idx", table_name="audit_log")


def _add_papers() -> None:
    op.create_table(
        "action_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("items", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("action_plans_mechanic_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("action_plans_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("action_plans_pkey")),
        sa.UniqueConstraint("session_id", "number", name="action_plans_session_number_key"),
    )
    op.create_index("action_plans_mechanic_idx", "action_plans", ["mechanic_id"], unique=False)
    op.create_table(
        "diagnostic_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("findings", _JSON, nullable=False),
        sa.Column("summary", sa.String(length=4000), nullable=False),
        sa.Column("next_steps", _JSON, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("diagnostic_reports_mechanic_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("diagnostic_reports_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("diagnostic_reports_pkey")),
        sa.UniqueConstraint("session_id", name=op.f("diagnostic_reports_session_id_key")),
    )
    op.create_index("diagnostic_reports_mechanic_idx", "diagnostic_reports", ["mechanic_id"], unique=False)
