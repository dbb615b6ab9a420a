"""Pages drawn in the language in which every message stands in ⟦brackets⟧, and what they say without them.

A program of its own: a page's constants are words too, and are made when its module is imported.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Generator, Iterator
from typing import Any
from zoneinfo import available_timezones

from autodoctor.plans.catalog import PlanCode
from autodoctor.words.language import PAGES_LANGUAGE, Language

NAMES = {"Auto Doctor", "Sam", "English", "Français", *PlanCode}
"""The same in every language."""
NAMES |= {"PDF", "CSV", *available_timezones()}
NOT_SHOWN = frozenset(
    [
        "className",
        "class_name",
        "id",
        "href",
        "to",
        "src",
        "url",
        "type",
        "name",
        "kind",
        "tone",
        "look",
        "role",
        "key",
        "ref",
        "css",
        "style",
        "method",
        "autocomplete",
        "inputmode",
        "htmlFor",
        "target",
        "draftKey",
        "nextPath",
        "after",
        "cookie",
        "sends",
        "value",
        "rel",
        "media",
        "content",
        "d",
        "viewBox",
        "fill",
        "stroke",
        "strokeWidth",
        "strokeLinecap",
        "strokeLinejoin",
        "width",
        "height",
        "aria-hidden",
        "aria-busy",
        "aria-live",
        "aria-disabled",
        "aria-controls",
        "aria-current",
        "aria-describedby",
        "aria-expanded",
        "aria-labelledby",
        "autoComplete",
        "inputMode",
        "scope",
        "at",
        "previous",
        "languages",
        "download",
        "position",
        "theme",
        "rows",
        "data-tone",
        "data-mine",
        "data-here",
        "data-loading",
        "data-kind",
        "fields",
        "keys",
        "param",
        "scope",
        "aria-labelledby",
    ]
)
_NAME = " · Auto Doctor"
"""Behind each window's title."""
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMPARED, _KEY, _PART_OF = "?.valueOf?.()", "] :", "?.["


def unmarked(drawn: Any) -> Iterator[str]:
    """Every visible text of a drawn component that isn't inside brackets."""
    if isinstance(drawn, dict):
        for prop in drawn.get("props", ()):
            name, _colon, value = str(prop).partition(":")
            if name.strip('"') not in NOT_SHOWN and not name.startswith("on"):
                yield from _outside(value)
        yield from _of_children([drawn] if "contents" in drawn else [])
        for part, value in drawn.items():
            if part not in {"props", "contents", "name"}:
                yield from unmarked(value)
    elif isinstance(drawn, list | tuple):
        yield from _of_children(drawn)


def _of_children(children: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    """A sentence's pieces are neighbours: its brackets may begin in one and end in another. An element between has brackets of its own."""
    depth = 0
    for child in children:
        if isinstance(child, dict) and "contents" in child:
            depth = yield from _outside(str(child["contents"]), depth)
        else:
            yield from unmarked(child)


def _outside(expression: str, depth: int = 0) -> Generator[str, None, int]:
    """The texts in a JavaScript expression that stand outside brackets; how deep it is inside them at its end."""
    for found in _LITERAL.finditer(expression):
        if expression.startswith((_COMPARED, _KEY), found.end()) or expression.endswith(_PART_OF, 0, found.start()):
            continue
        text = str(json.loads(found[0]))
        if not text.startswith("/") and text not in NAMES and _has_letter_outside(text.removesuffix(_NAME), depth):
            yield text
        depth += text.count("⟦") - text.count("⟧")
    return depth


def _has_letter_outside(text: str, depth: int) -> bool:
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        if letter.isalpha() and depth <= 0:
            return True
    return False


def unmarked_on(routes: list[str]) -> dict[str, list[str]]:
    """What each of these pages says without brackets, its title and description included."""
    program = "import sys, json; from tests.words import drawn; print(json.dumps(drawn.draw(sys.argv[1:])))"
    environment = {**os.environ, PAGES_LANGUAGE: Language.marked.value}
    done = subprocess.run([sys.executable, "-c", program, *routes], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def draw(routes: list[str]) -> dict[str, list[str]]:
    """In a process of that language."""
    from reflex.compiler.compiler import into_component

    from autodoctor.autodoctor import app

    found = {}
    for route in routes:
        page = app._unevaluated_pages[route]
        texts = list(unmarked([into_component(page.component).render()]))
        for told in filter(None, (page.title, page.description)):
            texts += _outside(json.dumps(str(told)))
        found[route] = texts
    return found
