"""What mechanics may do with the work that is offered to them and with what is their own."""

from __future__ import annotations

from autodoctor.access.permissions import Group, Permission, Whose

MECHANIC = (Group.mechanic,)
APPROVED = (Group.approved_mechanic,)

PERMISSIONS = (
    Permission(
        "Log out, look at one's logins and end them, change the password",
        MECHANIC,
        Whose.own,
        routes=(
            "POST /api/mechanics/logout",
            "POST /api/mechanics/logout-everywhere",
            "GET /api/mechanics/logins",
            "DELETE /api/mechanics/logins/{login_id}",
            "POST /api/mechanics/password",
            "GET /api/mechanics/second-factor",
            "POST /api/mechanics/second-factor",
            "POST /api/mechanics/second-factor/confirm",
            "POST /api/mechanics/second-factor/recovery-codes",
            "POST /api/mechanics/second-factor/off",
        ),
        events=("MechanicProfileState.end_login",),
    ),
    Permission("Take one's data home", MECHANIC, Whose.own, routes=("GET /api/mechanics/export",)),
    Permission(
        "Keep one's profile",
        MECHANIC,
        Whose.own,
        routes=("GET /api/mechanics/me", "PATCH /api/mechanics/me"),
        events=("MechanicProfileState.load",),
    ),
    Permission(
        "Look at one's dashboard and say whether work is wanted",
        MECHANIC,
        Whose.own,
        routes=("GET /api/mechanics/requests/active",),
        events=("BoardState.load", "BoardState.hear", "BoardState.beat", "BoardState.set_online"),
    ),
    Permission(
        "See the waiting requests and take one, or pass on it",
        APPROVED,
        Whose.offered,
        routes=(
            "GET /api/mechanics/requests",
            "POST /api/mechanics/requests/{request_id}/accept",
            "POST /api/mechanics/requests/{request_id}/pass",
        ),
        events=("BoardState.accept", "BoardState.pass_on", "BoardState.undo_pass"),
    ),
    Permission(
        "Let go of what was taken",
        MECHANIC,
        Whose.own,
        routes=("POST /api/mechanics/requests/{request_id}/cancel", "POST /api/mechanics/bookings/{session_id}/give-back"),
        events=("BoardState.let_go", "BoardState.give_back"),
    ),
    Permission(
        "Look back at one's work",
        MECHANIC,
        Whose.own,
        routes=("GET /api/mechanics/requests/history", "GET /api/mechanics/bookings"),
        events=("RecordState.load", "RecordState.open", "RecordState.narrow"),
    ),
    Permission(
        "Keep one's weekly hours and time off",
        MECHANIC,
        Whose.own,
        routes=(
            "GET /api/mechanics/availability",
            "POST /api/mechanics/availability",
            "GET /api/mechanics/time-off",
            "POST /api/mechanics/time-off",
            "DELETE /api/mechanics/time-off/{time_off_id}",
        ),
        events=("HoursState.load",),
    ),
    Permission(
        "See one's earnings and set up payouts",
        MECHANIC,
        Whose.own,
        routes=(
            "GET /api/mechanics/earnings",
            "POST /api/mechanics/stripe/onboard",
            "GET /api/mechanics/payouts/account",
            "GET /api/mechanics/payouts",
            "GET /api/mechanics/statements",
        ),
        events=(
            "EarningsState.open",
            "EarningsState.load",
            "EarningsState.look",
            "EarningsState.show_more",
            "EarningsState.show_older_weeks",
            "OnboardingState.load",
            "OnboardingState.hear",
            "OnboardingState.beat",
        ),
    ),
    Permission(
        "Take a week's statement home",
        MECHANIC,
        Whose.own,
        routes=("GET /api/mechanics/statements/{week}.pdf", "GET /api/mechanics/statements/{week}.csv"),
        leads_to_login=True,
    ),
)
