"""Who a request speaks for: a bearer token, or the cookies of up to one person a role (API.md, conventions)."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.accounts.cookies import login_cookie
from autodoctor.accounts.models import Role
from autodoctor.core.settings import get_settings
from tests.api.identity import a_verified_member, code_of, log_in
from tests.people import Person, a_customer

PROFILE, ME = "/api/customer/profile", "/api/mechanics/me"
OURS = {"Origin": "http://test"}


def cookie_of(*people: Person) -> dict[str, str]:
    """The header in which one browser carries the logins of all of these."""
    pairs = [f"{login_cookie(each.caller.role)}={each.headers['Authorization'].removeprefix('Bearer ')}" for each in people]
    return {"Cookie": "; ".join(pairs)}


async def test_a_token_in_another_role_s_cookie_opens_nothing_more(database: str, api: httpx.AsyncClient) -> None:
    token = (await a_customer()).headers["Authorization"].removeprefix("Bearer ")
    for name in (login_cookie(Role.mechanic), login_cookie(Role.admin)):
        headers = {"Cookie": f"{name}={token}"}
        for path in (ME, "/api/admin/logins"):
            assert code_of(await api.get(path, headers=headers)) == (403, "forbidden")


async def test_a_bearer_token_counts_alone(database: str, api: httpx.AsyncClient) -> None:
    one, other = await a_customer(), await a_customer()
    assert (await api.get(PROFILE, headers=cookie_of(one) | other.headers)).json()["id"] == str(other.id)
    forged = cookie_of(one) | {"Authorization": "Bearer forged"}
    answer = await api.get(PROFILE, headers=forged)
    assert code_of(answer) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic cm9iaW46c2VjcmV0", "Bearer a b", "Bearer \xff", "Bearer " + "x" * 5000])
async def test_what_is_no_token_is_nobody(database: str, api: httpx.AsyncClient, value: str) -> None:
    assert code_of(await api.get(PROFILE, headers={"Authorization": value.encode("latin-1")})) == (401, "unauthenticated")  # type: ignore[dict-item]


async def test_behind_a_proxy_our_own_pages_are_those_of_the_public_address(
    database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch
) -> None:
    settings_env.setenv("APP_URL", "https://autodoctor.example")
    get_settings.cache_clear()
    headers = cookie_of(await a_customer()) | {"Host": "10.0.0.1:3000"}
    statuses = [
        (await api.patch(PROFILE, json={"phone": ""}, headers=headers | {"Origin": origin})).status_code
        for origin in (
            "https://autodoctor.example",
            "http://10.0.0.1:3000",
            "https://autodoctor.example.evil.example",
            "https://evil.example/autodoctor.example",
            "https://autodoctor.example:8443",
            "https://autodoctor.example@evil.example",
        )
    ]
    assert statuses == [200, 200, 403, 403, 403, 403]


async def test_another_site_can_neither_change_nor_end_anything(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    headers = cookie_of(customer) | {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for path in ("/api/customer/logout", "/api/customer/logout-everywhere", "/api/customer/clear-plan"):
        assert code_of(await api.post(path, headers=headers)) == (403, "forbidden")
    assert code_of(await api.delete(f"/api/customer/logins/{customer.caller.token_id}", headers=headers)) == (403, "forbidden")
    assert (await api.get(PROFILE, headers=headers)).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None])
async def test_a_form_of_another_site_logs_nobody_in(database: str, api: httpx.AsyncClient, kind: str | None) -> None:
    """A page elsewhere can send only these without asking us first."""
    email = await a_verified_member(api)
    body = (await log_in(api, email)).request.content
    api.cookies.clear()
    request = api.build_request("POST", "/api/customer/login", content=body, headers={"Content-Type": kind} if kind else {})
    answer = await api.send(request)
    assert code_of(answer) == (422, "validation")
    assert "set-cookie" not in answer.headers


async def test_over_https_only_a_cookie_of_our_own_host_logs_somebody_in(
    database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch
) -> None:
    email = await a_verified_member(api)
    before = (await log_in(api, email)).json()["token"]
    assert (await api.get(PROFILE)).status_code == 200
    settings_env.setenv("APP_URL", "https://autodoctor.example")
    get_settings.cache_clear()
    assert code_of(await api.get(PROFILE)) == (401, "unauthenticated"), "the name from before"
    api.cookies.clear()
    answer = await log_in(api, email)
    set_by = {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}
    assert set(set_by) == {"__Host-aad_customer", "__Host-aad_device"}
    for line in set_by.values():
        parts = {part.strip().lower().partition("=")[0] for part in line.split(";")[1:]}
        assert parts == {"httponly", "max-age", "path", "samesite", "secure"}, "no Domain: it is for this host alone"
        assert "; Path=/;" in line
    token = answer.json()["token"]
    api.cookies.clear()
    for name, status in (("aad_customer", 401), ("__Host-aad_customer", 200), ("\xa0__Host-aad_customer", 401)):
        for value in (before, token):
            found = await api.get(PROFILE, headers={"Cookie": f"{name}={value}".encode()})  # type: ignore[dict-item]
            assert found.status_code == status, name
    ended = await api.post("/api/customer/logout", headers={"Cookie": f"__Host-aad_customer={token}", **OURS})
    assert ended.headers["set-cookie"].startswith('__Host-aad_customer="";')
    assert {"Secure", "Path=/"} <= {part.strip() for part in ended.headers["set-cookie"].split(";")}, "else the browser keeps it"


async def test_the_document_tells_the_names_that_this_site_has(
    database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch
) -> None:
    settings_env.setenv("APP_URL", "https://autodoctor.example")
    get_settings.cache_clear()
    schemes = (await api.get("/api/openapi.json")).json()["components"]["securitySchemes"]
    assert schemes["mechanicCookie"]["name"] == "__Host-aad_mech"
