"""GET /api/mechanics/earnings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.payouts.models import Payout
from autodoctor.plans.rules import split
from autodoctor.sessions.rules import SessionStatus
from tests.api.worlds import refusal, wrong_fields
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, a_session

ADDRESS = "/api/mechanics/earnings"


async def a_job(mechanic: Person, ended_at: datetime, *, price_cents: int = 999) -> str:
    """A completed session whose share was earned then."""
    session_id = await a_session(await a_customer(), mechanic, SessionStatus.completed)
    share = split(price_cents)
    async with unit_of_work() as db:
        db.add(
            Payout(
                session_id=session_id,
                mechanic_id=mechanic.id,
                total_cents=price_cents,
                fee_cents=share.fee_cents,
                share_cents=share.share_cents,
                currency="usd",
                created_at=ended_at,
            )
        )
    return str(session_id)


async def ask(api: httpx.AsyncClient, who: Person, **days: str) -> httpx.Response:
    return await api.get(ADDRESS, params=days, headers=who.headers)


async def test_every_job_has_a_line_and_they_add_up(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    older = await a_job(mechanic, datetime(2026, 3, 1, 12, tzinfo=UTC))
    newer = await a_job(mechanic, datetime(2026, 3, 2, 8, tzinfo=UTC), price_cents=2999)
    await a_session(await a_customer(), mechanic, SessionStatus.cancelled)
    await a_job(await a_mechanic(), datetime(2026, 3, 2, 8, tzinfo=UTC))
    told: dict[str, Any] = (await ask(api, mechanic)).json()
    assert (told["from"], told["to"], told["shareCents"]) == ("2026-02-01", "2026-03-02", 3200)
    assert [(line["sessionId"], line["feeCents"], line["shareCents"]) for line in told["items"]] == [(newer, 599, 2400), (older, 199, 800)]
    assert told["items"][0]["endedAt"] == "2026-03-02T08:00:00Z"


async def test_days_are_the_mechanics_own(database: str, api: httpx.AsyncClient) -> None:
    mechanic = await a_mechanic()
    await api.patch("/api/mechanics/me", json={"timeZone": "Pacific/Auckland"}, headers=mechanic.headers)
    job = await a_job(mechanic, datetime(2026, 3, 1, 11, 30, tzinfo=UTC))  # the second of March there
    found = {day: (await ask(api, mechanic, **{"from": day, "to": day})).json()["items"] for day in ("2026-03-01", "2026-03-02")}
    assert ([], [job]) == (found["2026-03-01"], [line["sessionId"] for line in found["2026-03-02"]])


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"from": "2026-03-02", "to": "2026-03-01"}, "from"),
        ({"from": "2025-01-01", "to": "2026-03-01"}, "from"),
        ({"from": "yesterday"}, "from"),
        ({"to": "9999-12-31"}, "to"),
    ],
)
async def test_a_wrong_span_is_named(database: str, api: httpx.AsyncClient, days: dict[str, str], field: str) -> None:
    assert wrong_fields(await ask(api, await a_mechanic(), **days)) == (422, [field])


async def test_a_year_is_told_at_once(database: str, api: httpx.AsyncClient) -> None:
    assert (await ask(api, await a_mechanic(), **{"from": "2025-03-02", "to": "2026-03-01"})).status_code == 200


async def test_earnings_are_mechanics_own(database: str, api: httpx.AsyncClient) -> None:
    assert refusal(await api.get(ADDRESS)) == (401, "unauthenticated")
    assert refusal(await ask(api, await a_customer())) == (403, "forbidden")
