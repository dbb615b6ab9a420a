"""Whether what came with an event fits its handler: the arguments it has, of their kinds, and texts that can be kept (issue 7, item 7)."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any, get_origin

from reflex.event import EventHandler

from autodoctor.core.text import LONGEST_TEXT, is_storable

_DEEPEST = 8


def fits(handler: EventHandler, payload: Mapping[str, Any]) -> bool:
    """Whether the handler can be called with it. What a page sends always can."""
    hints, required = _arguments(handler)
    return required <= set(payload) <= set(hints) and all(_is(hints[name], value) for name, value in payload.items())


@cache
def _arguments(handler: EventHandler) -> tuple[dict[str, Any], set[str]]:
    """The kinds of a handler's arguments by name, and those it can't do without."""
    parameters = list(inspect.signature(handler.fn).parameters.values())[1:]
    hints = inspect.get_annotations(handler.fn, eval_str=True)
    return (
        {each.name: hints.get(each.name, Any) for each in parameters},
        {each.name for each in parameters if each.default is inspect.Parameter.empty},
    )


def _is(hint: Any, value: object) -> bool:
    kind = get_origin(hint) or hint
    return (kind is Any or not isinstance(kind, type) or isinstance(value, kind)) and _is_sound(value)


def _is_sound(value: object, depth: int = 0) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and is_storable(value)
    if isinstance(value, dict):
        return depth < _DEEPEST and all(
            isinstance(name, str) and _is_sound(name) and _is_sound(each, depth + 1) for name, each in value.items()
        )
    if isinstance(value, list):
        return depth < _DEEPEST and all(_is_sound(each, depth + 1) for each in value)
    return not isinstance(value, int | float) or abs(value) < 2**53
