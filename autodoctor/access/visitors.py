"""What is open to everybody, and what a signature opens."""

from __future__ import annotations

from autodoctor.access.permissions import Group, Permission, Whose

EVERYBODY = (Group.everybody,)

PERMISSIONS = (
    Permission(
        "Look at the public pages",
        EVERYBODY,
        Whose.nothing,
        routes=("GET /api/health", "GET /api/trouble-codes"),
        events=("HomeState.load", "MechanicPageState.load", "VisitorState.look"),
    ),
    Permission(
        "Sign up, log in, and get back into an account",
        EVERYBODY,
        Whose.nothing,
        routes=(
            "POST /api/customer/signup",
            "POST /api/customer/login",
            "POST /api/customer/forgot-password",
            "POST /api/customer/resend-verification",
            "POST /api/mechanics/signup",
            "POST /api/mechanics/login",
            "POST /api/mechanics/forgot-password",
            "POST /api/admin/login",
        ),
        events=("DoorState.pass_customer", "DoorState.pass_mechanic", "DoorState.pass_admin"),
    ),
    Permission(
        "Use the link of a mail or an invitation",
        EVERYBODY,
        Whose.signed,
        routes=("GET /auth/callback", "POST /api/customer/reset-password", "POST /api/mechanics/reset-password", "POST /api/session/join"),
        events=("JoinState.load",),
    ),
    Permission(
        "Put and get a file by its signed link",
        EVERYBODY,
        Whose.signed,
        routes=("PUT /api/uploads/put", "GET /api/files/{token}"),
    ),
    Permission(
        "Tell us what happened (Stripe, LiveKit)",
        EVERYBODY,
        Whose.signed,
        routes=("POST /api/stripe/webhook", "POST /api/livekit"),
    ),
    Permission(
        "Scrape the figures, with the token of the installation where one is set", EVERYBODY, Whose.nothing, routes=("GET /metrics",)
    ),
    Permission("Write to us", EVERYBODY, Whose.nothing, routes=("POST /api/contact",)),
    Permission(
        "Read a development machine's mails (there is no such door in production)",
        EVERYBODY,
        Whose.nothing,
        routes=("GET /api/dev/outbox",),
        events=("OutboxState.load",),
    ),
    Permission(
        "Look at every component on a development machine (there is no such page in production)",
        EVERYBODY,
        Whose.nothing,
        events=("ComponentsState.load",),
    ),
)
