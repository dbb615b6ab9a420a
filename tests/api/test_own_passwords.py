"""/api/…/password: a new one for somebody who is logged in (R5)."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.accounts.cookies import login_cookie
from tests.api.identity import AUDIENCES, PASSWORD, code_of, log_in, new_account, new_address, sign_up, token_of
from tests.conftest import Clock

each_audience = pytest.mark.parametrize("audience", [*AUDIENCES])
NEW = "another-good-one"


@each_audience
async def test_a_browser_goes_on_with_another_cookie_and_others_are_signed_out(
    database: str, api: httpx.AsyncClient, audience: str
) -> None:
    email, name = await new_account(api, audience), login_cookie(AUDIENCES[audience])
    elsewhere = await token_of(api, email, who=audience)
    await log_in(api, email, who=audience)
    before = api.cookies[name]
    body = {"currentPassword": PASSWORD, "password": NEW}
    answer = await api.post(f"/api/{audience}/password", json=body, headers={"Origin": "http://test"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["token"] == api.cookies[name] != before
    assert (await api.get(f"/api/{audience}/logins")).json()["items"][0]["isCurrent"] is True
    api.cookies.clear()
    for token in (elsewhere, {"Authorization": f"Bearer {before}"}):
        assert code_of(await api.get(f"/api/{audience}/logins", headers=token)) == (401, "unauthenticated")
    assert (await log_in(api, email, who=audience)).status_code == 401
    assert (await log_in(api, email, NEW, who=audience)).status_code == 200


async def test_a_password_is_compared_as_it_was_typed_and_stays_good(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    typed = " Turnips and  Tyres "
    answer = await sign_up(api, email := new_address(), password=typed)
    assert answer.status_code == 201, answer.text
    for wrong in (typed.strip(), typed.lower(), " ".join(typed.split()), typed[:8]):
        assert (await log_in(api, email, wrong)).status_code == 401
    fixed_clock.advance(days=800)
    assert (await log_in(api, email, typed)).status_code == 200


@each_audience
async def test_what_is_wrong_stands_at_its_field(database: str, api: httpx.AsyncClient, audience: str) -> None:
    token = await token_of(api, await new_account(api, audience), who=audience)
    for body, field in (
        ({"currentPassword": "not-the-password", "password": NEW}, "currentPassword"),
        ({"currentPassword": PASSWORD, "password": "short"}, "password"),
        ({"password": NEW}, "currentPassword"),
    ):
        answer = await api.post(f"/api/{audience}/password", json=body, headers=token)
        assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, [field])
    assert (await api.get(f"/api/{audience}/logins", headers=token)).status_code == 200


@each_audience
async def test_another_audience_is_refused(database: str, api: httpx.AsyncClient, audience: str) -> None:
    body = {"currentPassword": PASSWORD, "password": NEW}
    assert (await api.post(f"/api/{audience}/password", json=body)).status_code == 401
    for other in AUDIENCES:
        if other != audience:
            stranger = await token_of(api, await new_account(api, other), who=other)
            assert (await api.post(f"/api/{audience}/password", json=body, headers=stranger)).status_code == 403
