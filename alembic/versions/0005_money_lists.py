"""what administrators list of money: payments by day, failed refunds, undecided disputes, parked outbox entries"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_FAILED, _PARKED = sa.text("status = 'failed'"), sa.text("status = 'parked'")
_UNDECIDED = sa.text("status IN ('inquiry', 'open')")


def upgrade() -> None:
    op.create_index("payments_created_at_idx", "payments", ["created_at"])
    op.create_index("refunds_failed_idx", "refunds", ["created_at"], postgresql_where=_FAILED, sqlite_where=_FAILED)
    op.create_index("disputes_undecided_idx", "disputes", ["due_by"], postgresql_where=_UNDECIDED, sqlite_where=_UNDECIDED)
    op.create_index("outbox_parked_idx", "outbox", ["created_at"], postgresql_where=_PARKED, sqlite_where=_PARKED)


def downgrade() -> None:
    op.drop_index("outbox_parked_idx", table_name="outbox")
    op.drop_index("disputes_undecided_idx", table_name="disputes")
    op.drop_index("refunds_failed_idx", table_name="refunds")
    op.drop_index("payments_created_at_idx", table_name="payments")
