"""Stripe's way of writing parameters: form-encoded, with brackets for what lies inside (`line_items[0][quantity]=1`)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from autodoctor.integrations.sandbox.stripe.problems import StripeProblem

_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_INSIDE = re.compile(r"\[([^\[\]]*)\]")


def parse(text: str) -> dict[str, Any]:
    """The parameters as nested dictionaries and lists of text."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        _put(found, _path(name), value)
    return {name: _with_lists(value) for name, value in found.items()}


def _path(name: str) -> list[str]:
    match = _NAME.match(name)
    if match is None:
        raise StripeProblem(f"Invalid parameter name: {name}", code="parameter_unknown", param=name)
    return [match[1], *_INSIDE.findall(match[2])]


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        into = into.setdefault(part or str(len(into)), {})
        if not isinstance(into, dict):
            raise StripeProblem(f"Invalid object: {'.'.join(path)}", param=path[0])
    into[path[-1] or str(len(into))] = value


def _with_lists(value: Any) -> Any:
    """What is numbered throughout is a list."""
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_with_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _with_lists(each) for key, each in value.items()}
