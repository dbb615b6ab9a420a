"""What customers may do with what is their own."""

from __future__ import annotations

from autodoctor.access.permissions import Group, Permission, Whose

CUSTOMER = (Group.customer,)
ANY_CUSTOMER = (Group.any_customer,)

PERMISSIONS = (
    Permission(
        "Log out, look at one's logins and end them, change the password",
        ANY_CUSTOMER,
        Whose.own,
        routes=(
            "POST /api/customer/logout",
            "POST /api/customer/logout-everywhere",
            "GET /api/customer/logins",
            "DELETE /api/customer/logins/{login_id}",
            "POST /api/customer/password",
        ),
        events=("ProfileState.end_login",),
    ),
    Permission(
        "Take one's data home, delete the account",
        ANY_CUSTOMER,
        Whose.own,
        routes=("GET /api/customer/export", "DELETE /api/customer/account"),
    ),
    Permission("Look at one's profile", ANY_CUSTOMER, Whose.own, routes=("GET /api/customer/profile",), events=("VerifyState.load",)),
    Permission("Change one's profile", CUSTOMER, Whose.own, routes=("PATCH /api/customer/profile",), events=("ProfileState.load",)),
    Permission(
        "Pay for a consultation",
        CUSTOMER,
        Whose.own,
        routes=("GET /api/checkout", "GET /api/checkout/create-session"),
        leads_to_login=True,
    ),
    Permission(
        "Have a paid checkout fulfilled",
        (Group.customer, Group.admin),
        Whose.own,
        routes=("GET /api/checkout/resolve", "POST /api/checkout/resolve"),
    ),
    Permission(
        "Describe the problem",
        CUSTOMER,
        Whose.own,
        routes=("POST /api/intake/start",),
        events=("IntakeState.load",),
    ),
    Permission(
        "Follow one's request, call it off, look at what was",
        CUSTOMER,
        Whose.own,
        routes=(
            "GET /api/customer/request",
            "POST /api/customer/requests/{request_id}/cancel",
            "POST /api/customer/clear-plan",
            "GET /api/customer/bookings",
        ),
        events=(
            "DashboardState.load",
            "DashboardState.hear",
            "DashboardState.beat",
            "DashboardState.cancel",
            "DashboardState.call_off",
            "DashboardState.narrow",
        ),
    ),
    Permission(
        "Book a time, move it and call it off",
        CUSTOMER,
        Whose.own,
        routes=(
            "GET /api/customer/slots",
            "GET /api/customer/schedule",
            "POST /api/customer/schedule",
            "DELETE /api/customer/schedule/hold",
            "POST /api/customer/schedule/{session_id}/move",
            "POST /api/customer/schedule/{session_id}/cancel",
        ),
        events=("ScheduleState.load",),
    ),
    Permission(
        "Keep one's vehicles",
        CUSTOMER,
        Whose.own,
        routes=(
            "GET /api/customer/vehicles",
            "POST /api/customer/vehicles",
            "PATCH /api/customer/vehicles/{vehicle_id}",
            "DELETE /api/customer/vehicles/{vehicle_id}",
        ),
        events=("VehiclesState.load", "VehiclesState.make_primary", "VehiclesState.remove", "VehiclesState.undo"),
    ),
)
