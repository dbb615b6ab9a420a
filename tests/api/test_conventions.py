"""How the API speaks: errors as problem+json, names in camelCase, what no route answers, what nobody foresaw (API.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from autodoctor.accounts import customers
from autodoctor.api.middleware import MAX_BODY_BYTES, MOST_THROWN_AWAY_BYTES
from autodoctor.core.security import sign
from autodoctor.core.telemetry import configure_logging
from tests.api.identity import CUSTOMER, PASSWORD, a_member, a_verified_member, log_in, mailed_secret, new_address, sign_up, token_of
from tests.logs import logging_restored


async def test_a_refusal_is_a_problem_with_a_word_for_programs_and_words_for_people(database: str, api: httpx.AsyncClient) -> None:
    answer = await log_in(api, new_address())
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["title"], body["code"]) == (401, "Unauthorized", "invalid_credentials")
    assert body["error"] == body["detail"] == "E-mail or password is wrong."
    assert body["type"].endswith("invalid_credentials")


async def test_a_missing_field_is_named_as_the_api_spells_it(database: str, api: httpx.AsyncClient) -> None:
    body = {name: value for name, value in CUSTOMER.items() if name not in {"fullName", "is18Plus"}}
    answer = await api.post("/api/customer/signup", json={**body, "email": new_address()})
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["errors"]} == {"fullName", "is18Plus"}


async def test_a_text_that_is_too_long_for_its_field_is_refused(database: str, api: httpx.AsyncClient) -> None:
    answer = await sign_up(api, f"{'x' * 250}@example.com", fullName="x" * 201, phone="1" * 41, password="x" * 401)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    assert {each["field"] for each in answer.json()["errors"]} == {"email", "fullName", "phone", "password"}


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/nowhere", 404), ("DELETE", "/api/customer/login", 405)])
async def test_what_no_route_answers_is_a_problem_too(database: str, api: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    answer = await api.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    if status == 405:
        assert answer.headers["allow"] == "POST"


async def test_a_body_that_is_too_large_is_refused(database: str, api: httpx.AsyncClient) -> None:
    answer = await sign_up(api, fullName="x" * MAX_BODY_BYTES)
    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")


async def test_a_change_made_with_a_cookie_comes_from_our_own_pages(database: str, api: httpx.AsyncClient) -> None:
    await log_in(api, await a_verified_member(api))
    body = {"fullName": "Mallory"}
    refused = [
        await api.patch("/api/customer/profile", json=body),
        await api.patch("/api/customer/profile", json=body, headers={"Origin": "https://evil.example"}),
        await api.patch("/api/customer/profile", json=body, headers={"Origin": "null"}),
        await api.patch("/api/customer/profile", json=body, headers={"Origin": "http://[test"}),
        await api.patch("/api/customer/profile", json=body, headers={"Origin": "null", "Host": ""}),
        await api.patch("/api/customer/profile", json=body, headers={"Sec-Fetch-Site": "cross-site"}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(403, "forbidden")] * 6
    assert (await api.get("/api/customer/profile")).json()["fullName"] == "Robin Sample"
    assert (await api.patch("/api/customer/profile", json=body, headers={"Origin": "http://test"})).status_code == 200
    assert (await api.patch("/api/customer/profile", json=body, headers={"Sec-Fetch-Site": "same-origin"})).status_code == 200


async def test_a_program_with_a_token_may_call_from_anywhere(database: str, api: httpx.AsyncClient) -> None:
    headers = {**await token_of(api, await a_member(api)), "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    cookie = {"Cookie": "aad_customer=somebody-elses"}
    assert (await api.post("/api/customer/logout", headers={**headers, **cookie})).status_code == 200


async def test_a_body_without_a_length_is_counted_while_it_comes(database: str, api: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 65536

    answer = await api.post("/api/customer/login", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
    assert sent <= (MAX_BODY_BYTES + MOST_THROWN_AWAY_BYTES) // 65536 + 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_who_sends_too_much_hears_why_from_a_real_server(database: str, house: httpx.AsyncClient) -> None:
    answer = await sign_up(house, fullName="x" * 8 * MAX_BODY_BYTES)
    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
    assert (await sign_up(house)).status_code == 201


async def test_the_log_tells_of_every_request_and_of_no_secret(
    database: str, api: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    with logging_restored():
        configure_logging()
        email = await a_member(api)
        code = await mailed_secret(email, "code")
        await api.get("/auth/callback", params={"code": code})
        await api.post("/api/customer/forgot-password", json={"email": email})
        reset = await mailed_secret(email, "token")
        await api.post("/api/customer/reset-password", json={"token": reset, "password": "another-good-one"})
        await log_in(api, email, "not-the-password")
        token = (await log_in(api, email, "another-good-one")).json()["token"]
        await api.get("/api/customer/profile")
    written = "".join(capfd.readouterr())
    told = [line for line in written.splitlines() if " request " in line]
    assert len(told) == 7
    assert all("path=" in line and "status=" in line and "request_id=" in line for line in told)
    secrets = [PASSWORD, "another-good-one", "not-the-password", code, reset, token, email]
    assert [each for each in secrets if each in written] == []


async def test_a_right_that_stands_in_a_path_stays_out_of_the_log_however_it_is_asked_for(
    database: str, api: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    token, session_id = sign({"path": "a"}, purpose="download", ttl_s=60), "0f8fad5b-d9cb-469f-a165-70867728950e"
    with logging_restored():
        configure_logging()
        for method in ("GET", "HEAD", "POST", "DELETE"):
            await api.request(method, f"/api/files/{token}")
        await api.get(f"/api/files/{token}/and/more")
        await api.get(f"/api/filess/{token}")
        await api.get(f"/api/sessions/{session_id}/files?token={token}")
    written = "".join(capfd.readouterr())
    assert written.count(" request ") == 7
    assert token[:20] not in written and token[-20:] not in written
    assert f"path=/api/sessions/{session_id}/files " in written, "an id says where it was"


async def test_what_nobody_foresaw_is_told_with_a_number_that_leads_to_the_log(
    database: str, api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("the secret recipe")

    monkeypatch.setattr(customers, "sign_up", broken)
    answer = await sign_up(api)
    number = answer.headers["x-request-id"]
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert number in answer.json()["detail"]
    assert "recipe" not in answer.text
    written = "".join(capfd.readouterr())
    assert written.count("RuntimeError: the secret recipe") == 1
