"""the room, and the audit log by action"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _lead_to_actions()


def _lead_to_actions() -> None:
    op.create_index("audit_log_action_idx", "audit_log", ["action", "created_at"])


def downgrade() -> None:
    op.drop_index("audit_log_action_idx", table_name="audit_log")
