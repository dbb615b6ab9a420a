"""A mechanic's standing: under review, approved, suspended, approved again (R3)."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

import pytest

from autodoctor.accounts import mechanics, queries, tokens
from autodoctor.accounts.facts import MechanicChanged
from autodoctor.accounts.identity import Caller, MechanicNotApproved
from autodoctor.accounts.models import Mechanic, MechanicSession, MechanicStatus, Role, Seniority
from autodoctor.accounts.refusals import AccountSuspended
from autodoctor.core import events
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound, ValidationFailed
from autodoctor.notifications.queries import sent_mails
from autodoctor.scheduling import availability
from tests.accounts.making import a_mechanic, logged_in
from tests.api.identity import PASSWORD, new_address
from tests.conftest import Clock
from tests.jobs.helpers import rows_of


@pytest.fixture
async def heard() -> AsyncIterator[list[object]]:
    """The facts that are told after their commit."""
    facts: list[object] = []

    async def listener(fact: object) -> None:
        facts.append(fact)

    events.listen(listener)
    yield facts
    events.unlisten(listener)


async def mechanic_row() -> Mechanic:
    (row,) = await rows_of(Mechanic)
    return row


async def approve(mechanic_id: uuid.UUID) -> None:
    async with unit_of_work() as db:
        await mechanics.approve(db, mechanic_id)


async def suspend(mechanic_id: uuid.UUID) -> None:
    async with unit_of_work() as db:
        await mechanics.suspend(db, mechanic_id)


async def is_available(mechanic_id: uuid.UUID) -> bool:
    async with reading() as db:
        return await availability.is_available(db, mechanic_id)


async def test_whoever_signs_up_is_a_junior_under_review_and_offline(database: str) -> None:
    await a_mechanic(new_address())
    row = await mechanic_row()
    assert (row.status, row.seniority, row.online, row.time_zone) == (MechanicStatus.pending_review, Seniority.junior, False, "UTC")
    assert PASSWORD not in row.password_hash


async def switch(caller: Caller, *, online: bool) -> None:
    async with unit_of_work() as db:
        await mechanics.set_online(db, caller, online=online)


async def test_only_an_approved_mechanic_goes_online_and_everybody_may_leave(database: str, fixed_clock: Clock) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email)
    caller = (await logged_in(Role.mechanic, email)).caller
    with pytest.raises(MechanicNotApproved):
        await switch(caller, online=True)
    await switch(caller, online=False)
    await approve(mechanic_id)
    fixed_clock.advance(minutes=1)
    await switch((await logged_in(Role.mechanic, email)).caller, online=True)
    row = await mechanic_row()
    assert (row.online, row.online_changed_at, await is_available(mechanic_id)) == (True, fixed_clock(), True)


async def test_a_suspension_ends_every_login_and_the_work(database: str, fixed_clock: Clock) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email, is_approved=True)
    entered = await logged_in(Role.mechanic, email)
    await switch(entered.caller, online=True)
    fixed_clock.advance(minutes=5)
    await suspend(mechanic_id)
    row = await mechanic_row()
    assert (row.status, row.online, row.online_changed_at) == (MechanicStatus.suspended, False, fixed_clock())
    assert (await rows_of(MechanicSession), await is_available(mechanic_id)) == ([], False)
    async with reading() as db:
        assert await tokens.identify(db, entered.token) is None
    with pytest.raises(AccountSuspended):
        await logged_in(Role.mechanic, email)


async def test_a_switch_that_was_on_its_way_when_the_suspension_came_does_nothing(database: str) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email, is_approved=True)
    caller = (await logged_in(Role.mechanic, email)).caller
    await suspend(mechanic_id)
    with pytest.raises(MechanicNotApproved):
        await switch(caller, online=True)
    assert (await mechanic_row()).online is False


async def test_each_approval_is_told_once_and_brings_no_old_login_back(database: str) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email, is_approved=True)
    entered = await logged_in(Role.mechanic, email)
    await approve(mechanic_id)
    await suspend(mechanic_id)
    await approve(mechanic_id)
    async with reading() as db:
        mails = await sent_mails(db, to=email)
        assert await tokens.identify(db, entered.token) is None
    assert [mail.subject for mail in mails] == ["You can take requests now"] * 2
    assert mails[0].links[0].endswith("/mechanic/dashboard")
    row = await mechanic_row()
    assert (row.status, row.online) == (MechanicStatus.approved, False)


async def test_every_change_of_standing_is_told_after_its_commit(database: str, heard: list[object]) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email)
    caller = (await logged_in(Role.mechanic, email)).caller
    for change in (
        lambda db: mechanics.approve(db, mechanic_id),
        lambda db: mechanics.set_seniority(db, mechanic_id, Seniority.senior),
        lambda db: mechanics.set_online(db, caller, online=False),
        lambda db: mechanics.update_profile(db, caller, time_zone="Europe/Berlin"),
        lambda db: mechanics.suspend(db, mechanic_id),
    ):
        heard.clear()
        async with unit_of_work() as db:
            await change(db)
            assert heard == []
        assert MechanicChanged(mechanic_id) in heard
    assert (await mechanic_row()).seniority is Seniority.senior


async def test_an_unknown_mechanic_has_no_standing(database: str) -> None:
    nobody = uuid.uuid4()
    for change in (
        lambda db: mechanics.approve(db, nobody),
        lambda db: mechanics.suspend(db, nobody),
        lambda db: mechanics.set_seniority(db, nobody, Seniority.senior),
        lambda db: queries.mechanic_profile(db, nobody),
        lambda db: mechanics.find_id(db, "nobody@example.com"),
    ):
        with pytest.raises(NotFound):
            async with unit_of_work() as db:
                await change(db)


async def test_a_profile_keeps_what_is_not_told_and_refuses_the_whole_when_a_part_is_wrong(database: str) -> None:
    email = new_address()
    await a_mechanic(email)
    caller = (await logged_in(Role.mechanic, email)).caller
    async with unit_of_work() as db:
        await mechanics.update_profile(
            db, caller, phone="(202) 555-0143", bio=" Twenty years.\r\n\r\n\r\nBrakes. ", specialties=[" Brakes ", " "]
        )
    with pytest.raises(ValidationFailed) as refusal:
        async with unit_of_work() as db:
            await mechanics.update_profile(db, caller, name=" ", time_zone="Mars/Base", bio="")
    assert [each.field for each in refusal.value.errors] == ["name", "timeZone"]
    row = await mechanic_row()
    assert (row.name, row.phone, row.bio, row.specialties) == ("Sam Wrench", "+12025550143", "Twenty years.\n\nBrakes.", ["Brakes"])
