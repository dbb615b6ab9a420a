"""`/mechanics/[mechanic]`: what everybody may read of a mechanic, and what nobody may (R3)."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col
from starlette.types import ASGIApp

from autodoctor.accounts import erasing, mechanics
from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.accounts.public_profiles import PublicProfile
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.sessions.models import Session
from autodoctor.sessions.queries import Rating
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.customer.dashboard_state import DashboardState
from autodoctor.ui.customer.session_state import SessionState
from autodoctor.ui.mechanic.profile_state import MechanicProfileState
from autodoctor.ui.public.mechanic_state import MechanicPageState
from autodoctor.ui.public.mechanic_view import LONGEST_DESCRIPTION, mechanic_page
from tests.people import Person, a_customer, a_mechanic, a_session, an_admin
from tests.reflex_client import open_page as open_over_socket
from tests.reflex_client import within
from tests.ui.screens import open_page, shown
from tests.ui.served import served

pytestmark = pytest.mark.usefixtures("database")

SECRETS = {"phone": "+1 503 555 0199", "stripe_disabled_reason": "rejected.fraud"}


async def sam(**told: Any) -> Person:
    mechanic = await a_mechanic()
    values = (
        SECRETS
        | {"stripe_account_id": f"acct_{mechanic.id.hex}", "bio": "Fifteen years of brakes.", "specialties": ["Brakes", "Hybrids"]}
        | told
    )
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(**values))
    return mechanic


async def reviewed(customer: Person, mechanic: Person, rating: int, review: str | None) -> uuid.UUID:
    session_id = await a_session(customer, mechanic, SessionStatus.completed)
    async with unit_of_work() as db:
        await db.execute(sa.update(Session).where(col(Session.id) == session_id).values(rating=rating, review=review))
    return session_id


async def looked_at(mechanic_id: object, *people: Person) -> MechanicPageState:
    page = await open_page(MechanicPageState, f"/mechanics/{mechanic_id}", *people)
    assert await page.load() is None
    return page


async def test_everybody_reads_who_a_mechanic_is_and_what_customers_said() -> None:
    mechanic, customer = await sam(), await a_customer()
    await reviewed(customer, mechanic, 5, "Calm and clear.")
    await reviewed(customer, mechanic, 2, None)
    await reviewed(customer, await sam(), 1, "Somebody else.")
    page = await looked_at(mechanic.id)
    about = page.mechanic
    assert (page.phase, about.name, about.kind, about.bio) == ("found", "Sam Wrench", "Certified mechanic", "Fifteen years of brakes.")
    assert (about.rating, about.is_online, about.is_shown, page.specialties) == (
        "3.5 of 5 stars from 2 sessions",
        False,
        True,
        ["Brakes", "Hybrids"],
    )
    assert [(each.name, each.rating, each.words, each.about) for each in page.reviews] == [("Robin", 5, "Calm and clear.", "Quick Chat")]
    assert about.title == "Sam Wrench, certified mechanic · Auto Doctor"
    assert "Brakes, Hybrids" in about.description


async def test_it_says_who_is_online_now() -> None:
    mechanic = await sam()
    async with unit_of_work() as db:
        await mechanics.set_online(db, mechanic.caller, online=True)
    assert (await looked_at(mechanic.id)).mechanic.is_online


@pytest.mark.parametrize("told", [{"status": MechanicStatus.pending_review}, {"status": MechanicStatus.suspended}, {"is_public": False}])
async def test_who_is_not_approved_or_does_not_want_it_has_no_page(told: dict[str, Any]) -> None:
    mechanic = await sam(**told)
    for people in ([], [await a_customer()], [await a_mechanic()], [await an_admin()]):
        page = await looked_at(mechanic.id, *people)
        nothing = shown(await open_page(MechanicPageState, "/"))
        assert shown(page) == nothing | {"phase": "missing"}


async def test_a_mechanic_sees_their_own_page_before_it_is_shown() -> None:
    mechanic = await sam(is_public=False)
    page = await looked_at(mechanic.id, mechanic)
    assert (page.phase, page.mechanic.name, page.mechanic.is_shown) == ("found", "Sam Wrench", False)


@pytest.mark.parametrize("address", ["nobody", "", uuid.uuid4(), "../admin", "%00"])
async def test_an_address_of_nobody_is_missing(address: object) -> None:
    assert (await looked_at(address)).phase == "missing"
    assert (await looked_at((await a_customer()).id)).phase == "missing", "nor has a customer a page"


async def test_an_erased_customers_words_are_gone_from_it() -> None:
    mechanic, customer = await sam(), await a_customer()
    await reviewed(customer, mechanic, 5, "My plate is ABC 123.")
    async with unit_of_work() as db:
        await erasing.erase_by_hand(db, (await an_admin()).caller, customer.id)
    page = await looked_at(mechanic.id)
    assert (page.reviews, page.mechanic.rating) == ([], "5.0 of 5 stars from 1 session")


@pytest.fixture
async def site(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    async with served(monkeypatch) as app:
        yield app


async def test_nothing_else_of_a_mechanic_or_a_customer_goes_over_the_socket(site: ASGIApp) -> None:
    mechanic, customer = await sam(), await a_customer()
    session_id = await reviewed(customer, mechanic, 5, "Calm and clear.")
    async with open_over_socket(within(site), f"/mechanics/{mechanic.id}") as page:
        await page.until(lambda: page.last("phase") == "found", what="the page")
        sent = json.dumps([update.delta for update in page.updates])
    assert "Calm and clear." in sent
    for secret in (mechanic.caller.email, customer.caller.email, *SECRETS.values(), "acct_", str(session_id), str(customer.id), "Sample"):
        assert secret not in sent, secret


async def test_the_mechanic_chooses_and_customers_are_led_there_only_then() -> None:
    mechanic, customer = await sam(), await a_customer()
    session_id = await reviewed(customer, mechanic, 5, "Calm and clear.")
    for is_public, path in ((False, ""), (True, f"/mechanics/{mechanic.id}")):
        async with unit_of_work() as db:
            await mechanics.update_profile(db, mechanic.caller, is_public=is_public)
        own = await open_page(MechanicProfileState, "/mechanic/profile", mechanic)
        await own.load()
        assert (own.is_public, own.public_path) == (is_public, f"/mechanics/{mechanic.id}")
        history = await open_page(DashboardState, "/customer/dashboard", customer)
        await history.load()
        assert [line.mechanic_path for line in history.past] == [path]
        session = await open_page(SessionState, f"/customer/sessions/{session_id}", customer)
        await session.load()
        assert session.summary.other_path == path


async def test_what_search_engines_show_is_short_enough() -> None:
    profile = PublicProfile(uuid.uuid4(), "Sam", Seniority.senior, ["Brakes"] * 60, None, clock.now(), is_shown=True)
    description = mechanic_page(profile, Rating(None, 0), is_online=False).description
    assert len(description) <= LONGEST_DESCRIPTION
    assert description.endswith("…")
