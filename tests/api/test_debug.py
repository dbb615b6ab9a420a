"""The source's twelve tools (section 5.8): what each finds, what it puts right by the rules, and that it is written down."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.matching import service as matching
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import RequestStatus
from autodoctor.payments.models import Refund
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from tests.api.admin_calls import acts, get, page_by_page
from tests.api.identity import mails_to
from tests.api.worlds import accepted, completed, live, paid, refusal, wrong_fields
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer, a_mechanic, an_admin, logged_in_again
from tests.scheduling.booking_worlds import a_working_mechanic, book, in_hours
from tests.worlds import session_row

HEALTHY = {"GET": ("session-requests", "session-health"), "POST": ("cleanup-sessions", "clear-old-requests", "cleanup-ghost-requests")}
WITHOUT_BODY = ("cleanup-live-sessions", "reset-broken-requests", "fix-schema")


async def use(api: httpx.AsyncClient, admin: Person, tool: str, **body: Any) -> Any:
    answer = await api.post(f"/api/debug/{tool}", json={name: str(value) for name, value in body.items()}, headers=admin.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def done(stats: dict[str, int]) -> dict[str, int]:
    """What a cleanup has put right."""
    return {name: count for name, count in stats.items() if count and name != "totalCleaned"}


async def change(table: type, row_id: object, **values: object) -> None:
    """As no use case of ours would: a restored backup, or somebody's hand in the database."""
    async with unit_of_work() as db:
        await db.execute(sa.update(table).where(col(table.id) == row_id).values(**values))


async def refunds() -> list[int]:
    return [each.amount_cents for each in await rows_of(Refund)]


async def test_each_use_is_written_down_under_its_name(database: str, api: httpx.AsyncClient) -> None:
    admin, mechanic, customer = await an_admin(), await a_mechanic(), await a_customer()
    for tool in HEALTHY["GET"]:
        await get(api, admin, f"/api/debug/{tool}")
    await get(api, admin, "/api/debug/mechanic-requests", mechanicId=str(mechanic.id))
    for tool in (*HEALTHY["POST"], *WITHOUT_BODY):
        await use(api, admin, tool)
    await use(api, admin, "clear-customer-sessions", customerId=customer.id)
    await use(api, admin, "force-cancel-session", sessionId=(await paid()).session_id, reason="Lost in the post")
    told = await acts()
    assert [action for action, *_ in told] == [
        "inspect_requests",
        "inspect_health",
        "inspect_board",
        "sweep",
        "clear_old_requests",
        "cleanup_ghost_requests",
        "cleanup_live_sessions",
        "reset_broken_requests",
        "inspect_schema",
        "clear_customer_sessions",
        "force_cancel",
    ]
    assert told[-1][3] == {"reason": "Lost in the post", "was": "pending", "refund_cents": 999}


async def test_requests_stand_beside_their_sessions(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    worlds = [await paid(), await accepted(), await live(), await completed()]
    path = "/api/debug/session-requests"
    assert set(await page_by_page(api, admin, path)) == {str(each.request_id) for each in worlds}
    assert all(each["fits"] for each in (await get(api, admin, path))["items"])
    for world, values in ((worlds[0], {"status": "live"}), (worlds[1], {"status": "pending"}), (worlds[2], {"mechanic_id": None})):
        await change(Session, world.session_id, **values)
    await change(SessionRequest, worlds[3].request_id, status=RequestStatus.unattended)
    assert not any(each["fits"] for each in (await get(api, admin, path))["items"])
    assert wrong_fields(await api.get(path, params={"cursor": "x"}, headers=admin.headers)) == (422, ["cursor"])


async def test_a_mechanics_board_is_explained(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, other = await an_admin(), await a_working_mechanic()
    customer = await a_customer()
    booked = await book(customer, in_hours(2), other)
    fixed_clock.advance(hours=2)
    admin = await logged_in_again(admin)
    async with unit_of_work() as db:
        await matching.offer_booked(db, booked)
    plain, passed, diagnostic = await paid(), await paid(), await paid(plan=PlanCode.diagnostic)
    mechanic = plain.mechanic
    await api.post(f"/api/mechanics/requests/{passed.request_id}/pass", headers=mechanic.headers)
    board = await get(api, admin, "/api/debug/mechanic-requests", mechanicId=str(mechanic.id))
    assert (board["status"], board["seniority"], board["holds"]) == ("approved", "junior", None)
    assert {each["sessionId"]: each["whyNot"] for each in board["offers"]} == {
        str(plain.session_id): "",
        str(passed.session_id): "Has passed on it",
        str(diagnostic.session_id): "A Full Diagnostic needs a senior mechanic",
        str(booked): "Is offered to the mechanic of its booking first",
    }
    busy = await accepted()
    assert (await get(api, admin, "/api/debug/mechanic-requests", mechanicId=str(busy.mechanic.id)))["holds"] == str(busy.request_id)
    answer = await api.get("/api/debug/mechanic-requests", params={"mechanicId": str(new_id())}, headers=admin.headers)
    assert refusal(answer) == (404, "not_found")
    assert wrong_fields(await api.get("/api/debug/mechanic-requests", headers=admin.headers)) == (422, ["mechanicId"])


async def test_the_health_says_what_is_late_and_a_cleanup_puts_it_right(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, ghost = await an_admin(), await completed()
    await change(SessionRequest, ghost.request_id, status=RequestStatus.accepted)
    await paid()
    fixed_clock.advance(minutes=119)
    admin = await logged_in_again(admin)
    await live()
    await accepted()
    fixed_clock.advance(minutes=31)
    admin = await logged_in_again(admin)
    health = await get(api, admin, "/api/debug/session-health")
    assert done(health["late"]) == {"expiredRequests": 1, "expiredTokens": 1, "acceptedRequests": 1, "orphanedSessions": 1}
    assert (health["sessions"], health["outboxParked"]) == ({"completed": 1, "pending": 1, "live": 1, "waiting": 1}, 0)
    assert health["deadlinesOverdue"] > 0
    assert health["oldestDeadlineSeconds"] == 145 * 60
    assert done(await use(api, admin, "cleanup-sessions")) == done(health["late"])
    assert done((await get(api, admin, "/api/debug/session-health"))["late"]) == {}


async def test_old_requests_and_ghosts_are_closed(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, old, ghost = await an_admin(), await paid(), await completed()
    await change(SessionRequest, ghost.request_id, status=RequestStatus.accepted)
    assert done(await use(api, admin, "cleanup-ghost-requests")) == {"expiredRequests": 1}
    assert await ghost.consultation.statuses() == ("completed", "completed")
    fixed_clock.advance(hours=2)
    admin = await logged_in_again(admin)
    young = await paid()
    assert done(await use(api, admin, "clear-old-requests")) == {"expiredTokens": 1}
    assert await old.consultation.statuses() == ("expired", "cancelled")
    assert await young.consultation.statuses() == ("pending", "pending")
    assert await refunds() == [999]


async def test_live_sessions_beyond_their_end_are_ended(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, over, alone = await an_admin(), await live(), await live()
    await change(Session, alone.session_id, mechanic_away_since=fixed_clock(), waits_for_mechanic=True)
    assert done(await use(api, admin, "cleanup-live-sessions")) == {}
    fixed_clock.advance(minutes=31)
    admin = await logged_in_again(admin)
    running = await live()
    assert done(await use(api, admin, "cleanup-live-sessions")) == {"orphanedSessions": 2}
    assert await over.consultation.statuses() == ("completed", "completed")
    assert await alone.consultation.statuses() == ("cancelled", "cancelled")
    assert await running.consultation.statuses() == ("accepted", "live")
    assert await refunds() == [999]


async def test_one_customers_stale_sessions_are_cleared_and_nobody_elses(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, theirs, others = await an_admin(), await paid(), await paid()
    fixed_clock.advance(hours=2)
    admin = await logged_in_again(admin)
    assert done(await use(api, admin, "clear-customer-sessions", customerId=theirs.customer.id)) == {"expiredTokens": 1}
    assert await theirs.consultation.statuses() == ("expired", "cancelled")
    assert await others.consultation.statuses() == ("pending", "pending")
    for body, told in (({"customerId": str(new_id())}, (404, "not_found")), ({"customerId": "x"}, (422, "validation"))):
        answer = await api.post("/api/debug/clear-customer-sessions", json=body, headers=admin.headers)
        assert refusal(answer) == told


async def test_what_has_come_apart_is_offered_anew(database: str, api: httpx.AsyncClient) -> None:
    admin, whole, healthy = await an_admin(), await accepted(), await live()
    without_mechanic, with_another, unasked = await accepted(), await accepted(), await accepted()
    await change(Session, without_mechanic.session_id, status=SessionStatus.pending, mechanic_id=None)
    await change(Session, with_another.session_id, mechanic_id=(await a_mechanic()).id)
    await change(SessionRequest, unasked.request_id, status=RequestStatus.pending, mechanic_id=None)
    broken = [without_mechanic, with_another, unasked]
    told = await use(api, admin, "reset-broken-requests")
    assert told == {"success": True, "reset": sorted(str(each.request_id) for each in broken)}
    for world in broken:
        assert await world.consultation.statuses() == ("pending", "pending")
        assert (await session_row(world.consultation)).mechanic_id is None
    assert [await each.consultation.statuses() for each in (whole, healthy)] == [("accepted", "waiting"), ("accepted", "live")]
    assert (await use(api, admin, "reset-broken-requests"))["reset"] == []


@pytest.mark.parametrize("make", [paid, accepted, live])
async def test_a_session_that_can_not_go_on_is_cancelled_with_its_money_back(database: str, api: httpx.AsyncClient, make: Any) -> None:
    admin, world = await an_admin(), await make()
    told = await use(api, admin, "force-cancel-session", sessionId=world.session_id)
    assert told == {"success": True, "sessionId": str(world.session_id), "refundCents": 999}
    assert await world.consultation.statuses() == ("cancelled", "cancelled")
    assert await refunds() == [999]
    assert "cancelled" in (await mails_to(world.customer.caller.email))[0].subject
    again = await api.post("/api/debug/force-cancel-session", json={"sessionId": str(world.session_id)}, headers=admin.headers)
    assert refusal(again) == (409, "invalid_transition")
    assert len(await acts()) == 1


async def test_a_booking_and_an_orphan_are_cancelled_too(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, customer, orphan = await an_admin(), await a_customer(), await paid()
    booked = await book(customer, in_hours(3), await a_working_mechanic())
    await change(SessionRequest, orphan.request_id, status=RequestStatus.cancelled)
    for session_id in (booked, orphan.session_id):
        assert (await use(api, admin, "force-cancel-session", sessionId=session_id))["refundCents"] == 999
    assert await refunds() == [999, 999]
    for body, told in (({"sessionId": str(new_id())}, (404, "not_found")), ({}, (422, "validation"))):
        assert refusal(await api.post("/api/debug/force-cancel-session", json=body, headers=admin.headers)) == told


async def test_the_schema_is_looked_at_and_left_alone(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    told = await use(api, admin, "fix-schema")
    assert (told["isCurrent"], told["differences"], told["revision"]) == (True, [], told["head"])
    async with unit_of_work() as db:
        await db.execute(sa.text("DROP INDEX sessions_status_idx"))
        await db.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    for _ in range(2):
        told = await use(api, admin, "fix-schema")
        assert (told["isCurrent"], told["differences"], told["revision"]) == (False, ["add index sessions.sessions_status_idx"], "0001")
