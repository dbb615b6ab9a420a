"""POST /api/vin/decode."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.accounts import limits
from autodoctor.core.settings import get_settings
from tests.people import a_customer, a_mechanic

HONDA = "1HGCM82633A004352"


async def test_a_vin_is_decoded_for_customers_and_mechanics(database: str, api: httpx.AsyncClient) -> None:
    for person in (await a_customer(), await a_mechanic()):
        answer = await api.post("/api/vin/decode", json={"vin": HONDA}, headers=person.headers)
        found = answer.json()
        assert (answer.status_code, found["year"], found["make"], found["model"]) == (200, 2003, "Honda", "Accord")
        assert set(found) == {"year", "make", "model", "trim", "bodyClass", "engine", "source"}


@pytest.mark.parametrize(
    ("vin", "words"),
    [("1HGCM82643A004352", "check digit"), ("1HGCM82633A00435", "17 characters"), ("1HGCM8263OA004352", "letter O")],
)
async def test_a_wrong_vin_is_refused_in_words(database: str, api: httpx.AsyncClient, vin: str, words: str) -> None:
    answer = await api.post("/api/vin/decode", json={"vin": vin}, headers=(await a_customer()).headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_vin")
    assert words in answer.json()["detail"]


async def test_decoding_asks_for_a_login_and_a_verified_address(database: str, api: httpx.AsyncClient) -> None:
    assert (await api.post("/api/vin/decode", json={"vin": HONDA})).status_code == 401
    unverified = await a_customer(is_verified=False)
    answer = await api.post("/api/vin/decode", json={"vin": HONDA}, headers=unverified.headers)
    assert answer.json()["code"] == "email_unverified"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_decoding_is_limited(database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("RATE_LIMITS", "on")
    get_settings.cache_clear()
    customer = await a_customer()
    allowed = limits.LIMITS["vin_decode"].amount
    answers = [await api.post("/api/vin/decode", json={"vin": HONDA}, headers=customer.headers) for _ in range(allowed + 1)]
    assert [answer.status_code for answer in answers] == [200] * allowed + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1
