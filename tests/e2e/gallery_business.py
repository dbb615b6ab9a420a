"""A month of business, written straight into a running server's database: `python -m tests.e2e.gallery_business`, in its environment."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

import autodoctor.schema  # noqa: F401 - every table, for the foreign keys
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import RequestStatus
from autodoctor.payments import ledger
from autodoctor.plans.catalog import PLANS, Plan, PlanCode
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from tests.e2e.server import ROOT, LiveServer
from tests.people import Person, a_customer, a_mechanic

DAYS = 30
_ENDS = [*[RequestStatus.completed] * 6, RequestStatus.expired, *[RequestStatus.completed] * 4, RequestStatus.cancelled]
_PLANS = (PlanCode.chat10, PlanCode.video15, PlanCode.chat10, PlanCode.chat10, PlanCode.diagnostic)


def do_business(server: LiveServer) -> None:
    """Up to yesterday."""
    command = [sys.executable, "-m", "tests.e2e.gallery_business"]
    done = subprocess.run(command, env={**os.environ, **server.environment}, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


async def _write() -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    try:
        async with unit_of_work() as db:
            for number, at in enumerate(_moments(clock.now())):
                clock.set_source(lambda at=at: at)
                await _one(db, customer, mechanic, PLANS[_PLANS[number % len(_PLANS)]], _ENDS[number % len(_ENDS)], 40 + number * 37 % 170)
    finally:
        clock.set_source(None)


def _moments(now: datetime) -> Iterator[datetime]:
    """Of each payment, more of them as the weeks go by and at weekends."""
    for days_ago in range(DAYS, 0, -1):
        day = now - timedelta(days=days_ago)
        for number in range(1 + (DAYS - days_ago) // 10 + (day.weekday() > 4) * 2 - (days_ago % 4 == 0)):
            yield day + timedelta(minutes=number)


async def _one(db: AsyncSession, customer: Person, mechanic: Person, plan: Plan, end: RequestStatus, waited_s: int) -> None:
    """A request that ended like this, and its money."""
    number, is_matched = uuid.uuid4().hex, end is RequestStatus.completed
    status = SessionStatus.completed if is_matched else SessionStatus.cancelled
    about = {"mechanic_id": mechanic.id if is_matched else None}
    kept = {"plan": plan.code, "type": plan.type, "price_cents": plan.price_cents, "currency": "usd"}
    session = Session(stripe_session_id=f"cs_{number}", customer_user_id=customer.id, status=status, **about, **kept)
    db.add(session)
    await db.flush()
    accepted_at = clock.now() + timedelta(seconds=waited_s) if is_matched else None
    request = {"session_type": plan.type, "plan_code": plan.code, "status": end, "accepted_at": accepted_at, **about}
    db.add(SessionRequest(session_id=session.id, customer_id=customer.id, **request))
    money = {"amount_cents": plan.price_cents, "currency": "usd", "session_id": session.id}
    await ledger.post_charge(db, reference=f"charge:{number}", **money)
    if not is_matched:
        await ledger.post_refund(db, reference=f"refund:{number}", memo="", **money)


if __name__ == "__main__":
    asyncio.run(_write())
