"""what administrators list and filter of the sessions is read along an index, the newest first"""

from alembic import op

revision = "0008"
down_revision = "0007"

_WIDER = {"sessions_customer_idx": "customer_user_id", "sessions_mechanic_idx": "mechanic_id", "sessions_status_idx": "status"}


def upgrade() -> None:
    for name, column in _WIDER.items():
        op.drop_index(name, table_name="sessions")
        op.create_index(name, "sessions", [column, "created_at", "id"])
    op.create_index("sessions_plan_idx", "sessions", ["plan", "created_at", "id"])
    op.create_index("sessions_status_plan_idx", "sessions", ["status", "plan", "created_at", "id"])


def downgrade() -> None:
    op.drop_index("sessions_status_plan_idx", table_name="sessions")
    op.drop_index("sessions_plan_idx", table_name="sessions")
    for name, column in _WIDER.items():
        op.drop_index(name, table_name="sessions")
        op.create_index(name, "sessions", [column])
