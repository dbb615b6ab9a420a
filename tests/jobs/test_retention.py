"""What nobody needs any more is forgotten after its time, and not before; what still matters stays."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import customers, tokens
from autodoctor.accounts.identity import Origin
from autodoctor.accounts.models import LoginToken, MechanicSession, OneTimeToken, Role
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.core.settings import get_settings
from autodoctor.files.models import Upload
from autodoctor.files.sweep import sweep
from autodoctor.intake.models import Intake
from autodoctor.jobs import retention
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.jobs.retention import Forgotten, forget_old
from autodoctor.notifications.service import send_mail
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.sessions.models import Session
from tests.conftest import Clock
from tests.files.test_sweep import an_upload
from tests.jobs.helpers import rows_of
from tests.people import a_customer, a_mechanic, a_session

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

NOTHING = Forgotten(0, 0, 0, 0, 0)


async def mail(key: str) -> None:
    async with unit_of_work() as db:
        link = "https://autodoctor.test/somewhere?token=secret"
        await send_mail(db, template="reset_password", to="robin@example.com", key=key, name="Robin", link=link)


async def texts() -> dict[str, bool]:
    """The mails by their keys, and whether anything of them can be read."""
    return {each.key: any(each.payload.values()) for each in await rows_of(OutboxEntry)}


async def add(*rows: Any) -> None:
    async with unit_of_work() as db:
        db.add_all(rows)


async def test_a_sent_mail_loses_its_text_and_a_link_that_opens_an_account_sooner(fixed_clock: Clock) -> None:
    for key in ("verify:1", "reset:1", "receipt:1"):
        await mail(key)
    await deliver_waiting()
    await mail("reset:waiting")
    await add(OutboxEntry(kind="mail", key="reset:parked", payload={"to": "x"}, status=OutboxStatus.parked))
    await add(OutboxEntry(kind="refund", key="verify:refund", payload={"a": 1}, status=OutboxStatus.delivered, delivered_at=fixed_clock()))
    fixed_clock.advance(days=2)
    assert await forget_old() == NOTHING
    fixed_clock.advance(minutes=1)
    assert await forget_old() == Forgotten(mails=2, uploads=0, logins=0, secrets=0, events=0)
    kept = {"receipt:1": True, "reset:waiting": True, "reset:parked": True, "verify:refund": True}
    assert await texts() == {"verify:1": False, "reset:1": False} | kept
    fixed_clock.advance(days=28)
    assert (await forget_old()).mails == 1
    assert await texts() == {"verify:1": False, "reset:1": False} | kept | {"receipt:1": False}
    await mail("receipt:1")
    assert (await texts())["receipt:1"] is False, "that it was sent is still known"


async def test_pictures_of_a_description_that_nobody_paid_for_go(fixed_clock: Clock) -> None:
    customer = await a_customer()
    abandoned, paid_for = Intake(customer_id=customer.id), Intake(customer_id=customer.id)
    await add(abandoned, paid_for)
    session_id = await a_session(customer)
    async with unit_of_work() as db:
        await db.execute(sa.update(Session).where(col(Session.id) == session_id).values(intake_id=paid_for.id))
    await an_upload(customer, None, fixed_clock, intake_id=abandoned.id)
    kept = await an_upload(customer, None, fixed_clock, intake_id=paid_for.id)
    fixed_clock.advance(days=90)
    assert (await forget_old()).uploads == 0
    fixed_clock.advance(minutes=1)
    assert (await forget_old()).uploads == 1
    assert (await sweep()).unused == 1
    assert [each.file_path for each in await rows_of(Upload)] == [kept]


async def test_a_description_that_was_changed_lately_keeps_its_pictures(fixed_clock: Clock) -> None:
    customer = await a_customer()
    await add(intake := Intake(customer_id=customer.id))
    await an_upload(customer, None, fixed_clock, intake_id=intake.id)
    fixed_clock.advance(days=90)
    async with unit_of_work() as db:
        await db.execute(sa.update(Intake).values(city="Springfield"))
    fixed_clock.advance(days=89)
    assert (await forget_old()).uploads == 0


async def test_logins_go_some_time_after_their_end(fixed_clock: Clock) -> None:
    customer, _mechanic = await a_customer(), await a_mechanic()
    async with unit_of_work() as db:
        await customers.forgot_password(db, customer.caller.email)
    fixed_clock.advance(seconds=get_settings().customer_login_s, days=30)
    assert (await forget_old()).logins == 0
    async with unit_of_work() as db:
        await tokens.issue(db, customer.id, Role.customer, Origin())
    fixed_clock.advance(minutes=1)
    assert (await forget_old()).logins == 2
    assert (len(await rows_of(LoginToken)), len(await rows_of(MechanicSession))) == (1, 0)
    assert await rows_of(OneTimeToken) == []


async def test_what_stripe_told_is_emptied_once_it_was_acted_on(fixed_clock: Clock) -> None:
    for name, status in (("done", EventStatus.processed), ("waits", EventStatus.waiting), ("failed", EventStatus.parked)):
        await add(StripeEvent(id=name, type="charge.refunded", object={"email": "robin@example.com"}, status=status))
    fixed_clock.advance(days=90)
    assert await forget_old() == NOTHING
    fixed_clock.advance(minutes=1)
    assert await forget_old() == Forgotten(0, 0, 0, 0, events=1)
    assert {each.id: bool(each.object) for each in await rows_of(StripeEvent)} == {"done": False, "waits": True, "failed": True}
    assert await forget_old() == NOTHING


async def test_the_times_are_the_operators_to_choose(fixed_clock: Clock, settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("KEEP_EVENTS_DAYS", "1")
    get_settings.cache_clear()
    await add(StripeEvent(id="done", type="x", object={"a": 1}, status=EventStatus.processed))
    fixed_clock.advance(days=1, minutes=1)
    assert (await forget_old()).events == 1


async def test_more_than_a_batch_is_forgotten_in_one_go(fixed_clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    await add(*(StripeEvent(id=str(number), type="x", object={"a": 1}, status=EventStatus.processed) for number in range(5)))
    fixed_clock.advance(days=91)
    assert (await forget_old()).events == 5
    async with reading() as db:
        assert await db.scalar(sa.select(sa.func.count()).where(col(StripeEvent.cleared_at).is_(None))) == 0
