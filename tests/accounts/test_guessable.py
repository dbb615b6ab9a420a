"""What everybody guesses first is no password (OWASP ASVS 5.0, 6.2.4, 6.2.11)."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.accounts.guessable import _common, is_guessable
from autodoctor.accounts.rules import MIN_PASSWORD_CHARACTERS, password_problem
from tests.api.conftest import api  # noqa: F401 - a fixture
from tests.api.identity import AUDIENCES, PASSWORD, new_account, sign_up, sign_up_mechanic, token_of


def test_the_list_holds_more_than_three_thousand_that_are_long_enough() -> None:
    fitting = [each for each in _common() if len(each) >= MIN_PASSWORD_CHARACTERS]
    assert len(fitting) > 3000
    assert {"password", "12345678", "iloveyou", "1qaz2wsx"} <= set(fitting)


@pytest.mark.parametrize("password", ["12345678", "password", "PassWord", "football", "1q2w3e4r5t"])
def test_what_many_people_use_is_refused(password: str) -> None:
    assert is_guessable(password)
    assert "many people" in (password_problem(password) or "")


@pytest.mark.parametrize("password", ["autodoctor", "Auto-Doctor-2026!", "mechanic1", "admin_admin_1", "Car Garage 99"])
def test_so_are_words_of_this_house_with_digits_around_them(password: str) -> None:
    assert password_problem(password) is not None


@pytest.mark.parametrize(
    "password", [PASSWORD, "correct horse battery", "my-mechanic-is-tall", "doctor-of-turnips", "pâté pour tous", "ｕｎｕｓｕａｌｓ"]
)
def test_anything_else_will_do_whatever_it_is_made_of(password: str) -> None:
    assert password_problem(password) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_every_door_asks(database: str, api: httpx.AsyncClient) -> None:  # noqa: F811
    for answer in (await sign_up(api, password="football1"), await sign_up_mechanic(api, password="football1")):
        assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, ["password"])
    for audience in AUDIENCES:
        token = await token_of(api, await new_account(api, audience), who=audience)
        body = {"currentPassword": PASSWORD, "password": "football1"}
        answer = await api.post(f"/api/{audience}/password", json=body, headers=token)
        assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, ["password"])
    for audience in ("customer", "mechanics"):
        answer = await api.post(f"/api/{audience}/reset-password", json={"token": "any", "password": "football1"})
        assert [each["field"] for each in answer.json()["errors"]] == ["password"]
