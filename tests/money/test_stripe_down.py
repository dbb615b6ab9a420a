"""Stripe unreachable for ten minutes, then answering 500, then too slow: nothing is lost or doubled, and people are told the truth."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.integrations.stripe import calling
from autodoctor.matching import service as matching
from autodoctor.payments import checkout, queries, tips
from autodoctor.payments.models import Payment, Refund, RefundStatus
from autodoctor.payouts import reconcile
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.scheduling.rules import WHOLE_WEEK
from autodoctor.scheduling.service import replace_week
from autodoctor.ui.room.money_view import words_of
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.money import trade
from tests.money.line import Line, Mode
from tests.payments.buying import press
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.worlds import Consultation

NOT_CHARGED = "Our payment provider isn't answering just now. Nothing was charged. Please try again in a minute."
NOT_LOST = "Our payment provider isn't answering just now. Nothing is lost. Please try again in a minute."
JSON = {"Accept": "application/json"}


@dataclass
class Town:
    """Money in every state: a live session, one to be called off, one to be thanked for, one to be given back in part, a page to pay at."""

    api: httpx.AsyncClient
    mechanic: Person
    newcomer: Person
    admin: Person
    live: Consultation
    waiting: Consultation
    thanked: Consultation
    criticised: Consultation
    tip_page: str
    paying: Person
    pay_page: checkout.Checkout
    patience: pytest.MonkeyPatch

    async def act(self) -> None:
        """What people do while Stripe doesn't answer us. Its own pages work, as they do for whoever has one open."""
        await trade.end(self.live)
        async with unit_of_work() as db:
            await matching.cancel(db, self.waiting.customer.caller, self.waiting.request_id)
        await press(self.tip_page, "pay")
        body = {"amountCents": 300, "reason": "Too short"}
        given = await self.api.post(f"/api/admin/sessions/{self.criticised.session_id}/refund", json=body, headers=self.admin.headers)
        assert given.json()["refundedCents"] == 300
        async with transaction() as state:  # nobody tells us of it, until its event is delivered
            await sandbox.pay(state, await sandbox.retrieve(state, sandbox.CHECKOUT, self.pay_page.id))

    async def knock(self, fixed_clock: Clock) -> list[tuple[str, int, str, str]]:
        """Every door that needs Stripe at once: its name, status, code and words."""
        customer = await a_customer()
        slot = (fixed_clock.time.replace(hour=10, minute=0) + timedelta(days=1)).isoformat()
        doors: list[tuple[str, str, str, Person, dict[str, Any]]] = [
            ("plan", "GET", "/api/checkout/create-session", customer, {"params": {"plan": "chat10"}}),
            ("booking", "POST", "/api/customer/schedule", customer, {"json": {"plan": "chat10", "startsAt": slot}}),
            ("tip", "POST", f"/api/sessions/{self.criticised.session_id}/tip", self.criticised.customer, {"json": {"amountCents": 500}}),
            ("return", "GET", "/api/checkout/resolve", self.paying, {"params": {"session_id": self.pay_page.id}}),
            ("account", "POST", "/api/mechanics/stripe/onboard", self.newcomer, {}),
        ]
        return [await self._ask(name, *door) for name, *door in doors]

    async def extend(self) -> tuple[str, int, str, str]:
        body = {"json": {"sessionId": str(self.live.session_id)}}
        return await self._ask("more time", "POST", "/api/session/extend", self.live.customer, body)

    async def _ask(self, name: str, method: str, path: str, who: Person, options: dict[str, Any]) -> tuple[str, int, str, str]:
        answer = await self.api.request(method, path, headers=who.headers | JSON, **options)
        told = answer.json()
        return name, answer.status_code, told.get("code", ""), told.get("detail", "")

    async def listed(self, what: str, **params: str) -> list[Any]:
        """What an administrator sees, who has just logged in."""
        answer = await self.api.get(f"/api/admin/{what}", params=params, headers=(await an_admin()).headers)
        return answer.json()["runs" if what == "reconciliation" else "items"]


@pytest.fixture
async def town(fixed_clock: Clock, line: Line, house: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Town:
    mechanic, newcomer, paying = await trade.a_receiver(), await a_mechanic(), await a_customer()
    async with unit_of_work() as db:
        await replace_week(db, mechanic.id, WHOLE_WEEK)
    thanked, criticised = await trade.paid_out(mechanic), await trade.paid_out(mechanic)
    return Town(
        api=house,
        mechanic=mechanic,
        newcomer=newcomer,
        admin=await an_admin(),
        live=await trade.live(mechanic),
        waiting=await trade.bought(),
        thanked=thanked,
        criticised=criticised,
        tip_page=await tips.begin(thanked.customer.caller, thanked.session_id, 500),
        paying=paying,
        pay_page=await checkout.begin(paying.caller, "chat10"),
        patience=monkeypatch,
    )


PATIENCE_S = {Mode.slow: 0.3, Mode.slow_to_act: 1.5}
"""Instead of ten seconds, where it is to end; in the second case what is only asked for must be answered in time."""


async def fail(town: Town, line: Line, mode: Mode | None) -> None:
    if mode is None:
        await line.cut()
    else:
        line.mode = mode
        town.patience.setattr(calling, "PATIENCE_S", PATIENCE_S.get(mode, 10))


async def recover(town: Town, line: Line) -> None:
    await line.cut()
    await line.mend()
    await fail(town, line, Mode.well)


@pytest.mark.parametrize("mode", [None, Mode.broken, Mode.slow], ids=["unreachable", "broken", "slow"])
async def test_while_stripe_does_not_answer_every_door_says_so(town: Town, line: Line, fixed_clock: Clock, mode: Mode | None) -> None:
    await fail(town, line, mode)
    assert await town.extend() == ("more time", 503, "provider_unavailable", NOT_CHARGED)
    await town.act()
    assert await town.knock(fixed_clock) == [
        ("plan", 503, "provider_unavailable", NOT_CHARGED),
        ("booking", 503, "provider_unavailable", NOT_CHARGED),
        ("tip", 503, "provider_unavailable", NOT_CHARGED),
        ("return", 503, "provider_unavailable", NOT_LOST),
        ("account", 503, "provider_unavailable", NOT_LOST),
    ]


async def test_after_ten_minutes_a_broken_and_a_slow_answer_all_is_done_once(town: Town, line: Line, fixed_clock: Clock) -> None:
    await line.cut()
    await town.act()
    for _ in range(10):
        fixed_clock.advance(minutes=1)
        await trade.work()
    await _is_told_honestly(town)
    await recover(town, line)
    for mode in (Mode.broken, Mode.slow, Mode.slow_to_act):
        await fail(town, line, mode)
        fixed_clock.advance(minutes=20)
        await trade.work()
    assert sorted(each["amount"] for each in await trade.at_sandbox("refund")) == [300, 999]  # done, and nobody has heard of it
    assert [each.status for each in await rows_of(Refund)] == [RefundStatus.requested] * 2
    await recover(town, line)
    await trade.settle_down(fixed_clock)
    await _is_as_if_nothing_had_been(town)


async def _is_told_honestly(town: Town) -> None:
    """Nothing is said to be done that isn't, and an administrator sees what is on its way."""
    refunds = await town.listed("refunds", status="requested")
    assert sorted(each["amountCents"] for each in refunds) == [300, 999]
    assert sorted(each["transferCents"] for each in await town.listed("payouts", status="sending")) == [500, 800]
    async with reading() as db:
        bill = await queries.bill(db, town.waiting.session_id)
    assert words_of(bill) == ["$9.99 is on its way back to the card you paid with (request cancelled while waiting)."]
    await reconcile.reconcile()
    assert "isn't answering" in (await town.listed("reconciliation"))[0]["error"]
    assert len(await trade.at_sandbox("refund")) == 0


async def _is_as_if_nothing_had_been(town: Town) -> None:
    refunds = {each.payment_id: (each.status, each.amount_cents) for each in await rows_of(Refund)}
    payments = {each.id: each.session_id for each in await rows_of(Payment)}
    assert {payments[payment_id]: how for payment_id, how in refunds.items()} == {
        town.waiting.session_id: (RefundStatus.succeeded, 999),
        town.criticised.session_id: (RefundStatus.succeeded, 300),
    }
    assert sorted(each["amount"] for each in await trade.at_sandbox("refund")) == [300, 999]
    (paid_late,) = await rows_of(Payment, col(Payment.customer_id) == town.paying.id)
    assert paid_late.refunded_cents == 0
    assert await _shares(town.live, town.thanked, town.criticised) == [
        (PayoutStatus.sent, 800, 0),
        (PayoutStatus.sent, 800, 0),
        (PayoutStatus.sent, 500, 0),
        (PayoutStatus.sent, 800, 240),
    ]
    await trade.nothing_is_open_or_doubled()
    await reconcile.reconcile()
    (run, *_) = await town.listed("reconciliation")
    assert (run["error"], run["differences"]) == (None, 0)


async def _shares(*consultations: Consultation) -> list[tuple[PayoutStatus, int, int]]:
    found = list[Payout]()
    for each in consultations:
        theirs: list[Payout] = await rows_of(Payout, col(Payout.session_id) == each.session_id)
        found += sorted(theirs, key=lambda payout: payout.kind)
    return [(each.status, each.transfer_cents, each.reversed_cents) for each in found]


@pytest.mark.parametrize("mode", [None, Mode.broken, Mode.slow_to_act], ids=["unreachable", "broken", "slow"])
async def test_who_tries_again_afterwards_gets_there_and_pays_once(town: Town, line: Line, fixed_clock: Clock, mode: Mode | None) -> None:
    customer = await a_customer()
    ask = {"params": {"plan": "chat10"}, "headers": customer.headers | JSON}
    await fail(town, line, mode)
    assert (await town.api.get("/api/checkout/create-session", **ask)).status_code == 503
    assert (await town.api.post("/api/mechanics/stripe/onboard", headers=town.newcomer.headers)).status_code == 503
    await recover(town, line)
    opened = (await town.api.get("/api/checkout/create-session", **ask)).json()
    await press(opened["url"], "pay")
    back = await town.api.get("/api/checkout/resolve", params={"session_id": opened["id"]}, headers=customer.headers)
    assert uuid.UUID(back.json()["sessionId"])
    assert len(await rows_of(Payment, col(Payment.customer_id) == customer.id)) == 1
    theirs = [each for each in await trade.at_sandbox("checkout.session") if each["client_reference_id"] == str(customer.id)]
    assert len(theirs) == 1
    assert (await town.api.post("/api/mechanics/stripe/onboard", headers=town.newcomer.headers)).status_code == 200
    assert len([each for each in await trade.at_sandbox("account") if each["metadata"]["mechanic"] == str(town.newcomer.id)]) == 1
