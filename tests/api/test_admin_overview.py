"""The administrators' figures, and the log of what they did (section 7)."""

from __future__ import annotations

from typing import Any

import httpx

from autodoctor.core.db import unit_of_work
from autodoctor.matching import service as matching
from tests.api.admin_calls import get, page_by_page
from tests.api.worlds import completed, paid, wrong_fields
from tests.conftest import Clock
from tests.people import an_admin, logged_in_again
from tests.worlds import accept

METRICS, AUDIT = "/api/admin/metrics", "/api/admin/audit"


async def test_the_figures_of_a_span(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin = await an_admin()
    await completed()  # accepted at once
    for waited in (60, 90, 200):
        world = await paid()
        fixed_clock.advance(seconds=waited)
        await accept(world.mechanic, world.consultation)
    fixed_clock.advance(hours=20)
    admin = await logged_in_again(admin)
    lost, _waits = await paid(), await paid()
    async with unit_of_work() as db:
        await matching.cancel(db, lost.customer.caller, lost.request_id)
    told = await get(api, admin, METRICS, **{"from": "2026-03-01", "to": "2026-03-03"})
    assert (told["from"], told["to"]) == ("2026-03-01", "2026-03-03")
    assert told["today"] == {"sessionsToday": 2, "active": 3, "unattended": 0, "intakes": 0}
    demand = [(each["day"][-2:], each["requests"], each["matched"], each["expired"], each["cancelled"]) for each in told["demand"]]
    assert demand == [("01", 0, 0, 0, 0), ("02", 4, 4, 0, 0), ("03", 2, 0, 0, 1)]
    matches = [(each["matched"], each["medianSeconds"]) for each in told["timeToMatch"]]
    assert matches == [(0, None), (4, 75.0), (0, None)]
    assert [each["volumeCents"] for each in told["revenue"]] == [0, 4 * 999, 2 * 999]


async def test_the_median_of_an_odd_number_is_the_one_in_the_middle(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin = await an_admin()
    for waited in (10, 250, 40):
        world = await paid()
        fixed_clock.advance(seconds=waited)
        await accept(world.mechanic, world.consultation)
    told = await get(api, admin, METRICS, **{"from": "2026-03-02", "to": "2026-03-02"})
    assert [each["medianSeconds"] for each in told["timeToMatch"]] == [40.0]


async def test_a_span_is_a_year_at_most(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin = await an_admin()
    assert len((await get(api, admin, METRICS))["demand"]) == 30
    for span in ({"from": "2026-03-03", "to": "2026-03-02"}, {"from": "2024-01-01"}, {"to": "x"}):
        assert wrong_fields(await api.get(METRICS, params=span, headers=admin.headers))[0] == 422


async def test_the_log_is_found_by_who_did_what_to_which(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    first, second, world = await an_admin(), await an_admin(), await paid()
    await api.post("/api/debug/cleanup-sessions", headers=first.headers)
    fixed_clock.advance(days=1)
    first, second = await logged_in_again(first), await logged_in_again(second)
    path = f"/api/admin/requests/{world.request_id}/assign"
    await api.post(path, json={"mechanicId": str(world.mechanic.id)}, headers=second.headers)
    everything = await page_by_page(api, first, AUDIT)
    assert len(everything) == 2
    told: dict[str, Any] = (await get(api, first, AUDIT, action="assign_mechanic"))["items"][0]
    assert (told["adminId"], told["adminName"], told["entity"]) == (str(second.id), "Kim Admin", "request")
    assert (told["entityId"], told["details"]) == (str(world.request_id), {"mechanic_id": str(world.mechanic.id)})
    for wanted, found in (
        ({"admin": str(first.id)}, everything[1:]),
        ({"entity": "request"}, everything[:1]),
        ({"entityId": str(world.request_id)}, everything[:1]),
        ({"to": "2026-03-02"}, everything[1:]),
        ({"from": "2026-03-03"}, everything[:1]),
        ({"action": "sweep", "entity": "request"}, []),
    ):
        assert [each["id"] for each in (await get(api, first, AUDIT, **wanted))["items"]] == found, wanted
    for wanted, field in (({"admin": "x"}, "admin"), ({"cursor": "x"}, "cursor"), ({"from": "2026-03-02", "to": "2026-03-01"}, "from")):
        assert wrong_fields(await api.get(AUDIT, params=wanted, headers=first.headers)) == (422, [field])
