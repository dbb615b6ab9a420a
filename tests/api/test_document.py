"""The OpenAPI document reads well, and the committed one is the API's (issue 7, item 1)."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from autodoctor.api.app import create_api
from tests.servers import ROOT

VERBS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_api().openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{verb.upper()} {path}", told) for path, verbs in document["paths"].items() for verb, told in verbs.items() if verb in VERBS]


def test_every_operation_has_a_name_of_its_own_that_reads(document: dict[str, Any]) -> None:
    names = Counter(told["operationId"] for _, told in operations(document))
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name) or len(name) > 40] == []
    assert {"log_in_as_customer", "list_payouts_as_mechanic", "get_mechanic_profile"} <= set(names)


def test_every_operation_says_what_it_does_and_where_it_belongs(document: dict[str, Any]) -> None:
    told_tags = {each["name"] for each in document["tags"] if each["description"]}
    for route, told in operations(document):
        assert len(told["summary"]) > 5, route
        assert told.get("description", "").strip().endswith("."), route
        assert len(told["tags"]) == 1, route
        assert set(told["tags"]) <= told_tags, route
    used = {tag for _, told in operations(document) for tag in told["tags"]}
    assert used == told_tags


def test_every_way_to_say_who_is_calling_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    assert set(schemes) == {"bearer", "customerCookie", "mechanicCookie", "adminCookie", "guestCookie"}
    cookies = {told["name"] for told in schemes.values() if told["type"] == "apiKey"}
    assert cookies == {"aad_customer", "aad_mech", "aad_admin", "aad_guest"}


def test_every_error_is_a_problem(document: dict[str, Any]) -> None:
    for route, told in operations(document):
        for status, answer in told["responses"].items():
            if status >= "400" and route != "GET /api/health":
                assert set(answer["content"]) == {"application/problem+json"}, (route, status)


def test_what_takes_anything_says_what_is_wrong_with_it(document: dict[str, Any]) -> None:
    """A route with parameters or a body has an answer for wrong ones."""
    wordless = {"GET /api/files/{token}"}
    for route, told in operations(document):
        takes = [each for each in told.get("parameters", []) if each["in"] in {"query", "path"}] or "requestBody" in told
        if takes and route not in wordless:
            assert {"422", "400"} & set(told["responses"]), route


def test_every_text_that_is_sent_has_an_end_and_what_is_required_an_example(document: dict[str, Any]) -> None:
    checked = 0
    for route, told in operations(document):
        for name, field, is_required in sent(document, told):
            for each in field.get("anyOf", [field]):
                if each.get("type") == "string":
                    assert {"maxLength", "format", "enum", "const"} & set(each), (route, name)
            speaks_for_itself = field.get("type") == "boolean" or any(
                {"format", "enum", "$ref"} & set(each) for each in field.get("anyOf", [field])
            )
            assert not is_required or speaks_for_itself or field.get("examples"), (route, name)
            checked += 1
    assert checked > 60


def sent(document: dict[str, Any], told: dict[str, Any]) -> list[tuple[str, dict[str, Any], bool]]:
    schema = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    bodies = [
        document["components"]["schemas"][each["$ref"].rsplit("/", 1)[-1]] for each in schema.get("anyOf", [schema]) if "$ref" in each
    ]
    return [(name, field, name in body.get("required", [])) for body in bodies for name, field in body["properties"].items()]


def test_every_name_is_camel_case_and_every_shape_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    schemas: dict[str, Any] = document["components"]["schemas"]
    names = {(schema, name) for schema, told in schemas.items() for name in told.get("properties", {})}
    assert len(names) > 100
    assert {each for each in names if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", each[1])} == {("Resolve", "stripe_session_id")}
    assert [name for name in schemas if "__" in name] == []


def test_every_link_leads_to_an_operation_that_takes_what_it_brings(document: dict[str, Any]) -> None:
    by_name = {told["operationId"]: told for _, told in operations(document)}
    links = [each for _, told in operations(document) for answer in told["responses"].values() for each in answer.get("links", {}).values()]
    assert len(links) > 100
    for link in links:
        target = by_name[link["operationId"]]
        assert set(link.get("parameters", {})) <= {each["name"] for each in target.get("parameters", [])}, link
        assert set(link.get("requestBody", {})) <= {name for name, _, _ in sent(document, target)}, link


def test_the_committed_document_is_the_apis() -> None:
    """Also where the configuration differs."""
    checked = subprocess.run(
        [sys.executable, "-m", "scripts.openapi", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
