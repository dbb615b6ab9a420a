"""The product as the model drives it: services, jobs, sandbox and clock, in one process and without a page."""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette
from starlette.routing import Mount

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Mechanic, MechanicStatus, Profile, Role, Seniority, User
from autodoctor.core.db import dispose_engine, get_engine, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.app import MOUNTED_AT, create_sandbox
from autodoctor.integrations.sandbox.stripe.delivery import sign
from autodoctor.integrations.sandbox.stripe.forms import NewSession
from autodoctor.integrations.sandbox.stripe.store import State, transaction
from autodoctor.jobs.deadlines import fire_overdue
from autodoctor.jobs.outbox import HANDLERS, deliver_waiting
from autodoctor.payments import booking_checkout, heal, inbox
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling.rules import WHOLE_WEEK
from autodoctor.scheduling.service import replace_week
from autodoctor.schema import metadata
from tests.serving import serving

Answer = TypeVar("Answer")
UseCase = Callable[[AsyncSession], Awaitable[Any]]


class Died(Exception):
    """The process is gone in the middle of something."""


class House:
    """People, and what they can do. Everything asynchronous runs in one loop that lives as long as the house."""

    def __init__(self, port: int) -> None:
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._port = port
        self._ids = itertools.count(1)
        self.customers: list[Caller] = []
        self.mechanics: list[Caller] = []
        self.admin: Caller
        self.told: list[str] = []
        self.untold: list[str] = []
        self.checkouts: list[str] = []

    def open(self) -> None:
        app = Starlette(routes=[Mount(MOUNTED_AT, create_sandbox())])
        self.run(self._stack.enter_async_context(serving(app, self._port)))

    def close(self) -> None:
        self.run(self._stack.aclose())
        self.run(dispose_engine())
        self._runner.close()

    def run(self, doing: Coroutine[Any, Any, Answer]) -> Answer:
        return self._runner.run(doing)

    def next_id(self) -> uuid.UUID:
        """Ids in the order of their making, the same in every run: what is ordered by them repeats."""
        return uuid.UUID(int=next(self._ids), version=4)

    def begin(self) -> None:
        """An empty house with three customers, a junior, two seniors, all of whom work at any hour, and an administrator."""
        self.told, self.untold, self.checkouts = [], [], []
        self._ids = itertools.count(1)
        self.run(self._empty())
        self.run(self._people())

    async def _empty(self) -> None:
        tables = metadata.sorted_tables
        async with get_engine().begin() as connection:
            if get_settings().is_sqlite:
                triggers = list(await connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")))
                for name, _ in triggers:
                    await connection.execute(sa.text(f"DROP TRIGGER {name}"))
                for table in reversed(tables):
                    await connection.execute(sa.delete(table))
                for _, sql in triggers:
                    await connection.execute(sa.text(sql))
            else:
                await connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # the ledger can't be emptied else
                await connection.execute(sa.text(f"TRUNCATE {', '.join(table.name for table in tables)}"))
        async with transaction() as state:
            for table in ("objects", "answers", "deliveries"):
                await state._db.execute(f"DELETE FROM {table}")

    async def _people(self) -> None:
        self.admin = _caller(Role.admin)
        self.customers = [_caller(Role.customer) for _ in range(3)]
        levels = (Seniority.junior, Seniority.senior, Seniority.senior)
        self.mechanics = [replace(_caller(Role.mechanic), mechanic_status=MechanicStatus.approved, seniority=level) for level in levels]
        async with unit_of_work() as db:
            for who in (*self.customers, *self.mechanics, self.admin):
                db.add(User(id=who.user_id, role=who.role, email=None if who.role is Role.mechanic else who.email))
            await db.flush()
            for who in self.customers:
                db.add(Profile(id=who.user_id, role=Role.customer, full_name=who.name, email_verified=True))
            for who in self.mechanics:
                db.add(
                    Mechanic(
                        id=who.user_id,
                        name=who.name,
                        email=who.email,
                        password_hash="-",
                        status=MechanicStatus.approved,
                        seniority=who.seniority or Seniority.junior,
                    )
                )
            await db.flush()
            for who in self.mechanics:
                await replace_week(db, who.user_id, WHOLE_WEEK)

    def do(self, use_case: UseCase, *, dies: bool = False) -> str:
        """One use case in its transaction: "done", or the refusal's word. When the process `dies` nothing is committed."""
        return self.run(self._do(use_case, dies=dies))

    async def _do(self, use_case: UseCase, *, dies: bool) -> str:
        try:
            async with unit_of_work() as db:
                await use_case(db)
                if dies:
                    raise Died
        except Refusal as refusal:
            return refusal.code
        except Died:
            return "died"
        return "done"

    # --- money

    def pay(self, customer: Caller, plan: PlanCode) -> None:
        """Paid at the sandbox. Nobody has told us yet: the events wait in `untold`."""
        self.run(self._pay(customer, plan))

    async def _pay(self, customer: Caller, plan: PlanCode) -> None:
        bought = PLANS[plan]
        price = {"currency": "usd", "unit_amount": bought.price_cents, "product_data": {"name": bought.name}}
        asked = {
            "mode": "payment",
            "line_items": [{"price_data": price, "quantity": 1}],
            "metadata": {"plan": plan.value, "user": str(customer.user_id)},
            "customer_email": customer.email,
            "success_url": "http://localhost/success",
            "cancel_url": "http://localhost/pricing",
        }
        async with transaction() as state:
            await sandbox.pay(state, await sandbox.create_checkout(state, NewSession.model_validate(asked)))
            self.untold += await _letters(state)

    def hold(self, customer: Caller, plan: PlanCode, starts_at: datetime, mechanic_id: uuid.UUID | None) -> bool:
        """Ask for a time. If it is kept, its payment page is open at the sandbox: the last of `checkouts`."""
        try:
            held = self.run(booking_checkout.begin(customer, plan.value, starts_at, mechanic_id=mechanic_id))
        except Refusal:
            return False
        checkout_id = held.url.rsplit("/", 1)[-1]
        self.checkouts = [*(each for each in self.checkouts if each != checkout_id), checkout_id]
        return True

    def pay_for_time(self, checkout_id: str) -> None:
        """Paid at the sandbox, where its page is still open. Nobody has told us yet."""
        self.checkouts.remove(checkout_id)
        self.run(self._pay_for_time(checkout_id))

    async def _pay_for_time(self, checkout_id: str) -> None:
        async with transaction() as state:
            await sandbox.expire_overdue(state)
            checkout = await sandbox.retrieve(state, sandbox.CHECKOUT, checkout_id)
            if checkout["status"] == "open":
                await sandbox.pay(state, checkout)
            self.untold += await _letters(state)

    def tell(self, letter: str, *, dies: bool = False) -> None:
        """Deliver an event, as Stripe would. When the process dies it is kept, and acted on by the next worker."""
        self.run(self._tell(letter, dies=dies))

    async def _tell(self, letter: str, *, dies: bool) -> None:
        event_id = await inbox.store(letter.encode(), sign(letter))
        if not dies:
            await inbox.process(event_id)
        if letter in self.untold:
            self.untold.remove(letter)
        self.told.append(letter)

    def heal(self) -> None:
        self.run(heal.fulfil_missed())

    # --- jobs

    def work(self, *, dies: bool = False) -> None:
        """Fire what is due and deliver what waits. A worker that dies has had each effect, and forgets to say so."""
        self.run(self._work(dies=dies))

    async def _work(self, *, dies: bool) -> None:
        await fire_overdue()
        await inbox.process_waiting()
        if not dies:
            await deliver_waiting()
        else:
            await deliver_waiting({kind: _then_die(handler) for kind, handler in HANDLERS.items()})
        async with transaction() as state:
            self.untold += await _letters(state)


def _then_die(handler: Callable[[OutboxEntry], Awaitable[None]]) -> Callable[[OutboxEntry], Awaitable[None]]:
    async def deliver(entry: OutboxEntry) -> None:
        await handler(entry)
        raise Died

    return deliver


async def _letters(state: State) -> list[str]:
    """The events that the sandbox wants to tell, taken out of its hands: the model brings them, in its own order.

    In the order in which what they are about was made: which of several refunds was faster isn't the same in every run.
    """
    made = "(SELECT about.rowid FROM objects about WHERE about.id = json_extract(o.body, '$.data.object.id'))"
    query = f"SELECT o.body FROM deliveries d JOIN objects o ON o.id = d.event_id ORDER BY {made}, d.rowid"
    rows = await state._db.execute_fetchall(query)
    await state._db.execute("DELETE FROM deliveries")
    return [json.dumps(json.loads(body)) for (body,) in rows]


def _caller(role: Role) -> Caller:
    user_id: uuid.UUID = new_id()
    return Caller(user_id, role, f"{role.value.title()} Sample", f"{user_id.hex}@example.com", new_id())
