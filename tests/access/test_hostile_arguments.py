"""Every event handler with everything that doesn't belong into its arguments: refused, and nothing breaks (issue 7, item 7).

One walk, found by introspection: each handler, each of its arguments, each value, as everybody whom the table lets in.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from reflex.event import Event, EventHandler

from autodoctor.access.table import EVENTS
from autodoctor.autodoctor import app
from autodoctor.ui.doorkeeper import Doorkeeper
from tests.access.expected import IN_GROUPS, may
from tests.access.house import House, Visitor, a_house, a_visitor
from tests.access.test_events import PAGES, declared
from tests.ui.screens import open_page

REFUSED = {
    "a megabyte": "x" * 1_000_000,
    "NUL": "a\x00b",
    "half a character": "a\ud800b",
    "a huge number": 10**400,
    "a negative one": -(2**70),
    "infinity": float("inf"),
    "nothing": None,
    "a list": ["a"] * 1000,
    "a deep list": [[[[[[[[[[["a"]]]]]]]]]]],
}
"""Fit no handler."""
STRANGE = {
    "empty": "",
    "spaces": " \t\n\u2028 ",
    "20,000 characters": "x" * 20_000,
    "no id": "not-an-id",
    "nobody's id": "00000000-0000-4000-8000-000000000000",
    "a number as text": "-1",
    "not a number": "NaN",
    "a week of no year": "9999-W99",
    "markup": "<script>alert(1)</script>",
    "quotes": "' OR 1=1 --",
    "other letters": "\u202eكود🙂\ufffe",
    "control": "\x01\x1b[31m\x7f",
}
"""Texts that any handler may be sent."""
OTHERS: dict[str, dict[str, Any]] = {
    "bool": {"yes": True, "no": False},
    "dict[str, Any]": {
        "empty": {},
        "another shape": {"seq": "x", "of": 7, "by": None, "session_id": ["a"]},
        "numbers": {"seq": 2**52, "of": -1, "by": 1.5},
        "texts": dict.fromkeys(("seq", "of", "by", "session_id"), "' OR 1=1 --"),
    },
}


def arguments(handler: EventHandler) -> dict[str, str]:
    """The arguments of a handler, and their kinds as they are written."""
    return {name: str(each.annotation) for name, each in list(inspect.signature(handler.fn).parameters.items())[1:]}


def harmless(kind: str) -> Any:
    return {"bool": True, "dict[str, Any]": {}}.get(kind, "changed")


def refused(handler: EventHandler) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is sent, in words and as the payload, and fits nobody."""
    kinds = arguments(handler)
    fitting = {name: harmless(kind) for name, kind in kinds.items()}
    for name, kind in kinds.items():
        yield f"without {name}", {each: value for each, value in fitting.items() if each != name}
        for words, value in REFUSED.items():
            yield f"{name}: {words}", {**fitting, name: value}
            if kind != "dict[str, Any]" or words not in {"nothing", "a list"}:
                yield f"{name}: {words} inside", {**fitting, name: {"a": value}}
        if kind != "str":
            yield f"{name}: a text", {**fitting, name: "text"}
    yield "an argument that isn't there", {**fitting, "no_such": "a"}
    yield "its own name", {**fitting, "self": "a"}


def strange(handler: EventHandler) -> Iterator[tuple[str, dict[str, Any]]]:
    """What fits, and nobody sends from a page."""
    kinds = arguments(handler)
    fitting = {name: harmless(kind) for name, kind in kinds.items()}
    for name, kind in kinds.items():
        for words, value in OTHERS.get(kind, STRANGE).items():
            yield f"{name}: {words}", {**fitting, name: value}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("kind", IN_GROUPS)
async def test_nothing_that_is_sent_breaks_a_handler(database: str, kind: str) -> None:
    house, who = await a_house(), await a_visitor(kind)
    problems, calls = list[str](), 0
    for name, (state, handler) in declared().items():
        if not may(EVENTS[name], kind) and not EVENTS[name].draws_refusal:
            continue
        for words, payload in refused(handler):
            calls += 1
            if not await _is_left_out(state, handler, payload, who, house):
                problems.append(f"{name} takes {words}")
        for words, payload in strange(handler):
            calls += 1
            if problem := await _breaks(state, handler, payload, who, house):
                problems.append(f"{name} with {words}: {problem}")
    print(f"\n{kind}: {calls} calls")
    assert problems == []


async def _page(state: Any, who: Visitor, house: House) -> Any:
    return await open_page(state, PAGES.get(state.__name__, "/").format(**house.ids), *([who.person] if who.person else []))


async def _is_left_out(state: Any, handler: EventHandler, payload: dict[str, Any], who: Visitor, house: House) -> bool:
    page = await _page(state, who, house)
    event = Event(name=f"{state.get_full_name()}.{handler.fn.__name__}", payload=payload)
    update = await Doorkeeper().preprocess(app, page._get_root_state(), event)
    return update is not None and not update.delta and not update.events


async def _breaks(state: Any, handler: EventHandler, payload: dict[str, Any], who: Visitor, house: House) -> str:
    page = await _page(state, who, house)
    event = Event(name=f"{state.get_full_name()}.{handler.fn.__name__}", payload=payload)
    if await Doorkeeper().preprocess(app, page._get_root_state(), event) is not None:
        return "it isn't let in"
    with structlog.testing.capture_logs() as logged:
        try:
            await _run(handler, page, payload)
        except Exception as error:
            return repr(error)
    return next((f"it logged {each['event']}" for each in logged if each["log_level"] in {"error", "critical"}), "")


async def _run(handler: EventHandler, page: Any, payload: dict[str, Any]) -> None:
    answer = handler.fn(page, **payload)
    if inspect.isasyncgen(answer):
        async for _each in answer:
            pass
    elif inspect.isawaitable(answer):
        await answer
