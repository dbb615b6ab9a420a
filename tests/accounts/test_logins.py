"""Logins: what a token stands for, for how long, and how it ends (R3, R5). Customers' and mechanics' stand in different tables."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import customers, logins, mechanics, passwords, tokens
from autodoctor.accounts.calling import callers_with
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.logins import LoggedIn
from autodoctor.accounts.models import LoginToken, MechanicSession, Profile, Role
from autodoctor.accounts.refusals import AccountSuspended, InvalidCredentials
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound, ValidationFailed
from autodoctor.notifications.queries import sent_mails
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


async def used(entered: LoggedIn) -> Caller | None:
    """A call with this login."""
    return next(iter(await callers_with([entered.token])), None)


@BOTH
async def test_it_lasts_thirty_days_however_it_is_used_and_is_cleared_away_at_the_next_login(
    database: str, fixed_clock: Clock, role: Role
) -> None:
    email, other = await an_account(role), await an_account(role)
    old, others = await logged_in(role, email), await logged_in(role, other)
    for days in (10, 10, 9):
        fixed_clock.advance(days=days)
        assert await used(old) is not None
    fixed_clock.advance(days=1, seconds=-1)
    assert await used(old) is not None
    fixed_clock.advance(seconds=1)
    assert await stands_for(old) is None
    assert old.expires_at == fixed_clock()
    await logged_in(role, email)
    assert len(await stored(role)) == 2
    assert await stands_for(others) is None


IDLE = [(Role.customer, {"days": 14}, {"days": 30}), (Role.mechanic, {"days": 14}, {"days": 30}), (Role.admin, {"hours": 1}, {"hours": 12})]


@pytest.mark.parametrize(("role", "idle", "longest"), IDLE)
async def test_it_ends_when_nobody_uses_it(
    database: str, fixed_clock: Clock, role: Role, idle: dict[str, int], longest: dict[str, int]
) -> None:
    email = await an_account(role)
    in_use, left = await logged_in(role, email), await logged_in(role, email)
    fixed_clock.advance(**{unit: value / 2 for unit, value in idle.items()})
    assert await used(in_use) is not None
    fixed_clock.advance(**{unit: value / 2 for unit, value in idle.items()})
    assert [await stands_for(each) is not None for each in (in_use, left)] == [True, False]
    async with reading() as db:
        assert [each.is_current for each in (await logins.list_own(db, in_use.caller)).items] == [True]
    assert in_use.expires_at - timedelta(**longest) == in_use.caller.last_used_at


@BOTH
async def test_its_use_is_written_once_a_minute_and_never_for_what_a_page_does_by_itself(
    database: str, fixed_clock: Clock, role: Role
) -> None:
    entered = await logged_in(role, await an_account(role))
    began = fixed_clock()
    marks = []
    for seconds in (59, 1, 30, 29, 1):
        fixed_clock.advance(seconds=seconds)
        await callers_with([entered.token], is_use=False)
        before = (await stored(role))[0].last_used_at
        await asyncio.gather(used(entered), used(entered))
        (row,) = await stored(role)
        marks.append((before - began, row.last_used_at - began))
    minutes = [[int(each.total_seconds() // 60) for each in pair] for pair in marks]
    assert minutes == [[0, 0], [0, 1], [1, 1], [1, 1], [1, 2]]


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


async def change_password(entered: LoggedIn, current: str, password: str) -> str:
    """Answers the login's new token."""
    async with reading() as db:
        known = await passwords.held(db, entered.caller)
    password_hash = await passwords.prepare(known, current=current, password=password)
    async with unit_of_work() as db:
        return (await passwords.change(db, entered.caller, known=known, password_hash=password_hash)).token


@pytest.mark.parametrize("role", [Role.customer, Role.mechanic, Role.admin])
async def test_a_new_password_signs_out_everywhere_else_and_rotates_this_login(database: str, role: Role) -> None:
    email, other = await an_account(role), await an_account(role)
    here, there, others = await logged_in(role, email), await logged_in(role, email), await logged_in(role, other)
    token = await change_password(here, PASSWORD, "another-good-one")
    assert [await stands_for(each) is not None for each in (here, there, others)] == [False, False, True]
    now = next(iter(await callers_with([token])))
    assert (now.user_id, now.token_id) == (here.caller.user_id, here.caller.token_id)
    with pytest.raises(InvalidCredentials):
        await logged_in(role, email)
    await logged_in(role, email, "another-good-one")
    async with reading() as db:
        assert next(mail.subject for mail in await sent_mails(db, to=email)) == "Your password was changed at Auto Doctor"


@BOTH
async def test_a_password_is_changed_by_whoever_knows_it_alone(database: str, role: Role) -> None:
    email = await an_account(role)
    here, there = await logged_in(role, email), await logged_in(role, email)
    for current, password in (("not-the-password", "another-good-one"), (PASSWORD, "short"), ("", "another-good-one")):
        with pytest.raises(ValidationFailed):
            await change_password(here, current, password)
    assert [await stands_for(each) is not None for each in (here, there)] == [True, True]
    both = (change_password(here, PASSWORD, f"another-good-one-{number}") for number in range(2))
    results = await asyncio.gather(*both, return_exceptions=True)
    assert len([each for each in results if isinstance(each, str)]) == 1, "two at once: one wins"
