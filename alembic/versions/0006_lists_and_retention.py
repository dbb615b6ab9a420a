"""what administrators list; when a delivered effect and a processed event were emptied of what nobody needs any more"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MAIL = sa.text("status = 'delivered' AND cleared_at IS NULL")
_EVENT = sa.text("status = 'processed' AND cleared_at IS NULL")


def upgrade() -> None:
    op.create_index("sessions_created_at_idx", "sessions", ["created_at"])
    op.create_index("audit_log_entity_idx", "audit_log", ["entity", "entity_id"])
    op.add_column("outbox", sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("outbox_readable_idx", "outbox", ["kind", "delivered_at"], postgresql_where=_MAIL, sqlite_where=_MAIL)
    op.add_column("stripe_events", sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("stripe_events_readable_idx", "stripe_events", ["received_at"], postgresql_where=_EVENT, sqlite_where=_EVENT)


def downgrade() -> None:
    op.drop_index("stripe_events_readable_idx", table_name="stripe_events")
    op.drop_column("stripe_events", "cleared_at")
    op.drop_index("outbox_readable_idx", table_name="outbox")
    op.drop_column("outbox", "cleared_at")
    op.drop_index("audit_log_entity_idx", table_name="audit_log")
    op.drop_index("sessions_created_at_idx", table_name="sessions")
