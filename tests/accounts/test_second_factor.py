"""A second factor: set up, asked for at each login, used up, made anew, taken away (R4)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pyotp
import pytest

from autodoctor.accounts import codes, limits, logins, mechanics, second_factor, tokens
from autodoctor.accounts.identity import Caller, Origin, SecondFactorMissing, require_admin
from autodoctor.accounts.logins import LoggedIn
from autodoctor.accounts.models import RecoveryCode, Role, SecondFactor
from autodoctor.accounts.refusals import AccountSuspended, InvalidCredentials
from autodoctor.audit.models import AuditEntry
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition, ValidationFailed
from autodoctor.core.settings import get_settings
from tests.accounts.making import an_account, logged_in, proven
from tests.api.identity import PASSWORD
from tests.conftest import Clock
from tests.jobs.helpers import rows_of

BOTH = pytest.mark.parametrize("role", [Role.admin, Role.mechanic])


@dataclass
class Phone:
    """Somebody's authenticator app, and the recovery codes that they kept."""

    email: str
    role: Role
    secret: str
    here: LoggedIn
    kept: list[str]

    def shows(self, clock: Clock) -> str:
        return pyotp.TOTP(self.secret).at(clock())

    async def log_in(self, code: str | None, password: str = PASSWORD) -> LoggedIn:
        async with reading() as db:
            known = await logins.find_credentials(db, self.role, self.email)
        who = await logins.prove(known, password, code)
        async with unit_of_work() as db:
            return await logins.enter(db, who, Origin())


async def a_phone(role: Role, clock: Clock) -> Phone:
    """Set up half a minute ago."""
    email = await an_account(role)
    here = await logged_in(role, email)
    async with unit_of_work() as db:
        begun = await second_factor.begin(db, here.caller)
    phone = Phone(email, role, begun.secret, here, [])
    async with unit_of_work() as db:
        phone.kept = await second_factor.confirm(db, here.caller, phone.shows(clock))
    clock.advance(seconds=30)
    return phone


async def stands_for(entered: LoggedIn) -> Caller | None:
    async with reading() as db:
        return await tokens.identify(db, entered.token)


@BOTH
async def test_it_counts_from_the_first_code_on(database: str, fixed_clock: Clock, role: Role) -> None:
    email = await an_account(role)
    here, there = await logged_in(role, email), await logged_in(role, email)
    async with unit_of_work() as db:
        begun = await second_factor.begin(db, here.caller)
    await logged_in(role, email)
    for wrong in ("000000", "", codes.new_recovery_codes()[0]):
        with pytest.raises(ValidationFailed):
            async with unit_of_work() as db:
                await second_factor.confirm(db, here.caller, wrong)
    async with unit_of_work() as db:
        kept = await second_factor.confirm(db, here.caller, pyotp.TOTP(begun.secret).at(fixed_clock()))
    assert [await stands_for(each) is not None for each in (here, there)] == [True, False], "signed out everywhere else"
    with pytest.raises(InvalidCredentials):
        await logged_in(role, email)
    async with reading() as db:
        found = await second_factor.standing(db, here.caller)
    assert (found.is_on, found.since, found.recovery_codes_left, found.is_required) == (True, fixed_clock(), len(kept), False)


@BOTH
async def test_of_several_windows_that_begin_the_last_one_counts(database: str, fixed_clock: Clock, role: Role) -> None:
    caller = (await logged_in(role, await an_account(role))).caller

    async def begin() -> str:
        async with unit_of_work() as db:
            return (await second_factor.begin(db, caller)).secret

    async def is_right(secret: str) -> bool:
        try:
            async with unit_of_work() as db:
                await second_factor.confirm(db, caller, pyotp.TOTP(secret).at(fixed_clock()))
        except (ValidationFailed, InvalidTransition):
            return False
        return True

    secrets = await asyncio.gather(*(begin() for _ in range(4)))
    assert len(await rows_of(SecondFactor)) == 1
    assert [await is_right(each) for each in secrets].count(True) == 1


@BOTH
async def test_a_code_gets_in_once_and_so_does_a_recovery_code(database: str, fixed_clock: Clock, role: Role) -> None:
    phone = await a_phone(role, fixed_clock)
    code = phone.shows(fixed_clock)
    await phone.log_in(code)
    for wrong in (code, None, "", "000000"):
        with pytest.raises(InvalidCredentials):
            await phone.log_in(wrong)
    with pytest.raises(InvalidCredentials):
        await phone.log_in(phone.kept[0], "not-the-password")
    await phone.log_in(phone.kept[0].upper())
    with pytest.raises(InvalidCredentials):
        await phone.log_in(phone.kept[0])
    await phone.log_in(phone.kept[1])
    fixed_clock.advance(seconds=30)
    await phone.log_in(phone.shows(fixed_clock))


@BOTH
@pytest.mark.parametrize("by", ["code", "recovery code"])
async def test_of_two_at_once_with_the_same_code_one_gets_in(database: str, fixed_clock: Clock, role: Role, by: str) -> None:
    phone = await a_phone(role, fixed_clock)
    code = phone.shows(fixed_clock) if by == "code" else phone.kept[0]
    results = await asyncio.gather(*(phone.log_in(code) for _ in range(4)), return_exceptions=True)
    assert len([each for each in results if isinstance(each, LoggedIn)]) == 1
    assert len([each for each in results if isinstance(each, InvalidCredentials)]) == 3


@BOTH
async def test_who_proved_a_password_alone_doesnt_enter_once_a_code_is_asked_for(database: str, fixed_clock: Clock, role: Role) -> None:
    phone_to_be = await an_account(role)
    here, early = await logged_in(role, phone_to_be), await proven(role, phone_to_be)
    async with unit_of_work() as db:
        begun = await second_factor.begin(db, here.caller)
    async with unit_of_work() as db:
        await second_factor.confirm(db, here.caller, pyotp.TOTP(begun.secret).at(fixed_clock()))
    with pytest.raises(InvalidCredentials):
        async with unit_of_work() as db:
            await logins.enter(db, early, Origin())


@BOTH
async def test_recovery_codes_are_made_anew_and_the_old_ones_are_worth_nothing(database: str, fixed_clock: Clock, role: Role) -> None:
    phone = await a_phone(role, fixed_clock)
    for wrong in ("", "000000"):
        with pytest.raises(ValidationFailed):
            async with unit_of_work() as db:
                await second_factor.renew_recovery_codes(db, phone.here.caller, wrong)
    async with unit_of_work() as db:
        fresh = await second_factor.renew_recovery_codes(db, phone.here.caller, phone.shows(fixed_clock))
    with pytest.raises(InvalidCredentials):
        await phone.log_in(phone.kept[0])
    await phone.log_in(fresh[0])
    assert len(await rows_of(RecoveryCode)) == len(fresh)


@BOTH
async def test_it_is_turned_off_by_a_code_and_set_up_anew_with_another_secret(database: str, fixed_clock: Clock, role: Role) -> None:
    phone = await a_phone(role, fixed_clock)
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await second_factor.begin(db, phone.here.caller)
    with pytest.raises(ValidationFailed):
        async with unit_of_work() as db:
            await second_factor.turn_off(db, phone.here.caller, "000000")
    async with unit_of_work() as db:
        await second_factor.turn_off(db, phone.here.caller, phone.shows(fixed_clock))
    await logged_in(role, phone.email)
    assert await rows_of(RecoveryCode) == []
    async with unit_of_work() as db:
        assert (await second_factor.begin(db, phone.here.caller)).secret != phone.secret


async def test_what_is_done_with_an_administrators_is_written_down(database: str, fixed_clock: Clock) -> None:
    phone = await a_phone(Role.admin, fixed_clock)
    async with unit_of_work() as db:
        await second_factor.turn_off(db, phone.here.caller, phone.kept[0])
    written = [(entry.action, entry.actor_id) for entry in await rows_of(AuditEntry)]
    assert sorted(written) == [("second_factor_off", phone.here.caller.user_id), ("second_factor_on", phone.here.caller.user_id)]


@BOTH
async def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database(database: str, fixed_clock: Clock, role: Role) -> None:
    phone = await a_phone(role, fixed_clock)
    stored = repr(await rows_of(SecondFactor)) + repr(await rows_of(RecoveryCode))
    assert "secret" in stored
    assert [each for each in (phone.secret, *phone.kept, *(kept.replace("-", "") for kept in phone.kept)) if each in stored] == []


async def test_customers_have_none(database: str) -> None:
    customer = (await logged_in(Role.customer, await an_account(Role.customer))).caller
    for act in (second_factor.begin, second_factor.standing):
        with pytest.raises(Forbidden):
            async with unit_of_work() as db:
                await act(db, customer)


async def test_an_administrator_without_one_can_do_nothing_else_where_it_is_required(
    database: str, settings_env: pytest.MonkeyPatch, fixed_clock: Clock
) -> None:
    email = await an_account(Role.admin)
    settings_env.setenv("ADMIN_TOTP", "required")
    get_settings.cache_clear()
    here = await logged_in(Role.admin, email)
    with pytest.raises(SecondFactorMissing):
        require_admin(here.caller)
    async with unit_of_work() as db:
        begun = await second_factor.begin(db, here.caller)
    with pytest.raises(SecondFactorMissing):
        require_admin(await stands_for(here))
    async with unit_of_work() as db:
        (code, *_) = await second_factor.confirm(db, here.caller, pyotp.TOTP(begun.secret).at(fixed_clock()))
    assert require_admin(await stands_for(here)).user_id == here.caller.user_id
    with pytest.raises(Forbidden):
        async with unit_of_work() as db:
            await second_factor.turn_off(db, here.caller, code)
    mechanic = await logged_in(Role.mechanic, await an_account(Role.mechanic))
    assert not mechanic.caller.must_enrol


async def test_after_too_many_wrong_codes_a_day_none_is_right_and_nothing_tells_so(
    database: str, settings_env: pytest.MonkeyPatch, fixed_clock: Clock
) -> None:
    phone = await a_phone(Role.admin, fixed_clock)
    settings_env.setenv("RATE_LIMITS", "on")
    get_settings.cache_clear()
    limits._limiter.cache_clear()
    for _ in range(25):
        with pytest.raises(InvalidCredentials):
            await phone.log_in("000000", "not-the-password")
    await phone.log_in(phone.kept[1])
    for _ in range(20):
        with pytest.raises(InvalidCredentials):
            await phone.log_in("000000")
    for right in (phone.shows(fixed_clock), phone.kept[0]):
        with pytest.raises(InvalidCredentials):
            await phone.log_in(right)
    limits._limiter.cache_clear()
    await phone.log_in(phone.kept[0])


async def test_a_suspended_mechanic_is_told_so_after_both_are_right(database: str, fixed_clock: Clock) -> None:
    phone = await a_phone(Role.mechanic, fixed_clock)
    async with unit_of_work() as db:
        await mechanics.suspend(db, phone.here.caller.user_id)
    with pytest.raises(InvalidCredentials):
        await phone.log_in("000000")
    with pytest.raises(AccountSuspended):
        await phone.log_in(phone.shows(fixed_clock))
