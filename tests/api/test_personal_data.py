"""One's own data: taken home whole, and erased so that nothing says who it was (R2)."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col

from autodoctor.accounts.models import Profile, User
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.core.security import hash_password
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.matching import service as matching
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.ledger_models import LedgerEntry
from autodoctor.payments.models import Dispute, DisputeStatus, Extension, Payment, Refund, RefundStatus
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session
from tests.api import worlds
from tests.api.admin_calls import acts, get
from tests.api.identity import PASSWORD, code_of, log_in, mails_to, sign_up, token_of
from tests.api.test_intake import CAR, sent
from tests.api.worlds import World, refusal, wrong_fields
from tests.conftest import Clock
from tests.files import samples
from tests.intake.searches import indexed_words
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer, a_mechanic, an_admin, upload
from tests.scheduling.booking_worlds import a_working_mechanic, hold, in_hours

ACCOUNT, EXPORT = "/api/customer/account", "/api/customer/export"
SECRETS = (
    "robin",
    "sample",
    "2025550143",
    "1hgcm82633a004352",
    "abc 1234",
    "knocking",
    "springfield",
    "203.0.113.9",
    "leak.jpg",
    "friendly",
)
"""What tells who it was, in lower case."""


@dataclass(frozen=True)
class Lived:
    """A customer who has used everything, and the world of their consultation."""

    world: World
    email: str
    intake_id: uuid.UUID

    @property
    def customer(self) -> Person:
        return self.world.customer


async def with_password() -> Person:
    """A customer who can prove a password."""
    customer = await a_customer()
    async with unit_of_work() as db:
        theirs = sa.update(User).where(col(User.id) == customer.id)
        await db.execute(theirs.values(password_hash=await hash_password(PASSWORD), email="robin.sample@example.com"))
        about = {"phone": "+12025550143", "vehicle_info": {"vin": CAR["vin"]}, "waiver_ip_address": "203.0.113.9", "waiver_accepted": True}
        await db.execute(sa.update(Profile).where(col(Profile.id) == customer.id).values(**about))
    return Person(customer.caller.__class__(**{**vars(customer.caller), "email": "robin.sample@example.com"}), customer.headers)


async def lived(api: httpx.AsyncClient) -> Lived:
    world = await worlds.live(await with_password())
    customer = world.customer
    path = await upload(api, customer, samples.picture(), name="leak.jpg", sessionId=str(world.session_id))
    intake = await sent(api, customer, sessionId=str(world.session_id), phone="+1 202 555 0143", city="Springfield", files=[path], **CAR)
    for who, words in ((customer, "It is loud"), (world.mechanic, "Please open the bonnet")):
        await api.post("/api/chat/send-message", json={"sessionId": str(world.session_id), "content": words}, headers=who.headers)
    async with unit_of_work() as db:
        await sessions.end(db, world.mechanic.caller, world.session_id)
    await api.post(f"{world.session_path}/review", json={"rating": 5, "review": "So friendly"}, headers=customer.headers)
    (payment,) = await rows_of(Payment)
    told = {"id": payment.stripe_session_id, "customer_details": {"email": customer.caller.email}}
    async with unit_of_work() as db:
        db.add(StripeEvent(id="evt_1", type="checkout.session.completed", object=told, status=EventStatus.processed))
    return Lived(world, customer.caller.email, intake)


async def delete(api: httpx.AsyncClient, who: Person, password: str = PASSWORD) -> httpx.Response:
    return await api.request("DELETE", ACCOUNT, json={"password": password}, headers=who.headers)


async def everything_stored() -> dict[str, str]:
    """The text of every table."""
    async with reading() as db:
        tables = SQLModel.metadata.sorted_tables
        stored = {table.name: str((await db.execute(sa.select(table))).all()).lower() for table in tables}
        return {**stored, "the index of intakes' words": await indexed_words(db)}


async def test_a_customer_takes_everything_home(database: str, api: httpx.AsyncClient) -> None:
    known, _stranger = await lived(api), await worlds.completed()
    answer = await api.get(EXPORT, headers=known.customer.headers)
    assert answer.headers["content-disposition"] == 'attachment; filename="auto-doctor.json"'
    told: dict[str, Any] = answer.json()
    (session,), (intake,), (vehicle,), (file,), (login,) = (told[name] for name in ("sessions", "intakes", "vehicles", "files", "logins"))
    assert told["profile"]["email"] == known.email
    assert (intake["id"], intake["city"], intake["files"][0]["fileName"]) == (str(known.intake_id), "Springfield", "leak.jpg")
    assert (vehicle["vin"], file["fileName"], login["isCurrent"]) == (CAR["vin"], "leak.jpg", True)
    assert (session["session"]["id"], session["session"]["review"]) == (str(known.world.session_id), "So friendly")
    assert [each["content"] for each in session["messages"]] == ["It is loud", "Please open the bonnet"]
    assert [(each["purpose"], each["amountCents"], each["refunds"]) for each in session["payments"]] == [("plan", 999, [])]
    assert str(_stranger.session_id) not in answer.text


async def test_a_newcomer_takes_home_that_there_is_nothing_yet(database: str, api: httpx.AsyncClient) -> None:
    newcomer = await a_customer(is_verified=False)
    told = await get(api, newcomer, EXPORT)
    assert [told[name] for name in ("sessions", "intakes", "vehicles", "files")] == [[], [], [], []]
    assert refusal(await api.get(EXPORT, headers=(await a_mechanic()).headers)) == (403, "forbidden")


async def test_the_waiver_is_taken_home_too(database: str, api: httpx.AsyncClient) -> None:
    await sign_up(api, "kim@example.com")
    answer = await api.get(EXPORT, headers=await token_of(api, "kim@example.com"))
    assert [each["version"] for each in answer.json()["waivers"]] == ["v1.0"]


async def test_a_mechanic_takes_home_what_is_theirs(database: str, api: httpx.AsyncClient) -> None:
    known = await lived(api)
    answer = await api.get("/api/mechanics/export", headers=known.world.mechanic.headers)
    told = answer.json()
    assert [each["id"] for each in told["sessions"]] == [str(known.world.session_id)]
    assert (told["profile"]["name"], len(told["logins"]), told["weeklyHours"]) == ("Sam Wrench", 1, [])
    assert [each["shareCents"] for each in told["payouts"]] == [800]
    assert "It is loud" not in answer.text
    assert refusal(await api.get("/api/mechanics/export", headers=known.customer.headers)) == (403, "forbidden")


async def test_an_erased_customer_is_nowhere_any_more(database: str, api: httpx.AsyncClient) -> None:
    known = await lived(api)
    before = await everything_stored()
    assert [secret for secret in SECRETS if not any(secret in text for text in before.values())] == [], "we look where things are stored"
    assert (await delete(api, known.customer)).json() == {"success": True}
    after = await everything_stored()
    assert {name: found for name, text in after.items() if (found := [secret for secret in SECRETS if secret in text])} == {}
    assert (await api.get("/api/customer/profile", headers=known.customer.headers)).status_code == 401
    assert await mails_to(known.email) == []
    assert [action for action, *_ in await acts()] == ["erase_account"]


async def test_money_and_what_happened_stay_without_a_name(database: str, api: httpx.AsyncClient) -> None:
    known = await lived(api)
    books = [(each.account, each.amount_cents) for each in await rows_of(LedgerEntry)]
    await delete(api, known.customer)
    assert [(each.account, each.amount_cents) for each in await rows_of(LedgerEntry)] == books
    (payment,), (session,) = await rows_of(Payment), await rows_of(Session)
    assert (payment.amount_cents, session.rating, session.review) == (999, 5, None)
    assert session.vehicle_info == {"year": "2003", "make": "Honda", "model": "Accord"}
    told = (await api.get(known.world.session_path, headers=known.world.mechanic.headers)).json()
    assert told["customerName"] == "Former customer"
    room = {"sessionId": str(known.world.session_id)}
    said = (await api.get("/api/chat/session-info", params=room, headers=known.world.mechanic.headers)).json()["messages"]
    assert [each["content"] for each in said] == ["It is loud", "Please open the bonnet"]


async def test_the_address_is_free_again_and_no_mail_waits_for_it(database: str, api: httpx.AsyncClient) -> None:
    await sign_up(api, "robin@example.com")
    headers = await token_of(api, "robin@example.com")
    await api.post("/api/customer/forgot-password", json={"email": "robin@example.com"})
    other = await api.request("DELETE", ACCOUNT, json={"password": PASSWORD}, headers=headers)
    assert other.status_code == 200
    assert {each.status for each in await rows_of(OutboxEntry)} == {OutboxStatus.delivered}
    assert await deliver_waiting() == 0
    assert code_of(await log_in(api, "robin@example.com")) == (401, "invalid_credentials")
    assert (await sign_up(api, "robin@example.com")).status_code == 201


async def test_the_password_is_asked_again(database: str, api: httpx.AsyncClient) -> None:
    customer = await with_password()
    assert wrong_fields(await delete(api, customer, "not-the-password")) == (422, ["password"])
    assert wrong_fields(await api.request("DELETE", ACCOUNT, json={}, headers=customer.headers)) == (422, ["password"])
    assert refusal(await delete(api, await a_mechanic())) == (403, "forbidden")
    assert (await api.get("/api/customer/profile", headers=customer.headers)).status_code == 200
    assert [(await delete(api, customer)).status_code for _ in range(2)] == [200, 401]


@pytest.mark.parametrize("make", [worlds.paid, worlds.accepted, worlds.live])
async def test_nobody_leaves_an_open_consultation(database: str, api: httpx.AsyncClient, make: Any) -> None:
    world = await make(await with_password())
    await _refused(api, world.customer, "booked or under way")


async def test_nobody_leaves_while_money_is_on_its_way(database: str, api: httpx.AsyncClient) -> None:
    world = await worlds.paid(await with_password())
    async with unit_of_work() as db:
        await matching.cancel(db, world.customer.caller, world.request_id)
    await _refused(api, world.customer, "on its way back to you")
    async with unit_of_work() as db:
        await db.execute(sa.update(Refund).values(status=RefundStatus.succeeded))
        (payment,) = (await db.scalars(sa.select(Payment))).all()
        dispute = Dispute(payment_id=payment.id, stripe_dispute_id="dp_1", amount_cents=999, reason="fraudulent")
        db.add(dispute)
    await _refused(api, world.customer, "Your bank is looking")
    async with unit_of_work() as db:
        await db.execute(sa.update(Dispute).values(status=DisputeStatus.won))
        ends = clock.now() + timedelta(minutes=31)
        about = {"session_id": world.session_id, "customer_id": world.customer.id, "expires_at": ends}
        db.add(Extension(**about, minutes=10, amount_cents=399))  # type: ignore[arg-type]
    await _refused(api, world.customer, "payment page for more time")


async def test_nobody_leaves_while_a_time_is_held_for_them(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    customer, mechanic = await with_password(), await a_working_mechanic()
    await hold(customer, in_hours(3), mechanic)
    await _refused(api, customer, "held for you")


async def _refused(api: httpx.AsyncClient, who: Person, why: str) -> None:
    answer = await delete(api, who)
    assert refusal(answer) == (409, "account_in_use")
    assert why in answer.json()["detail"]
    assert (await api.get("/api/customer/profile", headers=who.headers)).json()["fullName"] == "Robin Sample"


async def test_an_administrator_erases_for_somebody_who_has_asked(database: str, api: httpx.AsyncClient) -> None:
    admin, known = await an_admin(), await lived(api)
    tool = "/api/debug/cleanup-user-data"
    for _ in range(2):
        answer = await api.post(tool, json={"customerId": str(known.customer.id)}, headers=admin.headers)
        assert answer.json() == {"success": True}
    assert "sample" not in json.dumps(await everything_stored())
    assert await acts() == [("erase_account", "user", str(known.customer.id), {})]
    for customer_id in (new_id(), known.world.mechanic.id, admin.id):
        assert refusal(await api.post(tool, json={"customerId": str(customer_id)}, headers=admin.headers)) == (404, "not_found")
    busy = await worlds.paid()
    answer = await api.post(tool, json={"customerId": str(busy.customer.id)}, headers=admin.headers)
    assert refusal(answer) == (409, "account_in_use")
