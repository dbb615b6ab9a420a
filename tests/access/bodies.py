"""A body that a route reads, made from its schema in the OpenAPI document, and naming what is in the house."""

from __future__ import annotations

from typing import Any

FORMATS = {
    "uuid": "00000000-0000-7000-8000-000000000000",
    "date-time": "2026-03-05T10:00:00Z",
    "date": "2026-03-05",
    "email": "a@example.com",
}


def body_of(operation: dict[str, Any], document: dict[str, Any], ids: dict[str, str]) -> Any:
    """What is required and nothing else; None for a route that reads no JSON."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return None if content is None else _example(content["schema"], document, {_camel(name): value for name, value in ids.items()}, "")


def _example(schema: dict[str, Any], document: dict[str, Any], ids: dict[str, str], name: str) -> Any:
    if name in ids:
        return ids[name]
    if "$ref" in schema:
        return _example(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], document, ids, name)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _example(schema[choice][0], document, ids, name)
    if "const" in schema or "enum" in schema:
        return schema.get("const") or schema["enum"][0]
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("type") == "object":
        wanted = {*schema.get("required", []), *(each for each in schema.get("properties", {}) if each in ids)}
        return {each: _example(schema["properties"][each], document, ids, each) for each in sorted(wanted)}
    if schema.get("type") == "array":
        return [_example(schema["items"], document, ids, name)] * schema.get("minItems", 1)
    plain = {"integer": schema.get("minimum", 1), "number": schema.get("minimum", 1.0), "boolean": True}
    text = FORMATS.get(schema.get("format", ""), "a" * max(8, schema.get("minLength", 0)))
    return plain.get(schema.get("type", "string"), text)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(each.title() for each in rest)
