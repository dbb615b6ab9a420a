"""What administrators may do (R4). Each change is in the audit log."""

from __future__ import annotations

from autodoctor.access.permissions import Group, Permission, Whose

ADMIN = (Group.admin,)

PERMISSIONS = (
    Permission(
        "Log out, look at one's logins and end them, change the password, set up a second factor",
        (Group.any_admin,),
        Whose.own,
        routes=(
            "POST /api/admin/logout",
            "POST /api/admin/logout-everywhere",
            "GET /api/admin/logins",
            "DELETE /api/admin/logins/{login_id}",
            "POST /api/admin/password",
            "GET /api/admin/second-factor",
            "POST /api/admin/second-factor",
            "POST /api/admin/second-factor/confirm",
            "POST /api/admin/second-factor/recovery-codes",
            "POST /api/admin/second-factor/off",
        ),
        events=("AdminAccountState.load", "AdminAccountState.end_login"),
    ),
    Permission(
        "See what waits and give it to a mechanic",
        ADMIN,
        Whose.anybodys,
        routes=(
            "GET /api/admin/requests",
            "GET /api/admin/requests/{request_id}/candidates",
            "POST /api/admin/requests/{request_id}/assign",
        ),
        events=("QueueState.load", "QueueState.hear", "QueueState.beat", "QueueState.choose", "QueueState.assign"),
    ),
    Permission(
        "Look into what is late or broken, and put it right",
        ADMIN,
        Whose.anybodys,
        routes=(
            "POST /api/debug/cleanup-sessions",
            "GET /api/debug/session-requests",
            "GET /api/debug/mechanic-requests",
            "GET /api/debug/session-health",
            "POST /api/debug/clear-old-requests",
            "POST /api/debug/cleanup-ghost-requests",
            "POST /api/debug/cleanup-live-sessions",
            "POST /api/debug/clear-customer-sessions",
            "POST /api/debug/reset-broken-requests",
            "POST /api/debug/force-cancel-session",
            "POST /api/debug/fix-schema",
        ),
        events=("CleanupState.load", "CleanupState.run"),
    ),
    Permission("Erase a customer's account for them", ADMIN, Whose.anybodys, routes=("POST /api/debug/cleanup-user-data",)),
    Permission(
        "Look at sessions and what was said in them, join one as an observer, delete one that never was one",
        ADMIN,
        Whose.anybodys,
        routes=(
            "GET /api/admin/sessions",
            "GET /api/admin/sessions/export",
            "GET /api/admin/sessions/join",
            "POST /api/admin/sessions/join",
            "GET /api/chat/debug-messages",
            "DELETE /api/sessions/{session_id}/delete",
        ),
        events=(
            "SessionsState.load",
            "SessionsState.hear",
            "SessionsState.beat",
            "ObserveState.load",
            "AdminSessionState.load",
            "AdminSessionState.hear",
            "AdminSessionState.beat",
        ),
    ),
    Permission(
        "Give money back",
        ADMIN,
        Whose.anybodys,
        routes=("POST /api/admin/sessions/{session_id}/refund",),
        events=("AdminSessionState.set_amount", "AdminSessionState.set_reason", "AdminSessionState.give_back"),
    ),
    Permission(
        "See the money and what is stuck in it",
        ADMIN,
        Whose.anybodys,
        routes=(
            "GET /api/admin/money",
            "GET /api/admin/payments",
            "GET /api/admin/refunds",
            "GET /api/admin/payouts",
            "GET /api/admin/disputes",
            "GET /api/admin/reconciliation",
            "GET /api/admin/events",
            "GET /api/admin/outbox",
            "GET /api/admin/exports/{what}",
        ),
        events=(
            "MoneyState.load",
            "MoneyState.hear",
            "MoneyState.beat",
            "MoneyState.ask_stripe",
        ),
    ),
    Permission(
        "Try again what is stuck, and compare with Stripe",
        ADMIN,
        Whose.anybodys,
        routes=(
            "POST /api/admin/refunds/{refund_id}/retry",
            "POST /api/admin/payouts/{payout_id}/retry",
            "POST /api/admin/events/{event_id}/process",
            "POST /api/admin/outbox/{entry_id}/retry",
        ),
        events=("MoneyState.try_refund", "MoneyState.try_payout", "MoneyState.process", "MoneyState.deliver", "MoneyState.compare"),
    ),
    Permission(
        "Read intakes and move them on",
        ADMIN,
        Whose.anybodys,
        routes=(
            "GET /api/admin/intakes",
            "GET /api/admin/intakes/query",
            "GET /api/admin/intakes/export",
            "GET /api/admin/intakes/{intake_id}",
            "PATCH /api/admin/intakes/{intake_id}/status",
            "POST /api/admin/intakes/update-status",
        ),
    ),
    Permission(
        "Decide about mechanics",
        ADMIN,
        Whose.anybodys,
        routes=("GET /api/admin/mechanics", "GET /api/admin/mechanics/{mechanic_id}", "PATCH /api/admin/mechanics/{mechanic_id}"),
    ),
    Permission(
        "Read the figures, and what administrators did", ADMIN, Whose.anybodys, routes=("GET /api/admin/metrics", "GET /api/admin/audit")
    ),
)
