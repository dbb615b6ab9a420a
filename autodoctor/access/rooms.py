"""What those who take part in a session may do with it. Which side may do what, the session's own services say."""

from __future__ import annotations

from autodoctor.access.permissions import Group, Permission, Whose

SIDES = (Group.any_customer, Group.mechanic, Group.admin)
ROOM = (*SIDES, Group.guest)
VERIFIED = (Group.customer, Group.mechanic, Group.admin)

PERMISSIONS = (
    Permission(
        "Look at one's sessions",
        SIDES,
        Whose.party,
        routes=(
            "GET /api/sessions",
            "GET /api/sessions/{session_id}",
            "GET /api/sessions/resolve-by-stripe",
            "GET /api/sessions/{session_id}/intake",
            "GET /api/sessions/{session_id}/calendar.ics",
            "GET /api/sessions/{session_id}/video",
            "GET /api/sessions/{session_id}/recordings",
            "GET /api/sessions/{session_id}/recordings/{recording_id}",
            "GET /api/sessions/{session_id}/action-plan",
            "GET /api/sessions/{session_id}/report",
        ),
    ),
    Permission(
        "Take a session's papers home",
        SIDES,
        Whose.party,
        routes=(
            "GET /api/sessions/{session_id}/report.pdf",
            "GET /api/sessions/{session_id}/receipt.pdf",
            "GET /api/sessions/{session_id}/transcript",
        ),
        leads_to_login=True,
    ),
    Permission(
        "Look back at a session on its page",
        SIDES,
        Whose.party,
        events=(
            "SessionState.load",
            "SessionState.hear",
            "SessionState.beat",
            "SessionState.older",
            "SessionState.seen",
            "SessionState.typing",
            "MechanicSessionState.load",
            "MechanicSessionState.hear",
            "MechanicSessionState.beat",
            "MechanicSessionState.older",
            "MechanicSessionState.seen",
            "MechanicSessionState.typing",
            "CompleteState.load",
            "CompleteState.hear",
        ),
        draws_refusal=True,
    ),
    Permission(
        "Start and end a session, and decide when the mechanic has left",
        SIDES,
        Whose.party,
        routes=("POST /api/sessions/{session_id}/start", "POST /api/session/start", "POST /api/sessions/{session_id}/end"),
        events=("RoomState.end", "RoomState.wait_for_mechanic", "RoomState.ask_for_another", "RoomState.take_money_back"),
        draws_refusal=True,
    ),
    Permission(
        "Buy more time, give a tip, rate",
        SIDES,
        Whose.party,
        routes=("POST /api/session/extend", "POST /api/sessions/{session_id}/tip", "POST /api/sessions/{session_id}/review"),
    ),
    Permission(
        "Write notes, the action plan and the report",
        SIDES,
        Whose.party,
        routes=(
            "PATCH /api/sessions/{session_id}/notes",
            "POST /api/sessions/{session_id}/action-plan",
            "PUT /api/sessions/{session_id}/report",
            "POST /api/sessions/{session_id}/report/finish",
        ),
    ),
    Permission(
        "Invite somebody, and take an invitation back",
        SIDES,
        Whose.party,
        routes=(
            "POST /api/session/invite",
            "GET /api/sessions/{session_id}/invites",
            "DELETE /api/sessions/{session_id}/invites/{invite_id}",
        ),
    ),
    Permission(
        "Be in the room: write, read, see and be seen",
        ROOM,
        Whose.party,
        routes=(
            "GET /api/chat/session-info",
            "POST /api/chat/send-message",
            "POST /api/chat/read",
            "GET /api/livekit/token",
            "POST /api/sessions/{session_id}/video",
            "GET /api/sessions/{session_id}/files",
        ),
        events=(
            "RoomState.load",
            "RoomState.hear",
            "RoomState.beat",
            "RoomState.come_in",
            "RoomState.older",
            "RoomState.seen",
            "RoomState.typing",
        ),
        draws_refusal=True,
    ),
    Permission(
        "Send files",
        VERIFIED,
        Whose.party,
        routes=("POST /api/uploads/sign", "POST /api/sessions/{session_id}/files"),
    ),
    Permission("Decode a VIN", VERIFIED, Whose.nothing, routes=("POST /api/vin/decode",)),
)
