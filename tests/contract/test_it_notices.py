"""The judge is judged: each check of schemathesis, once with something that it must notice."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.company import Company
from tests.contract.judging import judged
from tests.contract.running import Running

Told = dict[str, Any]
VEHICLES, ONE = "/api/customer/vehicles", "/api/customer/vehicles/{vehicle_id}"


def _content(told: Told) -> Told:
    return told["get"]["responses"]["200"]["content"]


def _no_404(told: Told) -> None:
    del told["patch"]["responses"]["404"]


def _as_text(told: Told) -> None:
    told["get"]["responses"]["200"]["content"] = {"text/plain": _content(told)["application/json"]}


def _with_a_header(told: Told) -> None:
    told["get"]["responses"]["200"]["headers"] = {"X-Nobody": {"required": True, "schema": {"type": "string"}}}


def _of_another_shape(told: Told) -> None:
    _content(told)["application/json"]["schema"] = {"type": "object", "required": ["nothing"]}


def _shorter(told: Told) -> None:
    told["get"]["parameters"] = [
        {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 1, "maximum": 5}}
    ]


def _longer(told: Told) -> None:
    told["get"]["parameters"] = [{"name": "limit", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 101}}]


def _needing_a_header(told: Told) -> None:
    told["get"]["parameters"] = [{"name": "X-Needed", "in": "header", "required": True, "schema": {"type": "string"}}]


def _untold_method(told: Told) -> None:
    del told["post"]


def _behind_a_login(told: Told) -> None:
    told["get"]["security"] = [{"bearer": []}]


DISTORTED: dict[str, tuple[str, Callable[[Told], None]]] = {
    "status_code_conformance": (ONE, _no_404),
    "content_type_conformance": (VEHICLES, _as_text),
    "response_headers_conformance": (VEHICLES, _with_a_header),
    "response_schema_conformance": (VEHICLES, _of_another_shape),
    "negative_data_rejection": ("/api/customer/logins", _shorter),
    "positive_data_acceptance": ("/api/customer/logins", _longer),
    "missing_required_header": (VEHICLES, _needing_a_header),
    "unsupported_method": (VEHICLES, _untold_method),
    "ignored_auth": ("/api/trouble-codes", _behind_a_login),
}
"""What is untrue about one path of the document, by the check that must say so."""


@pytest.fixture
def company(running: Running) -> Company:
    return Company(running, "customer")


def only(document: Told, *paths: str) -> Told:
    """The document of these paths alone, to be distorted."""
    cut = copy.deepcopy(document)
    cut["paths"] = {path: cut["paths"][path] for path in paths}
    for answers in (each["responses"].values() for verbs in cut["paths"].values() for each in verbs.values()):
        for answer in answers:
            answer.pop("links", None)
    return cut


def noticed(document: Told, company: Company) -> set[str]:
    return {what.split(": ")[1] for what in judged(document, company)}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_untrue_about_the_document(company: Company) -> None:
    whole = company.running.app.openapi()
    without_cause, unnoticed = [], []
    for check, (path, distort) in DISTORTED.items():
        told = only(whole, path)
        without_cause += [check] if check in noticed(told, company) else []
        distort(told["paths"][path])
        unnoticed += [] if check in noticed(told, company) else [check]
    assert (without_cause, unnoticed) == ([], [])
