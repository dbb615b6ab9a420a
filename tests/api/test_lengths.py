"""Everything that the API takes ends somewhere: texts, lists, numbers (issue 7, item 7). Walked, so that a new field can't be left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Any, get_args

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError

from autodoctor.api.app import MODULES, create_api
from autodoctor.core.text import LONGEST_TEXT

SIGNED_AS_A_WHOLE = {"POST /api/stripe/webhook", "POST /api/livekit"}
"""Their senders' own shapes: read after the signature over the raw body, which is bounded, was right."""
Schema = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Schema:
    return create_api().openapi()


class Walk:
    """What is taken without an end, by where it stands."""

    def __init__(self, document: Schema) -> None:
        self._schemas = document["components"]["schemas"]
        self.endless: list[str] = []
        self.seen = 0

    def over(self, told: Schema, where: str, inside: tuple[str, ...] = ()) -> None:
        if (name := told.get("$ref")) is not None:
            if name not in inside:
                self.over(self._schemas[name.rsplit("/", 1)[-1]], where, (*inside, name))
            return
        self.seen += 1
        if not self._ends(told):
            self.endless.append(f"{where}: {told}")
        for part in [*told.get("anyOf", []), *told.get("oneOf", []), *told.get("allOf", [])]:
            self.over(part, where, inside)
        for name, part in told.get("properties", {}).items():
            self.over(part, f"{where}.{name}", inside)
        for kind in ("items", "additionalProperties"):
            if isinstance(part := told.get(kind), dict):
                self.over(part, f"{where}[]", inside)

    def _ends(self, told: Schema) -> bool:
        names = set(told)
        if names & {"enum", "const", "anyOf", "oneOf", "allOf"}:
            return True
        match told.get("type"):
            case "string":
                return bool(names & {"maxLength", "format", "pattern"})
            case "integer" | "number":
                return bool(names & {"minimum", "exclusiveMinimum"}) and bool(names & {"maximum", "exclusiveMaximum"})
            case "array":
                return "maxItems" in names
            case "object":
                return bool(told.get("properties")) or "maxProperties" in names
            case kind:
                return kind in {"boolean", "null"}


def test_whatever_is_sent_ends_somewhere(document: Schema) -> None:
    walk = Walk(document)
    for path, verbs in document["paths"].items():
        for verb, told in verbs.items():
            route = f"{verb.upper()} {path}"
            for each in told.get("parameters", []):
                walk.over(each["schema"], f"{route} {each['in']} {each['name']}")
            if route not in SIGNED_AS_A_WHOLE:
                for content in told.get("requestBody", {}).get("content", {}).values():
                    walk.over(content["schema"], f"{route} body")
    print(f"\n{walk.seen} parts of bodies and parameters walked")
    assert walk.endless == []


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model within a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for part in get_args(annotation):
        yield from models(part)


def bodies() -> set[type[BaseModel]]:
    routes = [route for module in MODULES for route in module.router.routes if isinstance(route, APIRoute) and route.body_field]
    return {model for route in routes if route.body_field for model in models(route.body_field.field_info.annotation)}


def test_every_field_refuses_what_no_database_keeps_and_what_never_ends() -> None:
    found = bodies()
    assert len(found) > 30
    taken = set[str]()
    for model in found:
        for name, field in model.model_fields.items():
            kept = TypeAdapter(Annotated[field.annotation, name, *field.metadata])
            for bad in ("x" * (LONGEST_TEXT + 1), "a\x00b", "\ud800", 10**400, -(10**400), float("inf"), float("nan")):
                for sent in (bad, [bad], [[bad]], {"a": bad}, [bad] * 10_000):
                    with suppress(ValidationError):
                        kept.validate_python(sent)
                        taken.add(f"{model.__name__}.{name} takes {str(sent)[:40]!r}")
    assert taken == set()
