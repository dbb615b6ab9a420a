"""Three hundred requests left alone, two workers, one of them killed: each moves on once, on time, and is refunded once (L3, L4, P4)."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Profile, Role, User
from autodoctor.core import clock
from autodoctor.core.db import dispose_engine, reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.leases import JOBS, Lease
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.forms import NewSession
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.integrations.stripe.objects import read_checkout
from autodoctor.matching.models import SessionRequest
from autodoctor.payments.fulfilment import fulfil_checkout
from autodoctor.payments.models import Payment, Refund
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions.models import SessionEvent
from tests.conftest import fresh_postgres
from tests.e2e.server import LiveServer
from tests.servers import redis_server

REQUESTS = 300
UNATTENDED_AFTER, EXPIRES_AFTER = timedelta(seconds=25), timedelta(seconds=50)
ON_TIME = timedelta(seconds=2)
PACE_S = 0.06


@asynccontextmanager
async def two_servers(folder: Path, database: str, redis: str) -> AsyncIterator[list[LiveServer]]:
    """Two processes that share everything but their port."""
    settings = {
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "UNATTENDED_AFTER_S": str(int(UNATTENDED_AFTER.total_seconds())),
        "EXPIRES_AFTER_S": str(int(EXPIRES_AFTER.total_seconds())),
    }
    servers = [LiveServer(folder, **settings) for _ in range(2)]
    try:
        for server in servers:
            await asyncio.to_thread(server.start)
        yield servers
    finally:
        for server in servers:
            await asyncio.to_thread(server.kill)


@pytest.fixture
async def shared(tmp_path: Path, settings_env: pytest.MonkeyPatch, postgres_template: str) -> AsyncIterator[list[LiveServer]]:
    """The servers, and this test's own process on the same database and sandbox."""
    database = fresh_postgres(postgres_template)
    with redis_server() as redis:
        async with two_servers(tmp_path, database, redis) as servers:
            for name in ("DATABASE_URL", "UNATTENDED_AFTER_S", "EXPIRES_AFTER_S", "APP_DATA_DIR", "APP_URL"):
                settings_env.setenv(name, servers[0].environment[name])
            get_settings.cache_clear()
            yield servers
            await dispose_engine()


async def customers() -> list[tuple[Any, str]]:
    """Their ids and addresses."""
    people = [(new_id(), f"{number}@example.com") for number in range(REQUESTS)]
    async with unit_of_work() as db:
        await db.execute(sa.insert(User), [{"id": each, "role": Role.customer, "email": email} for each, email in people])
        profile = {"role": Role.customer, "full_name": "Robin Sample", "email_verified": True, "metadata_": {}}
        await db.execute(sa.insert(Profile), [{"id": each, **profile} for each, _email in people])
    return people


async def buy(customer_id: Any, email: str) -> None:
    """Pay in the sandbox, and come back from it, as a customer does."""
    plan = PLANS[PlanCode.chat10]
    item = {"price_data": {"currency": "usd", "unit_amount": plan.price_cents, "product_data": {"name": plan.name}}, "quantity": 1}
    asked = {
        "mode": "payment",
        "line_items": [item],
        "metadata": {"plan": plan.code.value, "user": str(customer_id)},
        "customer_email": email,
        "success_url": "http://localhost/success",
        "cancel_url": "http://localhost/pricing",
    }
    async with transaction() as state:
        paid = await sandbox.pay(state, await sandbox.create_checkout(state, NewSession.model_validate(asked)))
    async with unit_of_work() as db:
        await fulfil_checkout(db, read_checkout(paid))


async def leader_of(servers: list[LiveServer]) -> LiveServer:
    async with reading() as db:
        holder = await db.scalar(sa.select(col(Lease.holder)).where(col(Lease.name) == JOBS))
    assert holder is not None
    group = os.getpgid(int(holder.split(":")[1]))
    (leading,) = [server for server in servers if server.process and server.process.pid == group]
    return leading


async def count(*conditions: Any) -> int:
    async with reading() as db:
        return await db.scalar(sa.select(sa.func.count()).where(*conditions)) or 0


async def reached(wanted: int, *conditions: Any, what: str, within_s: float) -> None:
    """Ask until so many rows meet the conditions."""
    until = clock.now() + timedelta(seconds=within_s)
    while (so_many := await count(*conditions)) < wanted:
        assert clock.now() < until, f"{so_many} of {wanted} {what} after {within_s} s"
        await asyncio.sleep(0.1)


@pytest.mark.alone
async def test_each_moves_on_once_and_on_time_though_a_worker_is_killed(shared: list[LiveServer]) -> None:
    for customer_id, email in await customers():
        next_at = clock.now() + timedelta(seconds=PACE_S)
        await buy(customer_id, email)
        await asyncio.sleep(max(0.0, (next_at - clock.now()).total_seconds()))
    await reached(REQUESTS // 6, col(SessionEvent.to_status) == "unattended", what="became unattended", within_s=40)
    killed = await leader_of(shared)
    await asyncio.to_thread(killed.kill)
    await reached(REQUESTS, col(SessionRequest.status) == "expired", what="expired", within_s=90)
    await reached(REQUESTS, col(Refund.status) == "succeeded", what="were refunded", within_s=60)
    assert await leader_of(shared) is not killed
    await check_times("unattended", UNATTENDED_AFTER)
    await check_times("expired", EXPIRES_AFTER)
    await check_money()


async def check_times(status: str, after: timedelta) -> None:
    """Each exactly once, none before its time and none later than two seconds after it."""
    changes = (
        sa.select(col(SessionRequest.id), col(SessionEvent.created_at) - col(SessionRequest.paid_at))
        .join(SessionEvent, col(SessionEvent.session_id) == col(SessionRequest.session_id))
        .where(col(SessionEvent.entity) == "request", col(SessionEvent.to_status) == status)
    )
    async with reading() as db:
        found = (await db.execute(changes)).tuples().all()
    assert len(found) == len({request_id for request_id, _took in found}) == REQUESTS
    late = sorted(took - after for _request_id, took in found)
    print(f"\n{status}: first {late[0]}, median {late[len(late) // 2]}, last {late[-1]} after its time")
    assert late[0] >= timedelta(0)
    assert late[-1] <= ON_TIME


async def check_money() -> None:
    """Our refunds, the sandbox's refunds and the mails: one each."""
    async with reading() as db:
        refunds = Counter(await db.scalars(sa.select(col(Refund.payment_id))))
        returned = await db.scalar(sa.select(sa.func.sum(col(Payment.refunded_cents))))
        keys = list(await db.scalars(sa.select(col(OutboxEntry.key)).where(col(OutboxEntry.kind) == "mail")))
    assert len(refunds) == REQUESTS
    assert set(refunds.values()) == {1}
    assert returned == REQUESTS * 999
    mails = Counter(key.partition(":")[0] for key in keys)
    assert (mails["request_unattended"], mails["request_expired"]) == (REQUESTS, REQUESTS)
    async with transaction() as state:
        rows = await state._db.execute_fetchall("SELECT count(*) FROM objects WHERE kind = 'refund'")
    assert next(iter(rows))[0] == REQUESTS
