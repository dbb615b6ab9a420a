"""the room: video, papers; and the audit log by action"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    _lead_to_actions()
    _add_papers()
    _add_extensions()
    _add_video()


def _lead_to_actions() -> None:
    op.create_index("audit_log_action_idx", "audit_log", ["action", "created_at"])


def downgrade() -> None:
    _drop_extensions()
    op.drop_table("video_recordings")
    op.drop_table("video_gaps")
    op.drop_table("livekit_events")
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


def _add_extensions() -> None:
    op.add_column("chat_messages", sa.Column("kind", sa.String(length=32), server_default="text", nullable=False))
    op.add_column("sessions", sa.Column("extended_cents", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "extensions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checkout_id", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.CheckConstraint("status IN ('open', 'paid', 'closed', 'refunded')", name=op.f("extensions_status_check")),
        sa.CheckConstraint("minutes > 0", name=op.f("extensions_minutes_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("extensions_customer_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("extensions_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("extensions_pkey")),
        sa.UniqueConstraint("checkout_id", name=op.f("extensions_checkout_id_key")),
    )
    op.create_index("extensions_customer_idx", "extensions", ["customer_id"], unique=False)
    op.create_index("extensions_session_idx", "extensions", ["session_id"], unique=False)
    is_open = sa.text("status = 'open'")
    op.create_index("extensions_one_open_key", "extensions", ["session_id"], unique=True, postgresql_where=is_open, sqlite_where=is_open)


def _drop_extensions() -> None:
    op.drop_table("extensions")
    op.drop_column("sessions", "extended_cents")
    op.drop_column("chat_messages", "kind")


def _add_video() -> None:
    op.create_table(
        "livekit_events",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("room", sa.String(length=100), nullable=False),
        sa.Column("identity", sa.String(length=100), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("livekit_events_pkey")),
    )
    op.create_table(
        "video_gaps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("video_gaps_session_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("video_gaps_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("video_gaps_pkey")),
    )
    op.create_index("video_gaps_session_idx", "video_gaps", ["session_id"], unique=False)
    op.create_index("video_gaps_user_idx", "video_gaps", ["user_id"], unique=False)
    op.create_index(
        "video_gaps_one_open_key",
        "video_gaps",
        ["session_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "video_recordings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("video_recordings_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("video_recordings_pkey")),
        sa.UniqueConstraint("path", name=op.f("video_recordings_path_key")),
    )
    op.create_index("video_recordings_session_idx", "video_recordings", ["session_id"], unique=False)
