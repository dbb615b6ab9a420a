"""first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("deadlines_pkey")),
    )
    op.create_index(
        "deadlines_due_idx",
        "deadlines",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "deadlines_open_key",
        "deadlines",
        ["kind", "entity_id"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("leases_pkey")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'delivered', 'parked')", name=op.f("outbox_status_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_pkey")),
        sa.UniqueConstraint("key", name=op.f("outbox_key_key")),
    )
    op.create_index(
        "outbox_due_idx",
        "outbox",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
        sqlite_where=sa.text("status = 'waiting'"),
    )
    op.create_table(
        "stripe_events",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("stripe_events_pkey")),
    )
    op.create_index("stripe_events_received_at_idx", "stripe_events", ["received_at"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.CheckConstraint("role IN ('customer', 'mechanic', 'admin')", name=op.f("users_role_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
        sa.UniqueConstraint("email", name=op.f("users_email_key")),
    )
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("audit_log_actor_id_fkey"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_log_pkey")),
    )
    op.create_index("audit_log_actor_idx", "audit_log", ["actor_id"], unique=False)
    op.create_index("audit_log_created_at_idx", "audit_log", ["created_at"], unique=False)
    op.create_table(
        "intakes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("vin", sa.String(), nullable=True),
        sa.Column("year", sa.String(), nullable=True),
        sa.Column("make", sa.String(), nullable=True),
        sa.Column("model", sa.String(), nullable=True),
        sa.Column("vehicle_year", sa.Integer(), nullable=True),
        sa.Column("vehicle_make", sa.String(), nullable=True),
        sa.Column("vehicle_model", sa.String(), nullable=True),
        sa.Column("odometer", sa.String(), nullable=True),
        sa.Column("plate", sa.String(), nullable=True),
        sa.Column("concern", sa.String(), nullable=True),
        sa.Column("details", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("plan_details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("files", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("attachments", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("media_paths", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("customer_name", sa.String(), nullable=True),
        sa.Column("customer_email", sa.String(), nullable=True),
        sa.Column("customer_phone", sa.String(), nullable=True),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.CheckConstraint(
            "status IN ('new', 'pending', 'in_review', 'in_progress', 'awaiting_customer', 'resolved', 'cancelled')",
            name=op.f("intakes_status_check"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("intakes_customer_id_fkey"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("intakes_pkey")),
    )
    op.create_index("intakes_created_at_idx", "intakes", ["created_at"], unique=False)
    op.create_index("intakes_customer_idx", "intakes", ["customer_id"], unique=False)
    op.create_index("intakes_email_idx", "intakes", ["email"], unique=False)
    op.create_index("intakes_status_idx", "intakes", ["status"], unique=False)
    op.create_table(
        "login_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("ip_address", sa.String(length=64), nullable=True),
        sa.Column("user_agent", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("login_tokens_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("login_tokens_pkey")),
        sa.UniqueConstraint("token", name=op.f("login_tokens_token_key")),
    )
    op.create_index("login_tokens_user_idx", "login_tokens", ["user_id"], unique=False)
    op.create_table(
        "mechanic_availability",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("day_of_week", sa.Integer(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("end_time", sa.Time(), nullable=False),
        sa.Column("is_available", sa.Boolean(), nullable=False),
        sa.CheckConstraint("day_of_week >= 0 AND day_of_week <= 6", name=op.f("mechanic_availability_day_of_week_check")),
        sa.CheckConstraint("end_time > start_time", name=op.f("mechanic_availability_ends_after_start_check")),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("mechanic_availability_mechanic_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("mechanic_availability_pkey")),
        sa.UniqueConstraint("mechanic_id", "day_of_week", "start_time", name="mechanic_availability_start_key"),
    )
    op.create_index("mechanic_availability_day_idx", "mechanic_availability", ["day_of_week"], unique=False)
    op.create_index("mechanic_availability_mechanic_idx", "mechanic_availability", ["mechanic_id"], unique=False)
    op.create_table(
        "mechanics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("seniority", sa.String(length=32), nullable=False),
        sa.Column("specialties", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("photo_path", sa.String(), nullable=True),
        sa.Column("bio", sa.String(length=1000), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("online_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stripe_account_id", sa.String(), nullable=True),
        sa.Column("stripe_onboarding_completed", sa.Boolean(), nullable=False),
        sa.Column("stripe_charges_enabled", sa.Boolean(), nullable=False),
        sa.Column("stripe_payouts_enabled", sa.Boolean(), nullable=False),
        sa.Column("stripe_details_submitted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("seniority IN ('junior', 'senior')", name=op.f("mechanics_seniority_check")),
        sa.CheckConstraint("status IN ('pending_review', 'approved', 'suspended')", name=op.f("mechanics_status_check")),
        sa.ForeignKeyConstraint(["id"], ["users.id"], name=op.f("mechanics_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("mechanics_pkey")),
        sa.UniqueConstraint("email", name=op.f("mechanics_email_key")),
    )
    op.create_index("mechanics_online_idx", "mechanics", ["online"], unique=False)
    op.create_table(
        "one_time_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('verify_email', 'reset_password')", name=op.f("one_time_tokens_purpose_check")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("one_time_tokens_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("one_time_tokens_pkey")),
        sa.UniqueConstraint("token", name=op.f("one_time_tokens_token_key")),
    )
    op.create_index("one_time_tokens_user_idx", "one_time_tokens", ["user_id"], unique=False)
    op.create_table(
        "profiles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("vehicle_info", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("vehicle_hint", sa.String(), nullable=True),
        sa.Column("is_18_plus", sa.Boolean(), nullable=False),
        sa.Column("waiver_accepted", sa.Boolean(), nullable=False),
        sa.Column("waiver_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiver_ip_address", sa.String(), nullable=True),
        sa.Column("terms_accepted", sa.Boolean(), nullable=False),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("account_status", sa.String(length=20), nullable=False),
        sa.Column("preferred_plan", sa.String(length=20), nullable=True),
        sa.Column("last_selected_slot", sa.String(), nullable=True),
        sa.Column("date_of_birth", sa.String(), nullable=True),
        sa.Column("stripe_account_id", sa.String(), nullable=True),
        sa.Column("stripe_onboarding_completed", sa.Boolean(), nullable=False),
        sa.Column("stripe_charges_enabled", sa.Boolean(), nullable=False),
        sa.Column("stripe_payouts_enabled", sa.Boolean(), nullable=False),
        sa.Column("stripe_details_submitted", sa.Boolean(), nullable=False),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint("role IN ('customer', 'mechanic', 'admin')", name=op.f("profiles_role_check")),
        sa.ForeignKeyConstraint(["id"], ["users.id"], name=op.f("profiles_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("profiles_pkey")),
    )
    op.create_table(
        "vehicles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("make", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("year", sa.String(length=4), nullable=False),
        sa.Column("vin", sa.String(length=17), nullable=True),
        sa.Column("color", sa.String(length=40), nullable=True),
        sa.Column("mileage", sa.String(length=20), nullable=True),
        sa.Column("plate", sa.String(length=20), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("nickname", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("vehicles_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("vehicles_pkey")),
    )
    op.create_index(
        "vehicles_one_primary_key",
        "vehicles",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("is_primary"),
        sqlite_where=sa.text("is_primary"),
    )
    op.create_index("vehicles_user_idx", "vehicles", ["user_id"], unique=False)
    op.create_table(
        "waiver_acceptances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("waiver_version", sa.String(length=20), nullable=False),
        sa.Column("ip_address", sa.String(length=64), nullable=True),
        sa.Column("user_agent", sa.String(length=400), nullable=True),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("waiver_acceptances_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("waiver_acceptances_pkey")),
    )
    op.create_index("waiver_acceptances_user_idx", "waiver_acceptances", ["user_id"], unique=False)
    op.create_table(
        "mechanic_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("ip_address", sa.String(length=64), nullable=True),
        sa.Column("user_agent", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(["mechanic_id"], ["mechanics.id"], name=op.f("mechanic_sessions_mechanic_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("mechanic_sessions_pkey")),
        sa.UniqueConstraint("token", name=op.f("mechanic_sessions_token_key")),
    )
    op.create_index("mechanic_sessions_mechanic_idx", "mechanic_sessions", ["mechanic_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("stripe_session_id", sa.String(length=200), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("customer_user_id", sa.Uuid(), nullable=True),
        sa.Column("mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("scheduled_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("waiver_accepted", sa.Boolean(), nullable=False),
        sa.Column("waiver_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiver_ip_address", sa.String(), nullable=True),
        sa.Column("vehicle_info", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("session_notes", sa.String(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("review", sa.String(length=2000), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "status IN ('scheduled', 'pending', 'waiting', 'live', 'completed', 'cancelled')", name=op.f("sessions_status_check")
        ),
        sa.CheckConstraint("type IN ('chat', 'video', 'diagnostic')", name=op.f("sessions_type_check")),
        sa.CheckConstraint("rating >= 1 AND rating <= 5", name=op.f("sessions_rating_check")),
        sa.ForeignKeyConstraint(["customer_user_id"], ["users.id"], name=op.f("sessions_customer_user_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("sessions_intake_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("sessions_mechanic_id_fkey"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
        sa.UniqueConstraint("stripe_session_id", name=op.f("sessions_stripe_session_id_key")),
    )
    op.create_index("sessions_customer_idx", "sessions", ["customer_user_id"], unique=False)
    op.create_index("sessions_intake_idx", "sessions", ["intake_id"], unique=False)
    op.create_index("sessions_mechanic_idx", "sessions", ["mechanic_id"], unique=False)
    op.create_index(
        "sessions_one_job_per_mechanic_key",
        "sessions",
        ["mechanic_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('waiting', 'live')"),
        sqlite_where=sa.text("status IN ('waiting', 'live')"),
    )
    op.create_index("sessions_scheduled_for_idx", "sessions", ["scheduled_for"], unique=False)
    op.create_index("sessions_started_at_idx", "sessions", ["started_at"], unique=False)
    op.create_index("sessions_status_idx", "sessions", ["status"], unique=False)
    op.create_table(
        "chat_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=4000), nullable=False),
        sa.Column("attachments", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["sender_id"], ["users.id"], name=op.f("chat_messages_sender_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("chat_messages_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("chat_messages_pkey")),
        sa.UniqueConstraint("session_id", "sender_id", "client_id", name="chat_messages_client_key"),
        sa.UniqueConstraint("session_id", "seq", name="chat_messages_session_seq_key"),
    )
    op.create_index("chat_messages_sender_idx", "chat_messages", ["sender_id"], unique=False)
    op.create_index("chat_messages_session_idx", "chat_messages", ["session_id"], unique=False)
    op.create_table(
        "ledger_transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("memo", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("ledger_transactions_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_transactions_pkey")),
        sa.UniqueConstraint("reference", name=op.f("ledger_transactions_reference_key")),
    )
    op.create_index("ledger_transactions_session_idx", "ledger_transactions", ["session_id"], unique=False)
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("stripe_session_id", sa.String(length=200), nullable=False),
        sa.Column("payment_intent_id", sa.String(length=200), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("refunded_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint("purpose IN ('plan', 'extension')", name=op.f("payments_purpose_check")),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("payments_amount_check")),
        sa.CheckConstraint("refunded_cents >= 0 AND refunded_cents <= amount_cents", name=op.f("payments_refunded_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("payments_customer_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("payments_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payments_pkey")),
        sa.UniqueConstraint("stripe_session_id", name=op.f("payments_stripe_session_id_key")),
    )
    op.create_index("payments_customer_idx", "payments", ["customer_id"], unique=False)
    op.create_index("payments_intent_idx", "payments", ["payment_intent_id"], unique=False)
    op.create_index("payments_session_idx", "payments", ["session_id"], unique=False)
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("share_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=200), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'sent', 'reversed')", name=op.f("payouts_status_check")),
        sa.CheckConstraint("fee_cents + share_cents = total_cents", name=op.f("payouts_adds_up_check")),
        sa.ForeignKeyConstraint(["mechanic_id"], ["mechanics.id"], name=op.f("payouts_mechanic_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("payouts_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payouts_pkey")),
        sa.UniqueConstraint("session_id", name=op.f("payouts_session_id_key")),
        sa.UniqueConstraint("transfer_id", name=op.f("payouts_transfer_id_key")),
    )
    op.create_index("payouts_mechanic_idx", "payouts", ["mechanic_id"], unique=False)
    op.create_table(
        "session_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("from_status", sa.String(length=20), nullable=True),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("session_events_actor_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_events_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("session_events_pkey")),
    )
    op.create_index("session_events_actor_idx", "session_events", ["actor_id"], unique=False)
    op.create_index("session_events_session_idx", "session_events", ["session_id", "created_at"], unique=False)
    op.create_table(
        "session_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("file_type", sa.String(length=100), nullable=False),
        sa.Column("storage_path", sa.String(length=300), nullable=False),
        sa.Column("file_url", sa.String(), nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_files_session_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["uploaded_by"], ["users.id"], name=op.f("session_files_uploaded_by_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("session_files_pkey")),
        sa.UniqueConstraint("session_id", "storage_path", name="session_files_session_path_key"),
    )
    op.create_index("session_files_session_idx", "session_files", ["session_id"], unique=False)
    op.create_index("session_files_uploaded_by_idx", "session_files", ["uploaded_by"], unique=False)
    op.create_table(
        "session_participants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_read_seq", sa.Integer(), nullable=False),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint("role IN ('customer', 'mechanic')", name=op.f("session_participants_role_check")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_participants_session_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("session_participants_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("session_participants_pkey")),
        sa.UniqueConstraint("session_id", "user_id", name="session_participants_session_user_key"),
    )
    op.create_index("session_participants_session_idx", "session_participants", ["session_id"], unique=False)
    op.create_index("session_participants_user_idx", "session_participants", ["user_id"], unique=False)
    op.create_table(
        "session_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("session_type", sa.String(length=32), nullable=False),
        sa.Column("plan_code", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=True),
        sa.Column("customer_email", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notification_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint("session_type IN ('chat', 'video', 'diagnostic')", name=op.f("session_requests_session_type_check")),
        sa.CheckConstraint(
            "status IN ('pending', 'accepted', 'unattended', 'expired', 'cancelled', 'completed')",
            name=op.f("session_requests_status_check"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('accepted', 'completed') OR mechanic_id IS NOT NULL", name=op.f("session_requests_accepted_has_mechanic_check")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("session_requests_customer_id_fkey")),
        sa.ForeignKeyConstraint(["mechanic_id"], ["users.id"], name=op.f("session_requests_mechanic_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_requests_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("session_requests_pkey")),
        sa.UniqueConstraint("session_id", name=op.f("session_requests_session_id_key")),
    )
    op.create_index("session_requests_created_at_idx", "session_requests", ["created_at"], unique=False)
    op.create_index("session_requests_customer_idx", "session_requests", ["customer_id"], unique=False)
    op.create_index("session_requests_mechanic_idx", "session_requests", ["mechanic_id"], unique=False)
    op.create_index(
        "session_requests_one_job_per_mechanic_key",
        "session_requests",
        ["mechanic_id"],
        unique=True,
        postgresql_where=sa.text("status = 'accepted'"),
        sqlite_where=sa.text("status = 'accepted'"),
    )
    op.create_index(
        "session_requests_one_open_per_customer_key",
        "session_requests",
        ["customer_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('pending', 'unattended', 'accepted')"),
        sqlite_where=sa.text("status IN ('pending', 'unattended', 'accepted')"),
    )
    op.create_index("session_requests_status_idx", "session_requests", ["status"], unique=False)
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("file_path", sa.String(length=300), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("file_type", sa.String(length=100), nullable=False),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("uploads_intake_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("uploads_owner_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("uploads_session_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("uploads_pkey")),
        sa.UniqueConstraint("file_path", name=op.f("uploads_file_path_key")),
    )
    op.create_index("uploads_intake_idx", "uploads", ["intake_id"], unique=False)
    op.create_index("uploads_owner_idx", "uploads", ["owner_id"], unique=False)
    op.create_index("uploads_session_idx", "uploads", ["session_id"], unique=False)
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ledger_entries_amount_check")),
        sa.ForeignKeyConstraint(["transaction_id"], ["ledger_transactions.id"], name=op.f("ledger_entries_transaction_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_entries_pkey")),
    )
    op.create_index("ledger_entries_account_idx", "ledger_entries", ["account"], unique=False)
    op.create_index("ledger_entries_transaction_idx", "ledger_entries", ["transaction_id"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("stripe_refund_id", sa.String(length=200), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('requested', 'succeeded', 'failed')", name=op.f("refunds_status_check")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("refunds_amount_check")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("refunds_payment_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("refunds_pkey")),
        sa.UniqueConstraint("key", name=op.f("refunds_key_key")),
        sa.UniqueConstraint("stripe_refund_id", name=op.f("refunds_stripe_refund_id_key")),
    )
    op.create_index("refunds_payment_idx", "refunds", ["payment_id"], unique=False)
    op.create_table(
        "request_passes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["mechanic_id"], ["mechanics.id"], name=op.f("request_passes_mechanic_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["request_id"], ["session_requests.id"], name=op.f("request_passes_request_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("request_passes_pkey")),
        sa.UniqueConstraint("request_id", "mechanic_id", name="request_passes_request_mechanic_key"),
    )
    op.create_index("request_passes_mechanic_idx", "request_passes", ["mechanic_id"], unique=False)


def downgrade() -> None:
    op.drop_index("request_passes_mechanic_idx", table_name="request_passes")
    op.drop_table("request_passes")
    op.drop_index("refunds_payment_idx", table_name="refunds")
    op.drop_table("refunds")
    op.drop_index("ledger_entries_transaction_idx", table_name="ledger_entries")
    op.drop_index("ledger_entries_account_idx", table_name="ledger_entries")
    op.drop_table("ledger_entries")
    op.drop_index("uploads_session_idx", table_name="uploads")
    op.drop_index("uploads_owner_idx", table_name="uploads")
    op.drop_index("uploads_intake_idx", table_name="uploads")
    op.drop_table("uploads")
    op.drop_index("session_requests_status_idx", table_name="session_requests")
    op.drop_index(
        "session_requests_one_open_per_customer_key",
        table_name="session_requests",
        postgresql_where=sa.text("status IN ('pending', 'unattended', 'accepted')"),
        sqlite_where=sa.text("status IN ('pending', 'unattended', 'accepted')"),
    )
    op.drop_index(
        "session_requests_one_job_per_mechanic_key",
        table_name="session_requests",
        postgresql_where=sa.text("status = 'accepted'"),
        sqlite_where=sa.text("status = 'accepted'"),
    )
    op.drop_index("session_requests_mechanic_idx", table_name="session_requests")
    op.drop_index("session_requests_customer_idx", table_name="session_requests")
    op.drop_index("session_requests_created_at_idx", table_name="session_requests")
    op.drop_table("session_requests")
    op.drop_index("session_participants_user_idx", table_name="session_participants")
    op.drop_index("session_participants_session_idx", table_name="session_participants")
    op.drop_table("session_participants")
    op.drop_index("session_files_uploaded_by_idx", table_name="session_files")
    op.drop_index("session_files_session_idx", table_name="session_files")
    op.drop_table("session_files")
    op.drop_index("session_events_session_idx", table_name="session_events")
    op.drop_index("session_events_actor_idx", table_name="session_events")
    op.drop_table("session_events")
    op.drop_index("payouts_mechanic_idx", table_name="payouts")
    op.drop_table("payouts")
    op.drop_index("payments_session_idx", table_name="payments")
    op.drop_index("payments_intent_idx", table_name="payments")
    op.drop_index("payments_customer_idx", table_name="payments")
    op.drop_table("payments")
    op.drop_index("ledger_transactions_session_idx", table_name="ledger_transactions")
    op.drop_table("ledger_transactions")
    op.drop_index("chat_messages_session_idx", table_name="chat_messages")
    op.drop_index("chat_messages_sender_idx", table_name="chat_messages")
    op.drop_table("chat_messages")
    op.drop_index("sessions_status_idx", table_name="sessions")
    op.drop_index("sessions_started_at_idx", table_name="sessions")
    op.drop_index("sessions_scheduled_for_idx", table_name="sessions")
    op.drop_index(
        "sessions_one_job_per_mechanic_key",
        table_name="sessions",
        postgresql_where=sa.text("status IN ('waiting', 'live')"),
        sqlite_where=sa.text("status IN ('waiting', 'live')"),
    )
    op.drop_index("sessions_mechanic_idx", table_name="sessions")
    op.drop_index("sessions_intake_idx", table_name="sessions")
    op.drop_index("sessions_customer_idx", table_name="sessions")
    op.drop_table("sessions")
    op.drop_index("mechanic_sessions_mechanic_idx", table_name="mechanic_sessions")
    op.drop_table("mechanic_sessions")
    op.drop_index("waiver_acceptances_user_idx", table_name="waiver_acceptances")
    op.drop_table("waiver_acceptances")
    op.drop_index("vehicles_user_idx", table_name="vehicles")
    op.drop_index(
        "vehicles_one_primary_key", table_name="vehicles", postgresql_where=sa.text("is_primary"), sqlite_where=sa.text("is_primary")
    )
    op.drop_table("vehicles")
    op.drop_table("profiles")
    op.drop_index("one_time_tokens_user_idx", table_name="one_time_tokens")
    op.drop_table("one_time_tokens")
    op.drop_index("mechanics_online_idx", table_name="mechanics")
    op.drop_table("mechanics")
    op.drop_index("mechanic_availability_mechanic_idx", table_name="mechanic_availability")
    op.drop_index("mechanic_availability_day_idx", table_name="mechanic_availability")
    op.drop_table("mechanic_availability")
    op.drop_index("login_tokens_user_idx", table_name="login_tokens")
    op.drop_table("login_tokens")
    op.drop_index("intakes_status_idx", table_name="intakes")
    op.drop_index("intakes_email_idx", table_name="intakes")
    op.drop_index("intakes_customer_idx", table_name="intakes")
    op.drop_index("intakes_created_at_idx", table_name="intakes")
    op.drop_table("intakes")
    op.drop_index("audit_log_created_at_idx", table_name="audit_log")
    op.drop_index("audit_log_actor_idx", table_name="audit_log")
    op.drop_table("audit_log")
    op.drop_table("users")
    op.drop_index("stripe_events_received_at_idx", table_name="stripe_events")
    op.drop_table("stripe_events")
    op.drop_index(
        "outbox_due_idx", table_name="outbox", postgresql_where=sa.text("status = 'waiting'"), sqlite_where=sa.text("status = 'waiting'")
    )
    op.drop_table("outbox")
    op.drop_table("leases")
    op.drop_index(
        "deadlines_open_key",
        table_name="deadlines",
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )
    op.drop_index(
        "deadlines_due_idx",
        table_name="deadlines",
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )
    op.drop_table("deadlines")
