"""The translations: current, complete, and with the same places for values."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from autodoctor.words import OFFERED
from autodoctor.words.catalogue import file_of
from scripts import words

Texts = list[tuple[str, str]]
SPACE = "\u202f"


def messages(language: str) -> list[Message]:
    with file_of(next(each for each in OFFERED if each == language)).open("rb") as file:
        return [each for each in read_po(file, locale=language) if each.id]


def pairs(message: Message) -> Texts:
    """Each form with the English that it stands for."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string or ""))]
    one, many = message.id
    return [(one if number == 0 else many, each) for number, each in enumerate(message.string)]


FRENCH = [pair for message in messages("fr") for pair in pairs(message)]


def test_the_files_say_what_the_sources_say() -> None:
    stale = [path.name for path, text in words.texts().items() if path.read_text() != text]
    assert stale == [], "run make words"


def test_everything_is_translated_and_nothing_is_guessed() -> None:
    assert [english for english, french in FRENCH if not french] == []
    assert [message.id for message in messages("fr") if message.fuzzy] == []


def names(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def test_values_have_the_same_places() -> None:
    differ = {english: french for english, french in FRENCH if names(english) != names(french)}
    assert differ == {}


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("a straight apostrophe", r"'"),
        ("no narrow space before a sign", r"[^\u202f:/?!\d}][;:!?](?=\s|$|»)"),
        ("another space before a sign", r"[ \u00a0][;:!?](?=\s|$)"),
        ("another space in quotation marks", r"«[^\u202f]|[^\u202f]»"),
        ("English quotation marks", r"[“”\"]"),
        ("three dots", r"\.\.\."),
        ("a per cent sign without its space", r"\d%|[ ]%"),
    ],
)
def test_french_is_set_as_french_is(rule: str, wrong: str) -> None:
    assert [french for _english, french in FRENCH if re.search(wrong, french)] == [], rule
