"""In the areas that are done, nothing is said that isn't in the catalogue."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_javascript
from babel.messages.jslexer import tokenize

from scripts.words import KEYWORDS
from tests.words.areas import PAGES, SCRIPTS
from tests.words.drawn import unmarked, unmarked_on

JS = Path(__file__).parents[2] / "autodoctor/ui/js"
_SENTENCE = re.compile(r"[A-Z][a-z]+(?![\w-])|\w+ \w+.*[.?!]$")
_BETWEEN_TAGS = re.compile(r">\s*([^<>{}=;()]*[A-Za-z]{2}[^<>{}=;()]*?)\s*</")
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
NO_WORDS = {"Escape", "Enter", "Tab", "Home", "End", "Accept", "Fragment", "Notification", "Delete", "Backspace", "Control+K Meta+K"}
"""Names of keys, headers and what browsers have."""


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    return unmarked_on(PAGES)


@pytest.mark.parametrize("route", PAGES)
def test_a_page_says_nothing_beside_the_catalogue(said: dict[str, list[str]], route: str) -> None:
    assert said[route] == []


def forgotten(source: str) -> list[str]:
    """The words in a script that nobody says by `say`."""
    said = [message for _line, _function, message, _comments in extract_javascript(io.BytesIO(source.encode()), list(KEYWORDS), [], {})]
    messages = {each for message in said for each in (message if isinstance(message, tuple) else (message,))}
    texts = [token.value[1:-1].replace('\\"', '"') for token in tokenize(source, jsx=True) if token.type == "string"]
    texts += _BETWEEN_TAGS.findall(_COMMENT.sub("", source))
    return [text for text in texts if _SENTENCE.match(text) and text not in messages | NO_WORDS]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_says_nothing_beside_the_catalogue(name: str) -> None:
    assert forgotten((JS / name).read_text()) == []


def test_a_text_that_was_forgotten_is_found() -> None:
    assert forgotten('const A = say("Saved"), B = "Not saved";') == ["Not saved"]
    assert forgotten('return <p title={say("Kept")} className="a b">\n  Lost\n</p>;') == ["Lost"]
    page = {
        "name": '"p"',
        "props": ['className:"Not shown"', '"aria-label":"Shown"', 'cases:({ ["Key"] : "⟦Kept⟧" })', 'label:"⟦Log out: "+device+"⟧"'],
        "children": [{"contents": '"⟦Read "'}, {"name": "a", "children": [{"contents": '"the terms"'}]}, {"contents": '".⟧"'}],
    }
    assert list(unmarked([page])) == ["Shown", "the terms"]
