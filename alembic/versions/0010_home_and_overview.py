"""what the home page tells of all sessions, and the overview of stuck payouts, is read from indexes of the few rows it is about"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_OF_SOME = (
    ("sessions_rated_idx", "sessions", ["reviewed_at", "rating"], sa.text("rating IS NOT NULL")),
    ("payouts_problem_idx", "payouts", ["status"], sa.text("problem IS NOT NULL")),
)


def upgrade() -> None:
    for name, table, columns, which in _OF_SOME:
        op.create_index(name, table, columns, postgresql_where=which, sqlite_where=which)


def downgrade() -> None:
    for name, table, _columns, _which in _OF_SOME:
        op.drop_index(name, table_name=table)
