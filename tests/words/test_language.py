"""Which language somebody gets, and how a message is said in it."""

from __future__ import annotations

import asyncio

import pytest

from autodoctor.core.cookies import language_of
from autodoctor.core.errors import NotFound
from autodoctor.words import N_, Language, _, _n, catalogue, speaking, spoken
from autodoctor.words.catalogue import Catalogue


@pytest.mark.parametrize(
    ("cookies", "accepted", "language"),
    [
        ("", "", "en"),
        ("language=fr", "", "fr"),
        ("a=1; language=en; b=2", "fr-FR,fr;q=0.9", "en"),
        ("language=xx", "fr", "fr"),
        ("language=en-x-marked", "", "en"),
        ("", "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("", "de-DE, de;q=0.9, fr;q=0.5, en;q=0.4", "fr"),
        ("", "en;q=0.3, FR;q=0.7", "fr"),
        ("", "fr;q=0, en;q=0.1", "en"),
        ("", "fr;q=0", "en"),
        ("", "*, fr;q=often", "en"),
        ("", "de", "en"),
        ("", "," * 5_000 + "fr", "en"),
    ],
)
def test_a_choice_comes_before_wishes_and_what_we_have_not_is_english(cookies: str, accepted: str, language: str) -> None:
    assert language_of(cookies, accepted) == language


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small catalogue."""
    forms = {"Hello {name}": ("Bonjour {name}",), "{n} file": ("{n} fichier", "{n} fichiers"), "Not found.": ("Introuvable.",)}
    small = Catalogue(forms, lambda n: int(n > 1), frozenset({"{n} file"}))
    monkeypatch.setattr("autodoctor.words.said.catalogue", lambda language: small)


def test_a_message_is_said_in_the_language_spoken(french: None) -> None:
    assert _("Hello {name}", name="Robin") == "Hello Robin"
    with speaking(Language.fr):
        assert _("Hello {name}", name="Robin") == "Bonjour Robin"
        assert _("Only in English: 100 %, {braces}") == "Only in English: 100 %, {braces}"
    assert spoken() == "en"


@pytest.mark.parametrize(
    ("n", "english", "translated"), [(0, "0 files", "0 fichier"), (1, "1 file", "1 fichier"), (2, "2 files", "2 fichiers")]
)
def test_each_language_counts_in_its_own_way(french: None, n: int, english: str, translated: str) -> None:
    assert _n("{n} file", "{n} files", n) == english
    with speaking(Language.fr):
        assert _n("{n} file", "{n} files", n) == translated
        assert _n("{n} wheel", "{n} wheels", 2) == "2 wheels"


def test_a_mark_says_nothing_by_itself() -> None:
    with speaking(Language.marked):
        assert (N_("Live"), _(N_("Live")), _n("{n} file", "{n} files", 2)) == ("Live", "⟦Live⟧", "⟦2 files⟧")


async def test_each_task_has_its_own() -> None:
    async def in_french() -> str:
        with speaking(Language.fr):
            await asyncio.sleep(0)
            return spoken()

    async def in_whatever_is_spoken() -> str:
        await asyncio.sleep(0)
        return spoken()

    assert await asyncio.gather(in_french(), in_whatever_is_spoken()) == ["fr", "en"]


def test_scripts_get_what_they_say_and_no_more() -> None:
    small = Catalogue({"a": ("b",), "{n} c": ("{n} d", "{n} e")}, int, frozenset({"{n} c", "not translated"}))
    assert small.for_scripts() == {"{n} c": ("{n} d", "{n} e")}


def test_a_refusal_is_told_in_the_language_of_whoever_is_refused() -> None:
    with speaking(Language.fr):
        told = NotFound().detail
    assert told == catalogue.catalogue(Language.fr).singular(NotFound.default_detail) != NotFound().detail
