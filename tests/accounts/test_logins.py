"""Logins: what a token stands for, for how long, and how it ends (R3, R5). Customers' and mechanics' stand in different tables."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import customers, logins, mechanics, tokens
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.logins import LoggedIn
from autodoctor.accounts.models import LoginToken, MechanicSession, Profile, Role
from autodoctor.accounts.refusals import AccountSuspended, InvalidCredentials
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound, ValidationFailed
from tests.accounts.making import an_account, asks_for_a_new_password, logged_in, proven, secrets_mailed_to, sets_password
from tests.api.identity import PASSWORD, new_address
from tests.conftest import Clock
from tests.jobs.helpers import rows_of

BOTH = pytest.mark.parametrize("role", [Role.customer, Role.mechanic])


async def stands_for(entered: LoggedIn) -> Caller | None:
    async with reading() as db:
        return await tokens.identify(db, entered.token)


async def stored(role: Role) -> list[LoginToken] | list[MechanicSession]:
    return await rows_of(MechanicSession if role is Role.mechanic else LoginToken)


@BOTH
async def test_a_token_is_kept_as_its_hash_with_where_it_came_from(database: str, fixed_clock: Clock, role: Role) -> None:
    entered = await logged_in(role, await an_account(role))
    (row,) = await stored(role)
    assert entered.token not in repr(row) + repr(entered)
    assert (row.ip_address, row.user_agent, row.created_at) == ("192.0.2.7", "Browser/1", fixed_clock())
    assert await stands_for(entered) == entered.caller
    assert entered.caller.role is role


@BOTH
async def test_it_lasts_thirty_days_and_is_cleared_away_at_the_next_login(database: str, fixed_clock: Clock, role: Role) -> None:
    email, other = await an_account(role), await an_account(role)
    old, others = await logged_in(role, email), await logged_in(role, other)
    fixed_clock.advance(days=30, seconds=-1)
    assert await stands_for(old) is not None
    fixed_clock.advance(seconds=1)
    assert await stands_for(old) is None
    assert old.expires_at == fixed_clock()
    await logged_in(role, email)
    assert len(await stored(role)) == 2
    assert await stands_for(others) is None


@BOTH
async def test_the_token_a_browser_held_dies_at_the_next_login_in_it(database: str, role: Role) -> None:
    email = await an_account(role)
    elsewhere, first = await logged_in(role, email), await logged_in(role, email)
    second = await logged_in(role, email, replacing=first.token)
    assert [await stands_for(each) is not None for each in (elsewhere, first, second)] == [True, False, True]
    somebody_else = await logged_in(role, await an_account(role), replacing=second.token)
    assert [await stands_for(each) is not None for each in (second, somebody_else)] == [False, True]


@BOTH
async def test_a_wrong_password_changes_nothing(database: str, role: Role) -> None:
    email = await an_account(role)
    held = await logged_in(role, email)
    for password in ("not-the-password", "", PASSWORD + "x", PASSWORD.upper(), "x" * 300):
        with pytest.raises(InvalidCredentials):
            await logged_in(role, email, password, replacing=held.token)
    for address in (new_address(), "nonsense", ""):
        with pytest.raises(InvalidCredentials):
            await logged_in(role, address)
    assert await stands_for(held) is not None
    assert len(await stored(role)) == 1


@BOTH
async def test_a_reset_signs_out_everywhere_and_only_its_own(database: str, role: Role) -> None:
    email, other = await an_account(role), await an_account(role)
    here, there, others = await logged_in(role, email), await logged_in(role, email), await logged_in(role, other)
    await asks_for_a_new_password(role, email)
    await sets_password(role, (await secrets_mailed_to(email))[0])
    assert [await stands_for(each) is not None for each in (here, there, others)] == [False, False, True]
    with pytest.raises(InvalidCredentials):
        await logged_in(role, email)
    await logged_in(role, email, "another-good-one")


@BOTH
async def test_a_proof_is_worth_nothing_once_the_password_is_another(database: str, role: Role) -> None:
    email = await an_account(role)
    who = await proven(role, email)
    await asks_for_a_new_password(role, email)
    await sets_password(role, (await secrets_mailed_to(email))[0])
    with pytest.raises(InvalidCredentials):
        async with unit_of_work() as db:
            await logins.enter(db, who, Origin())
    assert await stored(role) == []


@BOTH
async def test_own_logins_are_listed_newest_first_in_pages_without_those_that_ran_out(
    database: str, fixed_clock: Clock, role: Role
) -> None:
    email = await an_account(role)
    await logged_in(role, email)
    fixed_clock.advance(days=29)
    agents = ["Phone", "Laptop", "Tablet"]
    for agent in agents:
        fixed_clock.advance(minutes=1)
        caller = (await logged_in(role, email, origin=Origin("192.0.2.1", agent))).caller
    await logged_in(role, await an_account(role))
    fixed_clock.advance(days=1)
    async with reading() as db:
        first = await logins.list_own(db, caller, limit=2)
        rest = await logins.list_own(db, caller, limit=2, cursor=first.next_cursor)
        with pytest.raises(ValidationFailed):
            await logins.list_own(db, caller, cursor="made up")
    assert [(each.user_agent, each.is_current) for each in (*first.items, *rest.items)] == [
        ("Tablet", True),
        ("Laptop", False),
        ("Phone", False),
    ]
    assert (len(first.items), rest.next_cursor) == (2, None)


@BOTH
async def test_one_login_is_ended_by_its_owner_alone(database: str, role: Role) -> None:
    email = await an_account(role)
    here, there = await logged_in(role, email), await logged_in(role, email)
    stranger = await logged_in(role, await an_account(role))
    for caller, login_id in ((stranger.caller, there.caller.token_id), (here.caller, uuid.uuid4())):
        with pytest.raises(NotFound):
            async with unit_of_work() as db:
                await logins.revoke_own(db, caller, login_id)
    async with unit_of_work() as db:
        await logins.revoke_own(db, here.caller, there.caller.token_id)
    assert [await stands_for(each) is not None for each in (here, there, stranger)] == [True, False, True]


async def test_one_request_may_speak_for_several_people(database: str) -> None:
    customer, mechanic = [await logged_in(role, await an_account(role)) for role in (Role.customer, Role.mechanic)]
    async with reading() as db:
        assert await tokens.identify_each(db, [mechanic.token, "unknown", customer.token]) == (mechanic.caller, customer.caller)
        assert await tokens.identify_each(db, []) == ()


async def test_one_address_has_a_password_at_each_door(database: str) -> None:
    email = await an_account(Role.customer)
    async with unit_of_work() as db:
        await mechanics.sign_up(db, name="Robin Wrench", email=email, password="the-mechanic-s-own")
    assert (await logged_in(Role.mechanic, email, "the-mechanic-s-own")).caller.role is Role.mechanic
    for role, password in ((Role.mechanic, PASSWORD), (Role.customer, "the-mechanic-s-own"), (Role.admin, PASSWORD)):
        with pytest.raises(InvalidCredentials):
            await logged_in(role, email, password)


async def test_a_customer_who_is_shut_out_is_nobody_any_more(database: str) -> None:
    email = await an_account(Role.customer)
    entered = await logged_in(Role.customer, email)
    async with unit_of_work() as db:
        await db.execute(sa.update(Profile).where(col(Profile.id) == entered.caller.user_id).values(account_status="suspended"))
    assert await stands_for(entered) is None
    with pytest.raises(AccountSuspended):
        await logged_in(Role.customer, email)
    with pytest.raises(InvalidCredentials):
        await logged_in(Role.customer, email, "not-the-password")


async def test_verification_counts_for_logins_that_exist_already(database: str) -> None:
    email = await an_account(Role.customer)
    entered = await logged_in(Role.customer, email)
    async with unit_of_work() as db:
        await customers.verify_email(db, (await secrets_mailed_to(email))[0])
    caller = await stands_for(entered)
    assert caller is not None
    assert (entered.caller.email_verified, caller.email_verified) == (False, True)
