"""What customers' accounts hold to, beyond what a form can show (R1, R2)."""

from __future__ import annotations

import pytest

from autodoctor.accounts import admins, customers, one_time, queries
from autodoctor.accounts.models import OneTimeToken, Role, TokenPurpose, User, WaiverAcceptance
from autodoctor.accounts.refusals import EmailTaken, LinkExpired
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, ValidationFailed
from autodoctor.core.security import hash_token
from tests.accounts.making import a_customer, a_mechanic, an_account, asks_for_a_new_password, logged_in, secrets_mailed_to, sets_password
from tests.api.identity import PASSWORD, new_address
from tests.conftest import Clock
from tests.jobs.helpers import rows_of


async def an_admin(email: str) -> None:
    async with unit_of_work() as db:
        await admins.create(db, email=email, password=PASSWORD, name="Ada Min")


async def test_the_acceptance_of_waiver_and_age_is_proved(database: str, fixed_clock: Clock) -> None:
    user_id = await a_customer(new_address())
    (proof,) = await rows_of(WaiverAcceptance)
    assert (proof.user_id, proof.waiver_version, proof.created_at) == (user_id, "v1.0", fixed_clock())
    assert (proof.ip_address, proof.user_agent) == ("192.0.2.7", "Browser/1")
    assert proof.metadata_ == {"waiverAccepted": True, "is18Plus": True}


@pytest.mark.parametrize("missing", ["waiver_accepted", "is_18_plus"])
async def test_without_waiver_or_age_there_is_no_account(database: str, missing: str) -> None:
    with pytest.raises(ValidationFailed):
        await a_customer(new_address(), **{missing: False})
    assert await rows_of(User) == []


async def test_customers_and_administrators_share_no_address(database: str) -> None:
    customer, admin = await an_account(Role.customer), new_address()
    await an_admin(admin)
    with pytest.raises(EmailTaken):
        await a_customer(admin)
    with pytest.raises(EmailTaken):
        await an_admin(customer)
    assert len(await rows_of(User)) == 2


async def test_a_door_answers_only_the_accounts_of_its_role(database: str) -> None:
    admin, mechanic = new_address(), await an_account(Role.mechanic)
    await an_admin(admin)
    for email in (admin, mechanic, "nonsense", ""):
        await asks_for_a_new_password(Role.customer, email)
        async with unit_of_work() as db:
            await customers.resend_verification(db, email)
    await asks_for_a_new_password(Role.mechanic, await an_account(Role.customer))
    assert [row.purpose for row in await rows_of(OneTimeToken)] == [TokenPurpose.verify_email]


@pytest.mark.parametrize(("mailed", "tried"), [(Role.customer, Role.mechanic), (Role.mechanic, Role.customer)])
async def test_a_link_tried_at_the_wrong_door_still_opens_its_own(database: str, mailed: Role, tried: Role) -> None:
    email = await an_account(mailed)
    await asks_for_a_new_password(mailed, email)
    token, *_older = await secrets_mailed_to(email)
    with pytest.raises(LinkExpired):
        await sets_password(tried, token)
    await sets_password(mailed, token)
    assert (await logged_in(mailed, email, "another-good-one")).caller.email == email


async def test_a_password_set_by_mail_proves_the_address(database: str, fixed_clock: Clock) -> None:
    email = await an_account(Role.customer)
    assert (await logged_in(Role.customer, email)).caller.email_verified is False
    fixed_clock.advance(seconds=1)
    await asks_for_a_new_password(Role.customer, email)
    await sets_password(Role.customer, (await secrets_mailed_to(email))[0])
    assert (await logged_in(Role.customer, email, "another-good-one")).caller.email_verified is True


async def test_of_two_links_asked_for_at_once_one_counts(database: str) -> None:
    """PostgreSQL lets two requests write theirs side by side, neither of which sees the other's."""
    email = await an_account(Role.customer)
    await asks_for_a_new_password(Role.customer, email)
    (known, *_others), (user,) = await secrets_mailed_to(email), await rows_of(User)
    lasts_until = clock.now() + one_time.LIFETIMES[TokenPurpose.reset_password]
    async with unit_of_work() as db:
        db.add(OneTimeToken(user_id=user.id, purpose=TokenPurpose.reset_password, token=hash_token("twin"), expires_at=lasts_until))
    await sets_password(Role.customer, "twin")
    with pytest.raises(LinkExpired):
        await sets_password(Role.customer, known)


async def test_a_link_for_one_purpose_leaves_the_other_s_alone(database: str) -> None:
    email = await an_account(Role.customer)
    (code,) = await secrets_mailed_to(email)
    await asks_for_a_new_password(Role.customer, email)
    async with unit_of_work() as db:
        await customers.verify_email(db, code)
    assert [row.purpose for row in await rows_of(OneTimeToken) if row.used_at is None] == [TokenPurpose.reset_password]


async def test_a_mechanic_has_no_customer_s_profile(database: str) -> None:
    email = new_address()
    await a_mechanic(email)
    mechanic = await logged_in(Role.mechanic, email)
    with pytest.raises(Forbidden):
        async with unit_of_work() as db:
            await customers.update_profile(db, mechanic.caller, full_name="Robin")


async def test_what_is_not_told_stays_as_it_is(database: str) -> None:
    email = new_address()
    user_id = await a_customer(email, phone="+1 202 555 0143", vehicle_info={"make": "Honda", "model": "Accord", "year": "2003"})
    caller = (await logged_in(Role.customer, email)).caller
    async with unit_of_work() as db:
        await customers.update_profile(db, caller, preferred_plan="chat10")
        await customers.update_profile(db, caller)
        await customers.update_profile(db, caller, vehicle_info={"make": " Ford ", "model": "F-150", "year": "2013"})
    async with reading() as db:
        profile = await queries.customer_profile(db, user_id)
    assert (profile.full_name, profile.phone, profile.preferred_plan) == ("Robin Sample", "+12025550143", "chat10")
    assert profile.vehicle_info == {"make": "Ford", "model": "F-150", "year": "2013"}
