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
    _add_guests()


def _lead_to_actions() -> None:
    op.create_index("audit_log_action_idx", "audit_log", ["action", "created_at"])


def downgrade() -> None:
    _drop_guests()
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


_ROLES = ("customer", "mechanic", "admin")
_PARTIES = ("customer", "mechanic")


def _add_guests() -> None:
    for table, before in (("users", _ROLES), ("profiles", _ROLES), ("session_participants", _PARTIES)):
        _allow_roles(table, (*before, "guest"))
    op.create_table(
        "session_invites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("guest_id", sa.Uuid(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["guest_id"], ["users.id"], name=op.f("session_invites_guest_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["invited_by"], ["users.id"], name=op.f("session_invites_invited_by_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_invites_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("session_invites_pkey")),
        sa.UniqueConstraint("guest_id", name=op.f("session_invites_guest_id_key")),
        sa.UniqueConstraint("token", name=op.f("session_invites_token_key")),
    )
    op.create_index("session_invites_invited_by_idx", "session_invites", ["invited_by"], unique=False)
    op.create_index("session_invites_session_idx", "session_invites", ["session_id"], unique=False)


def _drop_guests() -> None:
    """Guests are nobody to the older version: what they said goes with them."""
    op.drop_table("session_invites")
    users = sa.table("users", sa.column("id"), sa.column("role"))
    guests = sa.select(users.c.id).where(users.c.role == "guest")
    acted = sa.table("session_events", sa.column("actor_id"))
    op.execute(sa.update(acted).where(acted.c.actor_id.in_(guests)).values(actor_id=None))
    theirs = (("chat_messages", "sender_id"), ("session_participants", "user_id"), ("login_tokens", "user_id"), ("profiles", "id"))
    for name, column in (*theirs, ("users", "id")):
        table = sa.table(name, sa.column(column))
        op.execute(sa.delete(table).where(table.c[column].in_(guests)))
    for table, before in (("users", _ROLES), ("profiles", _ROLES), ("session_participants", _PARTIES)):
        _allow_roles(table, before)


def _allow_roles(table: str, roles: tuple[str, ...]) -> None:
    """Another list of roles in the table's check."""
    name, values = f"{table}_role_check", ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f(name), f"role IN ({values})")
