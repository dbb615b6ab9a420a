"""bookings and absences"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_OPEN = "status IN ('pending', 'unattended', 'accepted')"


def upgrade() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("plan_code", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checkout_id", sa.String(length=200), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.CheckConstraint("status IN ('held', 'booked', 'released', 'due')", name=op.f("bookings_status_check")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("bookings_ends_after_start_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("bookings_customer_id_fkey")),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("bookings_intake_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("bookings_mechanic_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bookings_pkey")),
        sa.UniqueConstraint("checkout_id", name=op.f("bookings_checkout_id_key")),
        sa.UniqueConstraint("session_id", name=op.f("bookings_session_id_key")),
    )
    op.create_index("bookings_customer_idx", "bookings", ["customer_id"], unique=False)
    op.create_index("bookings_intake_idx", "bookings", ["intake_id"], unique=False)
    op.create_index("bookings_mechanic_idx", "bookings", ["mechanic_id", "starts_at"], unique=False)
    op.create_index(
        "bookings_one_hold_per_customer_key",
        "bookings",
        ["customer_id"],
        unique=True,
        postgresql_where=sa.text("status = 'held'"),
        sqlite_where=sa.text("status = 'held'"),
    )

    op.create_table(
        "booked_quarters",
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("booked_quarters_booking_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("booked_quarters_mechanic_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mechanic_id", "starts_at", name=op.f("booked_quarters_pkey")),
    )
    op.create_index("booked_quarters_booking_idx", "booked_quarters", ["booking_id"], unique=False)

    op.add_column("mechanics", sa.Column("connected", sa.Boolean(), server_default=sa.false(), nullable=False))
    connected = sa.text("connected")
    op.create_index("mechanics_connected_idx", "mechanics", ["last_seen_at"], postgresql_where=connected, sqlite_where=connected)
    op.add_column("session_requests", sa.Column("close_reason", sa.String(length=60), nullable=True))
    op.add_column("session_requests", sa.Column("is_scheduled", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("session_requests", sa.Column("first_offer_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("session_requests_accepted_at_idx", "session_requests", ["accepted_at"])
    _one_open_per_customer(f"{_OPEN} AND NOT is_scheduled")
    op.add_column("sessions", sa.Column("extended_minutes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("sessions", sa.Column("mechanic_away_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sessions", sa.Column("waits_for_mechanic", sa.Boolean(), server_default=sa.false(), nullable=False))


def _one_open_per_customer(condition: str) -> None:
    """The same index as before, for the requests that meet this condition."""
    name, where = "session_requests_one_open_per_customer_key", sa.text(condition)
    op.drop_index(name, table_name="session_requests")
    op.create_index(name, "session_requests", ["customer_id"], unique=True, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    for column in ("waits_for_mechanic", "mechanic_away_since", "extended_minutes"):
        op.drop_column("sessions", column)
    _one_open_per_customer(_OPEN)
    op.drop_index("session_requests_accepted_at_idx", table_name="session_requests")
    for column in ("first_offer_until", "is_scheduled", "close_reason"):
        op.drop_column("session_requests", column)
    op.drop_index("mechanics_connected_idx", table_name="mechanics")
    op.drop_column("mechanics", "connected")
    op.drop_table("booked_quarters")
    op.drop_table("bookings")
