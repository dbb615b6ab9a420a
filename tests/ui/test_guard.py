"""Who is looking at a page: by cookie, against the database, at every call."""

from __future__ import annotations

import pytest

from autodoctor.accounts import mechanics, tokens
from autodoctor.accounts.models import Role
from autodoctor.core.db import unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.ui import guard
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic
from tests.ui.sockets import cookie, page, target


@pytest.fixture
async def robin(database: str) -> Person:
    return await a_customer()


@pytest.fixture
async def sam(database: str) -> Person:
    return await a_mechanic()


async def test_a_cookie_tells_who_it_is_whatever_else_the_browser_sends(robin: Person, sam: Person) -> None:
    state = page("theme=dark", cookie("aad_customer", robin), "odd cookie", cookie("aad_mech", sam))
    customer, mechanic = await guard.caller_of(state, Role.customer), await guard.caller_of(state, Role.mechanic)
    assert customer is not None and customer.user_id == robin.id
    assert mechanic is not None and mechanic.user_id == sam.id


async def test_without_a_cookie_or_with_an_invented_one_it_is_nobody(database: str) -> None:
    assert await guard.caller_of(page(), Role.customer) is None
    assert await guard.caller_of(page("aad_customer=made-up"), Role.customer) is None


async def test_over_https_a_cookie_of_the_plain_name_is_nobody(robin: Person, settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("APP_URL", "https://autodoctor.example")
    get_settings.cache_clear()
    for name in ("aad_customer", "\xa0__Host-aad_customer"):
        state = page(cookie(name, robin))
        assert await guard.caller_of(state, Role.customer) is None
        assert await guard.look(state) == ()
        guard.forget()
    caller = await guard.caller_of(page(cookie("__Host-aad_customer", robin)), Role.customer)
    assert caller is not None and caller.user_id == robin.id


async def test_a_mechanics_token_in_the_customers_cookie_is_nobody(sam: Person) -> None:
    assert await guard.caller_of(page(cookie("aad_customer", sam)), Role.customer) is None


async def test_a_login_that_has_run_out_is_nobody(fixed_clock: Clock, robin: Person) -> None:
    fixed_clock.advance(days=31)
    assert await guard.caller_of(page(cookie("aad_customer", robin)), Role.customer) is None


async def test_a_login_that_was_revoked_is_nobody(robin: Person) -> None:
    async with unit_of_work() as db:
        await tokens.revoke(db, robin.caller)
    assert await guard.caller_of(page(cookie("aad_customer", robin)), Role.customer) is None


async def test_a_suspended_mechanic_is_nobody(sam: Person) -> None:
    async with unit_of_work() as db:
        await mechanics.suspend(db, sam.id)
    assert await guard.caller_of(page(cookie("aad_mech", sam)), Role.mechanic) is None


async def test_a_stranger_is_led_to_the_login_and_back(database: str) -> None:
    redirect = await guard.customer_of(page(path="/intake?plan=chat10"))
    assert target(redirect) == "/login?next=%2Fintake%3Fplan%3Dchat10"
    assert target(await guard.mechanic_of(page(path="/mechanic/dashboard"))) == "/mechanic/login?next=%2Fmechanic%2Fdashboard"


async def test_an_unverified_customer_is_asked_to_verify(database: str) -> None:
    newcomer = await a_customer(is_verified=False)
    assert target(await guard.customer_of(page(cookie("aad_customer", newcomer)))) == "/customer/verify"


async def test_those_who_may_come_in_are_told_to_the_page(robin: Person, sam: Person) -> None:
    assert (await guard.customer_of(page(cookie("aad_customer", robin)))).user_id == robin.id
    assert (await guard.mechanic_of(page(cookie("aad_mech", sam)))).user_id == sam.id


@pytest.mark.parametrize("path", ["/customer/dashboard", "/api/checkout?plan=chat10", "/intake?next=https://elsewhere.test"])
def test_paths_of_our_own_are_followed(path: str) -> None:
    assert guard.own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.test",
        "//elsewhere.test",
        "/\\elsewhere.test",
        "/\t/elsewhere.test",
        "/\n/elsewhere.test",
        "javascript:alert(1)",
        "customer",
        "",
        None,
        7,
    ],
)
def test_no_path_leads_to_another_site(path: object) -> None:
    assert guard.own_path(path) == ""
