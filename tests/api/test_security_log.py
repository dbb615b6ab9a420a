"""What the log tells of those who try, and that it tells of no secret (OWASP ASVS 5.0, 16.3)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from reflex.event import Event

from autodoctor.autodoctor import app
from autodoctor.core.settings import get_settings
from autodoctor.ui.customer.dashboard_state import DashboardState
from autodoctor.ui.doorkeeper import Doorkeeper
from tests.api.identity import AUDIENCES, PASSWORD, log_in, mailed_secret, new_account, token_of
from tests.people import a_customer, a_mechanic, a_session, an_admin
from tests.ui.screens import open_page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Lines = list[Any]


@pytest.fixture
def lines(settings_env: pytest.MonkeyPatch) -> Iterator[Lines]:
    settings_env.setenv("TRUSTED_PROXIES", "1")
    get_settings.cache_clear()
    with structlog.testing.capture_logs() as found:
        yield found


def told(lines: Lines, event: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["event"] == event]


async def test_every_login_is_told_whether_it_succeeds_or_not(database: str, api: httpx.AsyncClient, lines: Lines) -> None:
    api.headers["X-Forwarded-For"] = "192.0.2.7"
    for audience, role in AUDIENCES.items():
        email = await new_account(api, audience)
        await log_in(api, email, "not-the-password", who=audience)
        await log_in(api, email, who=audience)
        refused, entered = told(lines, "login refused")[-1], told(lines, "logged in")[-1]
        assert (refused["role"], refused["code"], refused["address"]) == (role, "invalid_credentials", "192.0.2.7")
        assert (entered["role"], entered["factors"], entered["address"]) == (role, "password", "192.0.2.7")
        assert refused["user_id"] == entered["user_id"]
        api.cookies.clear()
        await log_in(api, "nobody@example.com", who=audience)
        unknown = told(lines, "login refused")[-1]
        assert "user_id" not in unknown
        assert unknown["account"] != refused["account"]
        assert email not in str(lines) and "nobody@" not in str(lines)
        assert PASSWORD not in str(lines) and "not-the-password" not in str(lines)


async def test_changes_of_a_password_and_logging_out_are_told(database: str, api: httpx.AsyncClient, lines: Lines) -> None:
    email = await new_account(api, "customer")
    token = await token_of(api, email)
    body = {"currentPassword": PASSWORD, "password": "another-good-one"}
    wrong = await api.post("/api/customer/password", json={**body, "currentPassword": "not-the-password"}, headers=token)
    assert wrong.status_code == 422
    (refused,) = told(lines, "refused")
    assert (refused["route"], refused["code"], len(refused["user_ids"])) == ("/api/customer/password", "validation", 1)
    changed = (await api.post("/api/customer/password", json=body, headers=token)).json()
    (line,) = told(lines, "a way of logging in was changed")
    assert (line["what"], line["user_id"]) == ("password", refused["user_ids"][0])
    api.cookies.clear()
    await api.post("/api/customer/logout", headers={"Authorization": f"Bearer {changed['token']}"})
    assert told(lines, "logged out")[0]["user_id"] == line["user_id"]
    await api.post("/api/customer/forgot-password", json={"email": email})
    secret = await mailed_secret(email, "token")
    assert (await api.post("/api/customer/reset-password", json={"token": secret, "password": PASSWORD})).status_code == 200
    assert told(lines, "a password was reset")
    assert not any(word in str(lines) for word in (email, PASSWORD, "another-good-one", secret, changed["token"]))


async def test_who_asks_for_what_isnt_theirs_is_told_with_what_it_was(database: str, api: httpx.AsyncClient, lines: Lines) -> None:
    session_id = await a_session(await a_customer(), await a_mechanic())
    stranger = await a_customer()
    await api.get(f"/api/sessions/{session_id}", headers=stranger.headers)
    await api.get("/api/admin/payments", headers=stranger.headers)
    not_theirs, not_for_them = told(lines, "refused")
    assert (not_theirs["status"], not_theirs["route"], not_theirs["session_id"]) == (404, "/api/sessions/{session_id}", str(session_id))
    assert (not_for_them["status"], not_for_them["code"], not_for_them["route"]) == (403, "forbidden", "/api/admin/payments")
    assert not_theirs["user_ids"] == not_for_them["user_ids"] == [str(stranger.caller.user_id)]
    await api.get(f"/api/sessions/{uuid.uuid4()}")
    assert told(lines, "refused")[-1]["code"] == "unauthenticated"


async def test_so_is_an_event_that_a_page_has_no_right_to(database: str, lines: Lines) -> None:
    admin = await an_admin()
    page: Any = await open_page(DashboardState, "/customer/dashboard", admin)
    await Doorkeeper().preprocess(app, page._get_root_state(), Event(name=f"{DashboardState.get_full_name()}.load", payload={}))
    (line,) = told(lines, "refused an event")
    assert (line["state"], line["log_level"]) == ("DashboardState", "warning")


async def test_made_up_signatures_and_foreign_pages_are_told(database: str, api: httpx.AsyncClient, lines: Lines) -> None:
    await api.post("/api/stripe/webhook", content=b"{}", headers={"Stripe-Signature": "t=1,v1=made-up"})
    await api.get("/api/files/made-up.token")
    await log_in(api, await new_account(api, "customer"))
    await api.post("/api/customer/logout", headers={"Origin": "https://evil.example"})
    codes = [(line["route"], line["status"]) for line in told(lines, "refused")]
    assert codes == [("/api/stripe/webhook", 400), ("/api/files/{token}", 403), ("/api/customer/logout", 403)]
    assert "made-up" not in str(told(lines, "refused"))
