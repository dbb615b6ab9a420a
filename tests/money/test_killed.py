"""kill -9 at thirty random points of a hundred paid sessions: one session, one charge, one transfer or one refund a payment (P3–P5)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import col

from autodoctor.core.db import reading
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.forms import NewAccount
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.payments import ledger_queries
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.ledger import Account
from autodoctor.payments.models import Payment, Refund, RefundStatus
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.sessions.models import Session
from tests.jobs.helpers import rows_of
from tests.money.till import everything
from tests.money.victim import Victim, until
from tests.people import Person, a_customer, a_mechanic
from tests.servers import free_port

SEED, LANES = 6, 4
MOST_COMMITS = 40
"""As long as one may go on after it is told to die at one of its next commits."""


@dataclass
class Shop:
    """Customers who come to one of a few mechanics, and a process that is killed meanwhile. `interrupted` is what they were doing."""

    victim: Victim
    mechanics: list[Person]
    waiting: list[tuple[int, Person]]
    begun: int = 0
    interrupted: list[str] = field(default_factory=list)

    async def run(self, order: random.Random, *, kills: int) -> Counter[str]:
        """Serve everybody, and kill at random points of it. Answers what was interrupted, and how often."""
        points = sorted(order.sample(range(1, len(self.waiting)), kills))
        lanes = [asyncio.create_task(self._lane(mechanic)) for mechanic in self.mechanics]
        hit = Counter[str]()
        for number, point in enumerate(points, 1):
            await self._begun(point)
            how = await self._die(order, at_a_commit=bool(number % 2))
            halves = await _half_done()
            await self.victim.start(order.randint(1, MOST_COMMITS))
            during, self.interrupted = self.interrupted, []
            print(f"kill {number} in session {point}, {how}: during {_listed(during)}; left half done: {_listed(halves)}")
            hit.update([*during, *halves])
        await asyncio.gather(*lanes)
        return hit

    async def _begun(self, count: int) -> None:
        async def is_so() -> bool:
            return self.begun >= count

        await until(is_so, f"session {count}", within_s=60)

    async def _die(self, order: random.Random, *, at_a_commit: bool) -> str:
        if at_a_commit:
            await self.victim.die_at_a_commit()
            return "by itself at a commit"
        await asyncio.sleep(order.uniform(0, 0.4))  # the random point itself, no wait for anything
        await self.victim.kill()
        return "from outside"

    async def _lane(self, mechanic: Person) -> None:
        """One mechanic's customers, one after the other: two of three are served, the third calls it off."""
        async with httpx.AsyncClient(base_url=self.victim.url, timeout=20) as client:
            while self.waiting:
                number, customer = self.waiting.pop()
                self.begun += 1
                session_id, request_id = await self._buy(client, customer)
                if number % 3 == 0:
                    await self._persist(client, "cancel", "POST", f"/api/customer/requests/{request_id}/cancel", customer)
                    continue
                await self._persist(client, "accept", "POST", f"/api/mechanics/requests/{request_id}/accept", mechanic)
                for person in (mechanic, customer):
                    await self._persist(client, "start", "POST", f"/api/sessions/{session_id}/start", person)
                await self._persist(client, "end", "POST", f"/api/sessions/{session_id}/end", mechanic, json={})

    async def _buy(self, client: httpx.AsyncClient, customer: Person) -> tuple[str, str]:
        """The sandbox's page says 409 to somebody who pays once more because the answer was lost."""
        asked = {"params": {"plan": "chat10"}, "headers": {"Accept": "application/json"}}
        opened = await self._persist(client, "open checkout", "GET", "/api/checkout/create-session", customer, **asked)
        await self._persist(client, "pay", "POST", opened.json()["url"], customer, data={"action": "pay"})
        paid = {"params": {"session_id": opened.json()["id"]}}
        resolved = await self._persist(client, "come back", "GET", "/api/checkout/resolve", customer, **paid)
        assert resolved.status_code == 200, resolved.text
        return resolved.json()["sessionId"], resolved.json()["requestId"]

    async def _persist(
        self, client: httpx.AsyncClient, what: str, method: str, path: str, person: Person, **options: Any
    ) -> httpx.Response:
        """Ask until there is an answer. A refusal means that it was done by an attempt whose answer was lost."""
        headers = person.headers | options.pop("headers", {})
        is_again = False
        while True:
            try:
                answer = await client.request(method, path, headers=headers, **options)
            except httpx.HTTPError as error:
                if not isinstance(error, httpx.ConnectError):
                    self.interrupted.append(what)
            else:
                if answer.status_code < 500:
                    assert answer.status_code in {200, 303} or (is_again and answer.status_code == 409), (what, answer.text)
                    return answer
            is_again = True
            await asyncio.sleep(0.02)


@pytest.fixture
async def victim(database: str, settings_env: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Victim]:
    port = free_port()
    here = {"APP_ENV": "development", "PORT": str(port), "APP_URL": f"http://127.0.0.1:{port}", "LIVEKIT_SERVER_BIN": "none"}
    for name, value in here.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    victim = Victim(port, tmp_path / "victim.log")
    await victim.open()
    yield victim
    await victim.close()


@pytest.mark.parametrize(("database", "sessions", "kills"), [("sqlite", 30, 9), ("postgresql", 100, 30)], indirect=["database"])
async def test_killed_at_random_points_nothing_is_lost_or_doubled(victim: Victim, sessions: int, kills: int) -> None:
    order = random.Random(SEED)
    customers = [await a_customer() for _ in range(sessions)]
    shop = Shop(victim, [await _with_account(await a_mechanic()) for _ in range(LANES)], list(enumerate(customers)))
    print(f"\nseed {SEED}")
    await victim.start(order.randint(1, MOST_COMMITS))
    hit = await shop.run(order, kills=kills)
    await until(_is_quiet, "everything to be delivered", within_s=60)
    await victim.kill()
    print(f"interrupted in all: {dict(hit.most_common())}")
    await _one_of_each(sessions)


async def _with_account(mechanic: Person) -> Person:
    async with transaction() as state:
        asked = NewAccount(type="standard", email=mechanic.caller.email, metadata={"mechanic": str(mechanic.id)})
        await sandbox.fill_in(state, await sandbox.create_account(state, asked))
    return mechanic


def _listed(words: list[str]) -> str:
    return ", ".join(f"{count} x {each}" for each, count in sorted(Counter(words).items())) or "nothing"


async def _half_done() -> list[str]:
    """What a process that has just died was in the middle of: taken up and not finished, or known to the sandbox alone."""
    entries = await rows_of(OutboxEntry, col(OutboxEntry.status) == OutboxStatus.waiting, col(OutboxEntry.attempts) > 0)
    events = await rows_of(StripeEvent, col(StripeEvent.status) == EventStatus.waiting, col(StripeEvent.attempts) > 0)
    async with transaction() as state:
        at_sandbox = {kind: len(await everything(state, kind)) for kind in ("charge", "refund", "transfer")}
    ours = {
        "charge": len(await rows_of(Payment)),
        "refund": len(await rows_of(Refund, col(Refund.status) == RefundStatus.succeeded)),
        "transfer": len(await rows_of(Payout, col(Payout.status) == PayoutStatus.sent)),
    }
    alone = [f"a {kind} that only the sandbox knows" for kind, count in at_sandbox.items() for _ in range(count - ours[kind])]
    return [f"delivery of a {each.kind}" for each in entries] + [f"event {each.type}" for each in events] + alone


async def _is_quiet() -> bool:
    waiting = await rows_of(OutboxEntry, OutboxEntry.status != OutboxStatus.delivered)
    untold = await rows_of(StripeEvent, StripeEvent.status != EventStatus.processed)
    async with transaction() as state:
        on_the_way = list(await state._db.execute_fetchall("SELECT event_id FROM deliveries"))
    return not (waiting or untold or on_the_way)


async def _one_of_each(count: int) -> None:
    async with transaction() as state:
        charges, refunds = await everything(state, "charge"), await everything(state, "refund")
        transfers, movements = await everything(state, "transfer"), await everything(state, "balance_transaction")
    payments, sessions = await rows_of(Payment), await rows_of(Session)
    assert (len(charges), len(payments), len(sessions)) == (count, count, count)
    assert {each.payment_intent_id for each in payments} == {each["payment_intent"] for each in charges}
    back, out = Counter(each["payment_intent"] for each in refunds), Counter(each["transfer_group"] for each in transfers)
    served = {each.id for each in sessions if each.status == "completed"}
    for payment in payments:
        wanted = (0, 1) if payment.session_id in served else (1, 0)
        assert (back[payment.payment_intent_id or ""], out[str(payment.session_id)]) == wanted, "refunds and transfers of one payment"
    assert {each["amount"] for each in transfers} == {800}
    async with reading() as db:
        balances = await ledger_queries.balances(db)
    fees = sum(each["fee"] for each in movements)
    assert balances[Account.stripe, "usd"] - fees == sum(each["net"] for each in movements)
