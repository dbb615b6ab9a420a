"""The document at /api/openapi.json against the application: whatever is asked, the answer is one that the document foresees."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from autodoctor.api.app import create_api
from autodoctor.core.db import dispose_engine
from tests.api.worlds import World, browser_of, live, paid

HOST = "http://test"
EXAMPLES = settings(
    max_examples=5,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
CONFORMANCE = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
OURS = {"authorization", "cookie", "origin", "sec-fetch-site"}
"""Headers that say who is calling: we set them, and not the generator."""


@pytest.fixture
def runner(database: str) -> Iterator[asyncio.Runner]:
    """The loop in which the application and its database connections live while examples are drawn outside of it."""
    with asyncio.Runner() as runner:
        yield runner
        runner.run(dispose_engine())


@dataclass(frozen=True)
class Scene:
    """A customer and a mechanic are in a room together, logged in in one browser; somebody else waits for a mechanic."""

    room: World
    waiting: World

    @property
    def browser(self) -> dict[str, str]:
        return browser_of(self.room.customer, self.room.mechanic)["headers"]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_foreseen(runner: asyncio.Runner, subtests: pytest.Subtests, mode: GenerationMode) -> None:
    app, untouched = create_api(), runner.run(_scene())
    operations = [each.ok() for each in schemathesis.openapi.from_dict(app.openapi()).get_all_operations()]
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not _takes_anything(operation):
            continue
        scene = untouched if operation.method == "get" else runner.run(_scene())
        with subtests.test(operation.label):
            _ask_all_kinds_of_things(runner, app, operation, mode, scene)


async def _scene() -> Scene:
    return Scene(await live(), await paid())


def _takes_anything(operation: APIOperation) -> bool:
    return any((operation.path_parameters, operation.query, operation.headers, operation.body))


def _ask_all_kinds_of_things(runner: asyncio.Runner, app: FastAPI, operation: APIOperation, mode: GenerationMode, scene: Scene) -> None:
    @EXAMPLES
    @given(case=operation.as_strategy(generation_mode=mode), aim=st.sampled_from([scene.room, scene.room, scene.waiting, None]))
    def check(case: Case, aim: World | None) -> None:
        if aim:
            _aim(case, aim)
        answer = runner.run(_ask(app, case, scene.browser))
        assert answer.status_code < 500 or str(answer.status_code) in operation.definition.raw["responses"], answer.text
        case.validate_response(answer, checks=CONFORMANCE)

    check()


def _aim(case: Case, world: World) -> None:
    """Name what there is, in place of an id that was made up."""
    ids = {"session_id": world.session_id, "sessionId": world.session_id, "request_id": world.request_id}
    for place in (case.path_parameters, case.query, case.body):
        if isinstance(place, dict):
            place.update({name: str(known) for name, known in ids.items() if name in place})


async def _ask(app: FastAPI, case: Case, browser: dict[str, str]) -> httpx.Response:
    sent = requests.Request(**case.as_transport_kwargs(base_url=HOST)).prepare()
    headers = {name: value for name, value in sent.headers.items() if name.lower() not in OURS}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app, raise_app_exceptions=False)) as client:
        return await client.request(str(sent.method), str(sent.url), headers=headers | browser, content=sent.body)


async def test_every_name_in_the_document_is_camel_case(database: str, api: httpx.AsyncClient) -> None:
    schemas: dict[str, Any] = (await api.get("/api/openapi.json")).json()["components"]["schemas"]
    names = {(schema, name) for schema, told in schemas.items() for name in told.get("properties", {})}
    assert len(names) > 100
    assert {each for each in names if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", each[1])} == {("Resolve", "stripe_session_id")}
