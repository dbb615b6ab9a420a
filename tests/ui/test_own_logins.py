"""Where somebody is logged in, on each audience's own account, and out again (R5)."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.accounts import tokens
from autodoctor.accounts.devices import device_words
from autodoctor.accounts.identity import Origin
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.ui.admin.account_state import AdminAccountState
from autodoctor.ui.customer.profile_state import ProfileState
from autodoctor.ui.mechanic.profile_state import MechanicProfileState
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import leads_to, open_page

PAGES = {
    "customer": (a_customer, ProfileState, "/customer/profile"),
    "mechanic": (a_mechanic, MechanicProfileState, "/mechanic/profile"),
    "admin": (an_admin, AdminAccountState, "/admin/account"),
}
each = pytest.mark.parametrize("audience", [*PAGES])
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0"


async def log_in_elsewhere(person: Person) -> str:
    async with unit_of_work() as db:
        return (await tokens.issue(db, person.id, person.caller.role, Origin("192.0.2.9", EDGE))).token


async def is_good(token: str) -> bool:
    async with reading() as db:
        return await tokens.identify(db, token) is not None


@each
async def test_each_login_is_told_in_words_and_ended_there(database: str, audience: str) -> None:
    make, state, path = PAGES[audience]
    person = await make()
    elsewhere = await log_in_elsewhere(person)
    page: Any = await open_page(state, path, person)
    assert await page.load() is None
    lines = page.get_value("logins")
    assert {(line.device, line.address, line.is_here) for line in lines} == {
        ("Edge on Windows", "192.0.2.9", False),
        ("An unknown device", "", True),
    }
    there = next(line.id for line in lines if not line.is_here)
    await page.end_login(there)
    assert (page.login_note, [line.is_here for line in page.get_value("logins")]) == ("Logged out there.", [True])
    assert not await is_good(elsewhere)
    for gone in (there, "nonsense", 7, None):
        await page.end_login(gone)
        assert page.login_note == "That login was over already."


@each
async def test_nobody_ends_somebody_elses(database: str, audience: str) -> None:
    make, state, path = PAGES[audience]
    person, stranger = await make(), await make()
    elsewhere = await log_in_elsewhere(person)
    page: Any = await open_page(state, path, stranger)
    await page.load()
    for login_id in (str(person.caller.token_id), str(new_id())):
        await page.end_login(login_id)
    assert await is_good(elsewhere)
    nobody: Any = await open_page(state, path)
    for answer in (await nobody.load(), await nobody.end_login(str(person.caller.token_id))):
        assert "/login?next=" in leads_to(answer)
    assert nobody.get_value("logins") == []


AGENTS = [
    (EDGE, "Edge on Windows"),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1",
        "Safari on iPhone",
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Safari on a Mac",
    ),
    ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox on Linux"),
    ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome on a Chromebook"),
    ("Something (Windows)", "A browser on Windows"),
    ("curl/8.9", "A program: curl"),
    ("<b>no</b>", "An unknown device"),
    (None, "An unknown device"),
]


@pytest.mark.parametrize(("user_agent", "words"), AGENTS)
def test_a_browser_is_called_by_its_name_and_its_machine(user_agent: str | None, words: str) -> None:
    assert device_words(user_agent) == words
