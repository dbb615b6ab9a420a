"""What the OpenAPI document says beside the routes themselves: what everything has in common, names for programs, limits, examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from autodoctor.accounts.cookies import login_cookie
from autodoctor.accounts.models import Role
from autodoctor.api.callers import scheme_of
from autodoctor.api.links import link
from autodoctor.core.text import LONGEST_TEXT

DESCRIPTION = """
Live consultations with certified mechanics, by chat and video. Everything that a page can do, a program can do too.

**Who is calling.** A login answers a token: send it as `Authorization: Bearer TOKEN`. Browsers carry it in a cookie; a change made with a
cookie must come from our own pages.

**Conventions.** JSON with camelCase names; times are ISO 8601 in UTC; money is integer cents; ids are UUIDs. A successful change answers
`success: true`. Lists take `limit` and `cursor` and answer `items` and `nextCursor`, which is null at the end.

**Errors** are `application/problem+json` (RFC 9457): `code` is a stable word for programs, `detail` says in words what went wrong and what
to do, 422 names the fields. 429 says in `Retry-After` how many seconds to wait. What belongs to somebody else answers 404.
""".strip()

TAGS = {
    "customers": "A customer's account, request and bookings.",
    "schedule": "Booking a consultation for a time.",
    "vehicles": "A customer's registry of vehicles.",
    "mechanics": "A mechanic's account, board, hours, bookings, earnings and payouts.",
    "checkout": "Paying for a consultation.",
    "intake": "Describing vehicle and problem.",
    "sessions": "Consultations, for those who take part: their life, reports, papers, ratings.",
    "chat": "The conversation of a session.",
    "video": "The video room of a session.",
    "files": "Uploads and downloads.",
    "guests": "Inviting somebody into a session.",
    "admin": "Administrators: queue, sessions, intakes, mechanics, money, audit log. Each change is written down.",
    "debug": "Administrators' tools for what has gone wrong, by the source's names. Each use is written down.",
    "webhooks": "What Stripe tells us.",
    "operations": "For whoever runs this.",
    "others": "Open to everybody.",
    "development": "Not there in production.",
}

_AUDIENCES = {"customers": "customer", "mechanics": "mechanic", "admin": "admin"}
_OF_EACH_AUDIENCE = {
    "sign_up",
    "log_in",
    "log_out",
    "log_out_everywhere",
    "forgot_password",
    "reset_password",
    "list_requests",
    "list_payouts",
    "list_payments",
}
_CLEARER = {
    "get_me": "get_mechanic_profile",
    "change_me": "change_mechanic_profile",
    "get_profile": "get_customer_profile",
    "change_profile": "change_customer_profile",
    "get_account": "get_payout_account",
    "get_week": "get_weekly_hours",
    "replace_week": "replace_weekly_hours",
    "invite": "invite_guest",
    "remove": "remove_guest",
    "join": "join_by_invitation",
    "download": "download_file",
    "contact": "write_to_us",
    "create_session": "create_checkout_session",
    "resolve": "resolve_checkout",
    "resolve_returning": "resolve_checkout_on_return",
    "health": "get_health",
    "outbox": "list_development_mails",
}
"""A function's name is clear in its module; beside all others an operation wants more words."""

EXAMPLES: dict[str, Any] = {
    "amountCents": 500,
    "blocks": [{"dayOfWeek": 1, "startTime": "09:00", "endTime": "17:00", "isAvailable": True}],
    "concern": "A knocking noise when the engine is cold",
    "currentPassword": "the-password-until-now",
    "email": "robin@example.com",
    "fileName": "leak.jpg",
    "filePath": "sessions/0f8fad5b-d9cb-469f-a165-70867728950e/7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "fileSize": 482133,
    "firstDay": "2026-12-24",
    "fullName": "Robin Sample",
    "ids": ["0f8fad5b-d9cb-469f-a165-70867728950e"],
    "items": [{"text": "Check the oil level before the next drive", "urgency": "now"}],
    "lastDay": "2026-12-26",
    "make": "Honda",
    "message": "Do you work on vintage cars, too?",
    "model": "Accord",
    "name": "Robin Sample",
    "password": "correct-horse-battery",
    "phone": "+1 202 555 0143",
    "plan": "chat10",
    "rating": 5,
    "reason": "The mechanic's connection broke off",
    "seq": 12,
    "sessionNotes": "Piston slap, harmless when cold.",
    "stripe_session_id": "cs_test_a1b2c3",
    "token": "the-last-part-of-the-link",
    "totp": "123456",
    "vin": "1HGCM82633A004352",
    "year": "2003",
}
"""The same name means the same in every body."""


def operation_id(route: APIRoute) -> str:
    """What a generated client calls this operation: `list_payouts_as_mechanic`."""
    name = _CLEARER.get(route.name, route.name)
    audience = _AUDIENCES.get(str(route.tags[0])) if route.tags else None
    return f"{name}_as_{audience}" if name in _OF_EACH_AUDIENCE and audience else name


def describe(app: FastAPI) -> None:
    """Complete the document: a summary that reads, limits that hold for every text, examples, and where answers lead."""
    write = app.openapi

    def completed() -> dict[str, Any]:
        document = write()
        for operation in (each for path in document["paths"].values() for each in path.values()):
            operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
        for role in Role:
            document["components"]["securitySchemes"][scheme_of(role)]["name"] = login_cookie(role)
        for name, told in _properties_of_bodies(document):
            _limit(told, document["components"]["schemas"])
            if name in EXAMPLES and not told.get("examples"):
                told["examples"] = [EXAMPLES[name]]
        link(document)
        return document

    app.openapi = completed


def _properties_of_bodies(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of everything that is sent to us as JSON."""
    schemas = document["components"]["schemas"]
    for operation in (each for path in document["paths"].values() for each in path.values()):
        sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        for each in sent.get("anyOf", [sent]):
            yield from schemas.get(each.get("$ref", "").rsplit("/", 1)[-1], {}).get("properties", {}).items()


def _limit(told: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Every text that we take ends somewhere (`schemas.Text`), also in lists and in what is sent in parts."""
    for each in told.get("anyOf", [told]):
        if each.get("type") == "string" and not {"maxLength", "format", "enum", "const"} & set(each):
            each["maxLength"] = LONGEST_TEXT
        if each.get("type") == "array":
            _limit(each["items"], schemas)
        for part in schemas.get(each.get("$ref", "").rsplit("/", 1)[-1], {}).get("properties", {}).values():
            _limit(part, schemas)
