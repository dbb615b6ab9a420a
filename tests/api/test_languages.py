"""The API answers in the reader's language: the words change, and nothing that a program reads."""

from __future__ import annotations

import json
from typing import Any, get_args

import httpx
import pytest
from pydantic_core.core_schema import ErrorType

from autodoctor.api import errors, faults
from autodoctor.words import Language, speaking
from tests.api.identity import CUSTOMER, MECHANIC, PASSWORD

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

BROWSER, COOKIE = {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"}, {"Cookie": "language=fr"}
IN_FRENCH = {"the browser's wish": BROWSER, "a choice": COOKIE, "a choice against the browser's wish": {**COOKIE, "Accept-Language": "en"}}
IN_ENGLISH: dict[str, dict[str, str]] = {
    "no wish": {},
    "a language that we haven't": {"Accept-Language": "de"},
    "a choice": {"Cookie": "language=en", **BROWSER},
}

LOGIN = ("POST", "/api/mechanics/login", {"email": "nobody@example.com", "password": PASSWORD})
SIGNUP = ("POST", "/api/customer/signup", {**CUSTOMER, "email": "robin", "password": "short", "fullName": " ", "is18Plus": False})
TYPES = ("POST", "/api/mechanics/signup", {**MECHANIC, "email": 5, "specialties": "brakes"})
ASKED = [
    LOGIN,
    SIGNUP,
    TYPES,
    ("POST", "/api/customer/signup", {}),
    ("GET", "/api/mechanics/me", None),
    ("GET", "/api/admin/intakes?status=lost", None),
    ("GET", "/api/nothing/here", None),
    ("DELETE", "/api/contact", None),
    ("POST", "/auth/callback", None),
]

Asked = tuple[str, str, dict[str, Any] | None]


async def answer_to(api: httpx.AsyncClient, asked: Asked, headers: dict[str, str]) -> dict[str, Any]:
    method, path, body = asked
    return (await api.request(method, path, json=body, headers=headers)).json()


def words_in(problem: dict[str, Any]) -> list[str]:
    return [problem["detail"], problem["error"], *(each["message"] for each in problem.get("errors", []))]


def read_by_programs(problem: dict[str, Any]) -> dict[str, Any]:
    fields = [each["field"] for each in problem.get("errors", [])]
    return {**problem, "errors": fields, "detail": "", "error": ""}


@pytest.mark.parametrize("how", IN_FRENCH)
async def test_a_refusal_comes_in_french(api: httpx.AsyncClient, how: str) -> None:
    problem = await answer_to(api, LOGIN, IN_FRENCH[how])
    assert problem["detail"] == problem["error"] == "L’e-mail, le mot de passe ou le code est incorrect."


@pytest.mark.parametrize("how", IN_ENGLISH)
async def test_for_everybody_else_it_comes_in_english(api: httpx.AsyncClient, how: str) -> None:
    assert (await answer_to(api, LOGIN, IN_ENGLISH[how]))["detail"] == "E-mail, password or code is wrong."


@pytest.mark.parametrize("how", IN_FRENCH)
async def test_each_wrong_field_is_told_in_french(api: httpx.AsyncClient, how: str) -> None:
    problem = await answer_to(api, SIGNUP, IN_FRENCH[how])
    assert problem["detail"] == "Veuillez vérifier les champs signalés."
    assert {each["field"]: each["message"] for each in problem["errors"]} == {
        "email": "Cela ne ressemble pas à une adresse e-mail.",
        "password": "Utilisez au moins 8 caractères.",
        "fullName": "Dites-nous votre nom.",
        "is18Plus": "Vous devez avoir 18 ans ou plus.",
    }


async def test_what_the_framework_finds_is_told_in_french_too(api: httpx.AsyncClient) -> None:
    problem = await answer_to(api, TYPES, BROWSER)
    assert {each["field"]: each["message"] for each in problem["errors"]} == {
        "email": "Il faut un texte.",
        "specialties": "Il faut une liste.",
    }


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked[0]} {asked[1]}")
async def test_only_the_words_differ(api: httpx.AsyncClient, asked: Asked) -> None:
    english, french = await answer_to(api, asked, {}), await answer_to(api, asked, BROWSER)
    assert read_by_programs(english) == read_by_programs(french)
    assert [pair for pair in zip(words_in(english), words_in(french), strict=True) if pair[0] == pair[1]] == []


async def test_what_was_done_is_told_in_french(api: httpx.AsyncClient) -> None:
    body = {"name": "Robin", "email": "robin@example.com", "message": "Bonjour"}
    assert (await api.post("/api/contact", json=body, headers=BROWSER)).json()["message"] == "Merci. Nous répondons sous un jour."


def test_what_nobody_foresaw_is_told_in_french(database: str) -> None:
    with speaking(Language.fr):
        problem = json.loads(errors.unexpected(RuntimeError("a mistake of ours")).body)
    assert problem["code"] == "internal"
    assert problem["detail"].startswith("Une erreur s’est produite de notre côté.")


def test_the_kinds_of_error_that_we_have_words_for_are_the_librarys(database: str) -> None:
    assert set(faults.WORDS) - set(get_args(ErrorType)) == set()
