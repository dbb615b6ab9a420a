"""Every route, as everybody: it does what the table of permissions says, and nobody reaches what isn't theirs (issue 7, item 3)."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from autodoctor.access.permissions import Permission, Whose
from autodoctor.access.table import ROUTES
from autodoctor.api.app import create_api
from tests.access.bodies import body_of
from tests.access.expected import IN_GROUPS, may
from tests.access.house import SECRET, House, Visitor, a_house, a_visitor
from tests.apps import the_api

VERBS = ("get", "post", "put", "patch", "delete")
MADE_UP = {
    "week": "2026-02-23",
    "what": "ledger",
    "token": "made-up",
}
NAMES_SOMETHING = re.compile(r"\{(session_id|request_id|vehicle_id|login_id|invite_id|intake_id)\}")
ENDS_LOGINS = re.compile(r"logout|DELETE /api/customer/account|password")


def declared() -> dict[str, dict[str, Any]]:
    """Every route of the document, by "METHOD path"."""
    paths = the_api().openapi()["paths"]
    return {f"{verb.upper()} {path}": told for path, verbs in paths.items() for verb, told in verbs.items() if verb in VERBS}


async def call(api: httpx.AsyncClient, route: str, who: Visitor, house: House, document: dict[str, Any]) -> httpx.Response:
    method, path = route.split(" ")
    operation = document["paths"][path][method.lower()]
    filled = re.sub(r"\{(\w+)\}", lambda found: house.ids.get(found[1]) or MADE_UP.get(found[1]) or house.ids["session_id"], path)
    query = {
        each["name"]: _named(each, house) for each in operation.get("parameters", []) if each["in"] == "query" and each.get("required")
    }
    headers = who.headers | {"Accept": "application/json"}
    api.cookies.clear()  # whoever signs up and logs in on the way stays who they are
    return await api.request(method, filled, params=query, json=body_of(operation, document, house.ids), headers=headers)


def _named(parameter: dict[str, Any], house: House) -> str:
    known = {"sessionId": house.ids["session_id"], "roomName": f"session-{house.ids['session_id']}", "plan": "chat10"}
    return known.get(parameter["name"], "2026-03-05")


def names_something(route: str, operation: dict[str, Any]) -> bool:
    """Whether the call names a thing of the house: then a stranger must not find it."""
    asked = " ".join(each["name"] for each in operation.get("parameters", []) if each["in"] == "query" and each.get("required"))
    return bool(NAMES_SOMETHING.search(route)) or "sessionId" in asked


def wrong(permission: Permission, who: Visitor, route: str, operation: dict[str, Any], answer: httpx.Response) -> str:
    """What is wrong about this answer, "" when it is as the table says."""
    status = answer.status_code
    if SECRET in answer.text and who.kind != "administrator":
        return "it tells what is the owner's own"
    if status >= 500 and status != 503:
        return f"it broke: {status}"
    if not may(permission, who.kind):
        wanted = 401 if who.kind == "visitor" else 403
        return "" if status == wanted else f"{status} instead of {wanted}"
    if permission.whose in {Whose.own, Whose.party} and names_something(route, operation):
        return "" if status == 404 else f"{status} instead of 404: {answer.text[:80]}"
    if status == 401 and not permission.is_open:
        return "it isn't let in"
    if status == 403 and permission.whose not in {Whose.signed, Whose.party}:
        return f"it isn't let in: {answer.text[:80]}"
    return ""


def test_the_table_and_the_routes_are_the_same() -> None:
    routes = set(declared())
    assert routes - set(ROUTES) == set(), "declared and not in the table: nobody may"
    assert set(ROUTES) - routes == set(), "in the table and not declared"


def test_a_route_that_is_not_in_the_table_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {route: permission for route, permission in ROUTES.items() if route != "GET /api/customer/profile"}
    monkeypatch.setattr("autodoctor.api.callers.ROUTES", known)
    with pytest.raises(KeyError, match="GET /api/customer/profile"):
        create_api()


def test_what_may_be_refused_says_so_in_the_document() -> None:
    told = declared()
    closed = {route for route, permission in ROUTES.items() if not permission.is_open}
    assert {route for route in closed if "401" not in told[route]["responses"]} == set()
    assert {route for route in closed if "403" not in told[route]["responses"]} == set()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", IN_GROUPS)
async def test_nobody_gets_further_than_the_table_says(database: str, api: httpx.AsyncClient, kind: str) -> None:
    house, document = await a_house(), the_api().openapi()
    who = await a_visitor(kind)
    told, before, found = declared(), await house.belongings(), dict[str, str]()
    for route in told:
        answer = await call(api, route, who, house, document)
        if problem := wrong(ROUTES[route], who, route, told[route], answer):
            found[route] = problem
        after = await house.belongings()
        is_theirs = kind == "administrator" or (ROUTES[route].whose is Whose.offered and may(ROUTES[route], kind))
        if after != before and not is_theirs:
            found[route] = f"it changed what isn't theirs: {after ^ before}"
        before = after
        if ENDS_LOGINS.search(route):
            who = await a_visitor(kind)
    print(f"\n{kind}: {len(told)} of {len(ROUTES)} routes walked")
    assert found == {}
