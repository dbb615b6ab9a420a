"""What the document says about logging in is true of every route."""

from __future__ import annotations

import re
import uuid
from typing import Any

import httpx

VERBS = {"get", "post", "put", "patch", "delete"}


METRICS = "/metrics"
"""Asks for a token of its own and for nobody's login (tests/api/test_metrics.py)."""


async def guarded(api: httpx.AsyncClient) -> list[tuple[str, str]]:
    """Method and path of every route that may answer 401 to somebody who isn't logged in, with ids filled in."""
    paths: dict[str, dict[str, Any]] = (await api.get("/api/openapi.json")).json()["paths"]
    routes = [(verb, path) for path, verbs in paths.items() for verb, told in verbs.items() if verb in VERBS and "401" in told["responses"]]
    return [(verb, filled(path)) for verb, path in routes if not path.endswith("/login") and path != METRICS]


def filled(path: str) -> str:
    return re.sub(r"\{.*?\}", lambda _: str(uuid.uuid4()), path)


async def refused(api: httpx.AsyncClient, routes: list[tuple[str, str]], headers: dict[str, str]) -> dict[str, int]:
    answers = {f"{verb} {path}": await api.request(verb.upper(), path, json={}, headers=headers) for verb, path in routes}
    return {route: answer.status_code for route, answer in answers.items()}


async def test_a_visitor_is_asked_to_log_in(database: str, api: httpx.AsyncClient) -> None:
    routes = await guarded(api)
    assert len(routes) > 30
    assert {route: status for route, status in (await refused(api, routes, {})).items() if status != 401} == {}
    forged = {"Authorization": "Bearer forged"}
    assert {route: status for route, status in (await refused(api, routes, forged)).items() if status != 401} == {}
