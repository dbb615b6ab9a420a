"""Where one answer of the API leads: the links of the OpenAPI document, so that a program finds its way by itself.

An answer that has something in it (a session, a request, a vehicle) leads to whatever can be done with that thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROOM = (
    "get_session?path.session_id",
    "start_session?path.session_id",
    "start_named_session?body.sessionId",
    "get_session_info?query.sessionId",
    "send_message?body.sessionId",
    "mark_read?body.sessionId",
    "list_files?path.session_id",
    "sign_upload?body.sessionId",
    "invite_guest?body.sessionId",
    "list_invites?path.session_id",
    "get_intake?path.session_id",
    "get_video_record?path.session_id",
    "get_action_plan?path.session_id",
    "end_session?path.session_id",
)
PAPERS = (
    "get_report?path.session_id",
    "get_report_pdf?path.session_id",
    "get_receipt_pdf?path.session_id",
    "get_transcript?path.session_id",
    "list_recordings?path.session_id",
)
THANKS = ("review_session?path.session_id", "tip_mechanic?path.session_id")
EXTENSION = ("extend_session?body.sessionId",)
WRITING = (
    "write_notes?path.session_id",
    "send_action_plan?path.session_id",
    "write_report?path.session_id",
    "finish_report?path.session_id",
)
BY_HAND = (
    "look_into_session?query.sessionId",
    "join_session?query.sessionId",
    "get_debug_messages?query.sessionId",
    "refund_session?path.session_id",
    "force_cancel_session?body.sessionId",
    "delete_session?path.session_id",
)
BOOKED = ("move_booking?path.session_id", "cancel_booking?path.session_id", "get_calendar?path.session_id")
VEHICLE = ("change_vehicle?path.vehicle_id", "remove_vehicle?path.vehicle_id")
INTAKE = ("get_admin_intake?path.intake_id", "set_intake_status?path.intake_id")
STATEMENT = ("get_statement_csv?path.week", "get_statement_pdf?path.week")

LEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "get_active_request": {"/session/id": ROOM + PAPERS + EXTENSION, "/request/id": ("cancel_request?path.request_id",)},
    "resolve_checkout": {"/sessionId": ("get_session?path.session_id",), "/requestId": ("cancel_request?path.request_id",)},
    "resolve_checkout_on_return": {"/sessionId": ("get_session?path.session_id",), "/requestId": ("cancel_request?path.request_id",)},
    "resolve_by_stripe": {"/id": ("get_session?path.session_id",)},
    "list_sessions": {"/items/0/id": ROOM + PAPERS},
    "list_bookings": {"/items/0/id": PAPERS + THANKS},
    "list_requests_as_mechanic": {"/items/0/id": ("accept_request?path.request_id", "pass_on_request?path.request_id")},
    "accept_request": {"/session/id": ROOM + WRITING, "/request/id": ("let_go_of_request?path.request_id",)},
    "get_active_job": {"/session/id": ROOM + WRITING, "/request/id": ("let_go_of_request?path.request_id",)},
    "list_jobs": {"/items/0/id": PAPERS + WRITING},
    "list_booked": {"/items/0/sessionId": BOOKED},
    "list_slots": {"/items/0/startsAt": ("hold_slot?body.startsAt",)},
    "list_mechanic_bookings": {"/items/0/sessionId": ("give_booking_back?path.session_id", "get_calendar?path.session_id")},
    "list_statements": {"/items/0/week": STATEMENT},
    "list_vehicles": {"/items/0/id": VEHICLE},
    "add_vehicle": {"/vehicle/id": VEHICLE},
    "start_intake": {"/intakeId": ("create_checkout_session?query.intake_id", "sign_upload?body.intakeId")},
    "list_customer_logins": {"/items/0/id": ("revoke_customer_login?path.login_id",)},
    "list_mechanic_logins": {"/items/0/id": ("revoke_mechanic_login?path.login_id",)},
    "list_admin_logins": {"/items/0/id": ("revoke_admin_login?path.login_id",)},
    "list_requests_as_admin": {
        "/items/0/id": ("list_candidates?path.request_id", "assign_request?path.request_id"),
        "/items/0/sessionId": ("get_debug_messages?query.sessionId",),
        "/items/0/mechanicId": ("debug_mechanic_requests?query.mechanicId",),
    },
    "list_all_sessions": {"/items/0/id": BY_HAND},
    "list_mechanics": {"/items/0/id": ("get_mechanic?path.mechanic_id", "decide_about_mechanic?path.mechanic_id")},
    "list_intakes": {"/items/0/id": INTAKE},
    "query_intakes": {"/items/0/id": INTAKE},
    "list_payouts_as_admin": {"/items/0/id": ("retry_payout?path.payout_id",)},
    "list_refunds": {"/items/0/id": ("retry_refund?path.refund_id",)},
    "list_events": {"/items/0/id": ("process_event?path.event_id",)},
    "list_parked": {"/items/0/id": ("deliver_again?path.entry_id",)},
}
"""By operation, and by where in its answer the thing stands: what it can be given to, and as what."""


@dataclass(frozen=True)
class Way:
    """From one answer on, with more than one value: `parameters` and `body` by name, each an expression of the OpenAPI standard."""

    to: str
    parameters: Mapping[str, str]
    body: Mapping[str, str]


_EMAIL_AND_PASSWORD = {"email": "$request.body#/email", "password": "$request.body#/password"}
WAYS: Mapping[str, tuple[Way, ...]] = {
    "sign_up_as_customer": (Way("log_in_as_customer", {}, _EMAIL_AND_PASSWORD),),
    "sign_up_as_mechanic": (Way("log_in_as_mechanic", {}, _EMAIL_AND_PASSWORD),),
    "invite_guest": (Way("remove_guest", {"session_id": "$request.body#/sessionId", "invite_id": "$response.body#/id"}, {}),),
    "list_invites": (Way("remove_guest", {"session_id": "$request.path.session_id", "invite_id": "$response.body#/items/0/id"}, {}),),
    "list_recordings": (
        Way("open_recording", {"session_id": "$request.path.session_id", "recording_id": "$response.body#/items/0/id"}, {}),
    ),
    "list_candidates": (
        Way("assign_request", {"request_id": "$request.path.request_id"}, {"mechanicId": "$response.body#/items/0/mechanicId"}),
    ),
}


def link(document: dict[str, Any]) -> None:
    """Write every link beside the answer that it starts from: the first one of success. Raises KeyError for an unknown operation."""
    operations = {each["operationId"]: each for path in document["paths"].values() for each in path.values()}
    for source, things in LEADS.items():
        for pointer, targets in things.items():
            for target in targets:
                _add(operations, source, _simple(target, pointer))
    for source, ways in WAYS.items():
        for way in ways:
            _add(operations, source, way)


def _simple(target: str, pointer: str) -> Way:
    to, _, where = target.partition("?")
    place, _, name = where.partition(".")
    value = {name: f"$response.body#{pointer}"}
    return Way(to, {}, value) if place == "body" else Way(to, value, {})


def _add(operations: dict[str, Any], source: str, way: Way) -> None:
    _ = operations[way.to]
    responses = operations[source]["responses"]
    answer = responses[min(status for status in responses if status.startswith("2"))]
    told: dict[str, Any] = {"operationId": way.to}
    if way.parameters:
        told["parameters"] = dict(way.parameters)
    if way.body:
        told["requestBody"] = dict(way.body)
    answer.setdefault("links", {})[way.to] = told
