"""/api/…/second-factor and logging in with a code: over HTTP, and what it tells strangers (R4)."""

from __future__ import annotations

from typing import Any

import httpx
import pyotp
import pytest

from autodoctor.core.settings import get_settings
from tests.api.identity import PASSWORD, code_of, log_in, new_account, new_address, token_of
from tests.conftest import Clock

each_audience = pytest.mark.parametrize("audience", ["admin", "mechanics"])


async def enrolled(api: httpx.AsyncClient, audience: str, clock: Clock) -> tuple[str, dict[str, str], dict[str, Any]]:
    """Somebody with an app: their address, the login that it was set up in, and the secret with the recovery codes."""
    email = await new_account(api, audience)
    here = await token_of(api, email, who=audience)
    begun = await api.post(f"/api/{audience}/second-factor", json={"password": PASSWORD}, headers=here)
    assert begun.status_code == 200, begun.text
    code = pyotp.TOTP(begun.json()["secret"]).at(clock())
    confirmed = await api.post(f"/api/{audience}/second-factor/confirm", json={"totp": code}, headers=here)
    assert confirmed.status_code == 200, confirmed.text
    assert {begun.headers["cache-control"], confirmed.headers["cache-control"]} == {"no-store"}
    clock.advance(seconds=30)
    return email, here, begun.json() | confirmed.json()


async def enter(api: httpx.AsyncClient, audience: str, email: str, password: str = PASSWORD, **more: Any) -> httpx.Response:
    return await api.post(f"/api/{audience}/login", json={"email": email, "password": password, **more})


@each_audience
async def test_it_is_set_up_seen_renewed_and_turned_off(database: str, api: httpx.AsyncClient, fixed_clock: Clock, audience: str) -> None:
    email, here, told = await enrolled(api, audience, fixed_clock)
    path = f"/api/{audience}/second-factor"
    app = pyotp.parse_uri(told["uri"])
    assert (app.secret, app.name, app.issuer) == (told["secret"], email, "Auto Doctor")
    assert told["qr"]["size"] > 30
    assert told["qr"]["path"].startswith("M")
    assert (await api.get(path, headers=here)).json() == {
        "isOn": True,
        "since": "2026-03-02T09:00:00Z",
        "recoveryCodesLeft": 10,
        "isRequired": False,
    }
    renewed = await api.post(f"{path}/recovery-codes", json={"totp": told["recoveryCodes"][0]}, headers=here)
    assert not set(renewed.json()["recoveryCodes"]) & set(told["recoveryCodes"])
    code = pyotp.TOTP(told["secret"]).at(fixed_clock())
    answer = await api.post(f"{path}/off", json={"password": "not-the-password", "totp": code}, headers=here)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "password")
    assert (await api.post(f"{path}/off", json={"password": PASSWORD, "totp": code}, headers=here)).json() == {"success": True}
    assert (await enter(api, audience, email)).status_code == 200


@each_audience
async def test_nobody_sets_one_up_with_a_stolen_cookie_alone(database: str, api: httpx.AsyncClient, audience: str) -> None:
    here = await token_of(api, await new_account(api, audience), who=audience)
    answer = await api.post(f"/api/{audience}/second-factor", json={"password": "not-the-password"}, headers=here)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "password")
    nothing = await api.post(f"/api/{audience}/second-factor/confirm", json={"totp": "000000"}, headers=here)
    assert code_of(nothing) == (409, "invalid_transition")


@each_audience
async def test_wrong_password_wrong_code_used_code_and_unknown_account_read_the_same(
    database: str, api: httpx.AsyncClient, fixed_clock: Clock, audience: str
) -> None:
    email, _here, told = await enrolled(api, audience, fixed_clock)
    right = pyotp.TOTP(told["secret"]).at(fixed_clock())
    assert (await enter(api, audience, email, totp=right)).status_code == 200
    plain = await new_account(api, audience)
    answers = [
        await enter(api, audience, email, totp=right),
        await enter(api, audience, email, totp="000000"),
        await enter(api, audience, email, totp=""),
        await enter(api, audience, email),
        await enter(api, audience, email, "not-the-password", totp=told["recoveryCodes"][0]),
        await enter(api, audience, plain, "not-the-password"),
        await enter(api, audience, new_address(), totp="000000"),
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}
    assert answers[0].json()["detail"] == "E-mail, password or code is wrong."
    assert (await enter(api, audience, plain, totp="whatever")).status_code == 200, "who has none set up is asked for none"
    assert (await enter(api, audience, email, totp=told["recoveryCodes"][0])).status_code == 200


async def test_an_administrator_without_one_is_led_to_it_where_it_is_required(
    database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch, fixed_clock: Clock
) -> None:
    settings_env.setenv("ADMIN_TOTP", "required")
    get_settings.cache_clear()
    email = await new_account(api, "admin")
    here = await token_of(api, email, who="admin")
    for method, path in (
        ("GET", "/api/admin/requests"),
        ("POST", "/api/debug/cleanup-sessions"),
        ("GET", "/api/sessions"),
        ("POST", "/api/vin/decode"),
    ):
        answer = await api.request(method, path, headers=here, json={"vin": "1HGCM82633A004352"} if method == "POST" else None)
        assert code_of(answer) == (403, "second_factor_required"), path
    assert (await api.get("/api/admin/logins", headers=here)).status_code == 200
    assert (await api.get("/api/admin/second-factor", headers=here)).json()["isRequired"] is True
    begun = (await api.post("/api/admin/second-factor", json={"password": PASSWORD}, headers=here)).json()
    code = pyotp.TOTP(begun["secret"]).at(fixed_clock())
    assert (await api.post("/api/admin/second-factor/confirm", json={"totp": code}, headers=here)).status_code == 200
    assert (await api.get("/api/admin/requests", headers=here)).status_code == 200
    fixed_clock.advance(seconds=30)
    off = {"password": PASSWORD, "totp": pyotp.TOTP(begun["secret"]).at(fixed_clock())}
    assert code_of(await api.post("/api/admin/second-factor/off", json=off, headers=here)) == (403, "forbidden")


async def test_a_customers_login_speaks_of_no_code(database: str, api: httpx.AsyncClient) -> None:
    assert (await log_in(api, new_address())).json()["detail"] == "E-mail or password is wrong."
