"""money: tips, tax, disputes, payouts, the webhook inbox, reconciliation; and a ledger that nobody can rewrite"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)
_LEDGER = ("ledger_transactions", "ledger_entries")
_WAITING, _UNSENT, _OF_SESSION = sa.text("status = 'waiting'"), sa.text("status IN ('waiting', 'held')"), sa.text("kind = 'session'")
_UNSOLVED = sa.text("resolved_at IS NULL")


def upgrade() -> None:
    _add_accounts()
    _widen_payments()
    _widen_refunds()
    _add_disputes()
    _renew_payouts()
    _widen_ledger()
    _forbid_rewriting()
    _widen_events()
    _add_reconciliation()


def downgrade() -> None:
    op.drop_table("money_differences")
    op.drop_table("reconciliations")
    _narrow_events()
    _allow_rewriting()
    _narrow_ledger()
    _restore_payouts()
    op.drop_table("disputes")
    _narrow_refunds()
    _narrow_payments()
    _drop_accounts()


def _add_accounts() -> None:
    with op.batch_alter_table("mechanics") as table:
        table.add_column(sa.Column("stripe_missing", _JSON, nullable=False, server_default="[]"))
        table.add_column(sa.Column("stripe_disabled_reason", sa.String(length=100), nullable=True))
    op.create_index("mechanics_stripe_account_key", "mechanics", ["stripe_account_id"], unique=True)


def _drop_accounts() -> None:
    op.drop_index("mechanics_stripe_account_key", table_name="mechanics")
    with op.batch_alter_table("mechanics") as table:
        table.drop_column("stripe_missing")
        table.drop_column("stripe_disabled_reason")


def _widen_payments() -> None:
    with op.batch_alter_table("payments") as table:
        table.add_column(sa.Column("tax_cents", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("discount_cents", sa.Integer(), nullable=False, server_default="0"))
        table.drop_constraint(op.f("payments_purpose_check"), type_="check")
        table.create_check_constraint(op.f("payments_purpose_check"), "purpose IN ('plan', 'extension', 'tip')")
        table.create_check_constraint(op.f("payments_tax_check"), "tax_cents >= 0 AND tax_cents <= amount_cents")


def _narrow_payments() -> None:
    with op.batch_alter_table("payments") as table:
        table.drop_constraint(op.f("payments_tax_check"), type_="check")
        table.drop_constraint(op.f("payments_purpose_check"), type_="check")
        table.create_check_constraint(op.f("payments_purpose_check"), "purpose IN ('plan', 'extension')")
        table.drop_column("tax_cents")
        table.drop_column("discount_cents")


def _widen_refunds() -> None:
    with op.batch_alter_table("refunds") as table:
        table.add_column(sa.Column("actor_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("failure", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="1"))
        table.create_foreign_key(op.f("refunds_actor_id_fkey"), "users", ["actor_id"], ["id"])
        table.drop_constraint(op.f("refunds_status_check"), type_="check")
        table.create_check_constraint(op.f("refunds_status_check"), "status IN ('requested', 'waiting', 'succeeded', 'failed', 'void')")
    op.create_index("refunds_actor_idx", "refunds", ["actor_id"])
    op.create_index("refunds_created_at_idx", "refunds", ["created_at"])


def _narrow_refunds() -> None:
    op.drop_index("refunds_created_at_idx", table_name="refunds")
    op.drop_index("refunds_actor_idx", table_name="refunds")
    with op.batch_alter_table("refunds") as table:
        table.drop_constraint(op.f("refunds_status_check"), type_="check")
        table.create_check_constraint(op.f("refunds_status_check"), "status IN ('requested', 'succeeded', 'failed')")
        table.drop_constraint(op.f("refunds_actor_id_fkey"), type_="foreignkey")
        table.drop_column("actor_id")
        table.drop_column("failure")
        table.drop_column("tries")


def _add_disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("stripe_dispute_id", sa.String(length=200), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("due_by", _TIME, nullable=True),
        sa.Column("closed_at", _TIME, nullable=True),
        sa.CheckConstraint("status IN ('inquiry', 'open', 'won', 'lost')", name=op.f("disputes_status_check")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("disputes_amount_check")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("disputes_payment_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("disputes_pkey")),
        sa.UniqueConstraint("stripe_dispute_id", name=op.f("disputes_stripe_dispute_id_key")),
    )
    op.create_index("disputes_payment_idx", "disputes", ["payment_id"])
    op.create_index("disputes_created_at_idx", "disputes", ["created_at"])


def _renew_payouts() -> None:
    """Nothing has ever been written into the old table."""
    op.drop_table("payouts")
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("share_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("transfer_cents", sa.Integer(), nullable=False),
        sa.Column("reversed_cents", sa.Integer(), nullable=False),
        sa.Column("adjustments", sa.Integer(), nullable=False),
        sa.Column("reversals", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.String(length=200), nullable=True),
        sa.Column("sent_at", _TIME, nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'held', 'sending', 'sent', 'reversed', 'void')", name=op.f("payouts_status_check")),
        sa.CheckConstraint("kind IN ('session', 'tip')", name=op.f("payouts_kind_check")),
        sa.CheckConstraint("fee_cents + share_cents = total_cents", name=op.f("payouts_adds_up_check")),
        sa.CheckConstraint("reversed_cents >= 0 AND reversed_cents <= transfer_cents", name=op.f("payouts_reversed_check")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("payouts_session_id_fkey")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("payouts_payment_id_fkey")),
        sa.ForeignKeyConstraint(["mechanic_id"], ["mechanics.id"], name=op.f("payouts_mechanic_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payouts_pkey")),
        sa.UniqueConstraint("payment_id", name=op.f("payouts_payment_id_key")),
        sa.UniqueConstraint("transfer_id", name=op.f("payouts_transfer_id_key")),
    )
    op.create_index(
        "payouts_one_per_session_key", "payouts", ["session_id"], unique=True, postgresql_where=_OF_SESSION, sqlite_where=_OF_SESSION
    )
    op.create_index("payouts_session_idx", "payouts", ["session_id"])
    op.create_index("payouts_mechanic_idx", "payouts", ["mechanic_id", "created_at"])
    op.create_index("payouts_created_at_idx", "payouts", ["created_at"])
    op.create_index("payouts_open_idx", "payouts", ["mechanic_id"], postgresql_where=_UNSENT, sqlite_where=_UNSENT)


def _restore_payouts() -> None:
    op.drop_table("payouts")
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("share_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=200), nullable=True),
        sa.Column("sent_at", _TIME, nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'sent', 'reversed')", name=op.f("payouts_status_check")),
        sa.CheckConstraint("fee_cents + share_cents = total_cents", name=op.f("payouts_adds_up_check")),
        sa.ForeignKeyConstraint(["mechanic_id"], ["mechanics.id"], name=op.f("payouts_mechanic_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("payouts_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payouts_pkey")),
        sa.UniqueConstraint("session_id", name=op.f("payouts_session_id_key")),
        sa.UniqueConstraint("transfer_id", name=op.f("payouts_transfer_id_key")),
    )
    op.create_index("payouts_mechanic_idx", "payouts", ["mechanic_id"])


def _widen_ledger() -> None:
    op.create_index("ledger_transactions_created_at_idx", "ledger_transactions", ["created_at"])
    with op.batch_alter_table("ledger_entries") as table:
        table.add_column(sa.Column("mechanic_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("ledger_entries_mechanic_id_fkey"), "mechanics", ["mechanic_id"], ["id"])
    op.create_index("ledger_entries_mechanic_idx", "ledger_entries", ["mechanic_id"])


def _narrow_ledger() -> None:
    op.drop_index("ledger_entries_mechanic_idx", table_name="ledger_entries")
    with op.batch_alter_table("ledger_entries") as table:
        table.drop_constraint(op.f("ledger_entries_mechanic_id_fkey"), type_="foreignkey")
        table.drop_column("mechanic_id")
    op.drop_index("ledger_transactions_created_at_idx", table_name="ledger_transactions")


def _forbid_rewriting() -> None:
    """What is booked stays: a mistake is put right by another movement (P7)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
        for table in _LEDGER:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()"
            )
        return
    for table in _LEDGER:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )


def _allow_rewriting() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _LEDGER:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute("DROP FUNCTION refuse_rewriting()")
        return
    for table in _LEDGER:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")


def _widen_events() -> None:
    """What was stored before had been acted on, or was left to its sender to tell again."""
    with op.batch_alter_table("stripe_events") as table:
        table.add_column(sa.Column("object", _JSON, nullable=False, server_default="{}"))
        table.add_column(sa.Column("status", sa.String(length=32), nullable=False, server_default="processed"))
        table.add_column(sa.Column("due_at", _TIME, nullable=True))
        table.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="1"))
        table.create_check_constraint(op.f("stripe_events_status_check"), "status IN ('waiting', 'processed', 'parked')")
    op.execute("UPDATE stripe_events SET due_at = received_at")
    with op.batch_alter_table("stripe_events") as table:
        table.alter_column("due_at", existing_type=_TIME, nullable=False)
    op.create_index("stripe_events_status_idx", "stripe_events", ["status", "received_at"])
    op.create_index("stripe_events_due_idx", "stripe_events", ["due_at"], postgresql_where=_WAITING, sqlite_where=_WAITING)


def _narrow_events() -> None:
    op.drop_index("stripe_events_due_idx", table_name="stripe_events")
    op.drop_index("stripe_events_status_idx", table_name="stripe_events")
    with op.batch_alter_table("stripe_events") as table:
        table.drop_constraint(op.f("stripe_events_status_check"), type_="check")
        for column in ("object", "status", "due_at", "attempts"):
            table.drop_column(column)


def _add_reconciliation() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("finished_at", _TIME, nullable=True),
        sa.Column("checked", _JSON, nullable=False),
        sa.Column("mended", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("reconciliations_pkey")),
    )
    op.create_index("reconciliations_created_at_idx", "reconciliations", ["created_at"])
    op.create_table(
        "money_differences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("ours_cents", sa.Integer(), nullable=True),
        sa.Column("theirs_cents", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.Column("resolved_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("money_differences_pkey")),
    )
    op.create_index(
        "money_differences_open_key",
        "money_differences",
        ["kind", "reference"],
        unique=True,
        postgresql_where=_UNSOLVED,
        sqlite_where=_UNSOLVED,
    )
    op.create_index("money_differences_created_at_idx", "money_differences", ["created_at"])
