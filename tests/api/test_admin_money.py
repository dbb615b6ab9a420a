"""The administrators' routes of money: figures, giving back, payouts, disputes, what failed, exports (section 7)."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx

from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Dispute, Refund, RefundStatus
from autodoctor.payments.reconciliation_models import MoneyDifference, Reconciliation
from autodoctor.payouts.exports import Export
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.earned import Earned, earned, let_receive
from tests.people import Person, a_customer, an_admin

LISTS = ("payments", "refunds", "payouts", "disputes", "events", "outbox")


async def get(api: httpx.AsyncClient, admin: Person, path: str, **params: Any) -> Any:
    answer = await api.get(f"/api/admin/{path}", params=params, headers=admin.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refund(api: httpx.AsyncClient, admin: Person, world: Earned, **body: Any) -> httpx.Response:
    return await api.post(f"/api/admin/sessions/{world.session_id}/refund", json={"reason": "A long wait"} | body, headers=admin.headers)


async def add(*rows: Any) -> None:
    async with unit_of_work() as db:
        db.add_all(rows)


async def test_a_part_is_given_back_once(database: str, api: httpx.AsyncClient) -> None:
    admin, world, key = await an_admin(), await earned(), str(new_id())
    first, second = [await refund(api, admin, world, amountCents=500, key=key) for _ in range(2)]
    (row,) = await rows_of(Refund)
    assert first.json() == second.json() == {"success": True, "refundedCents": 500, "refundIds": [str(row.id)]}
    (paid,) = (await get(api, admin, "payments"))["items"]
    assert (paid["customerName"], paid["amountCents"], paid["purpose"], paid["sessionId"]) == (
        "Robin Sample",
        999,
        "plan",
        str(world.session_id),
    )
    (listed,) = (await get(api, admin, "refunds"))["items"]
    assert (listed["by"], listed["amountCents"], listed["status"]) == ("Kim Admin", 500, "requested")
    (payout,) = (await get(api, admin, "payouts", status="waiting"))["items"]
    assert (payout["shareCents"], payout["mechanicName"], payout["isReady"]) == (400, "Sam Wrench", False)


async def test_what_can_not_go_back_says_why(database: str, api: httpx.AsyncClient) -> None:
    admin, world = await an_admin(), await earned()
    for body, field in (({"amountCents": 1000}, "amountCents"), ({"amountCents": 0}, "amountCents"), ({"reason": " "}, "reason")):
        answer = await refund(api, admin, world, **body)
        assert answer.status_code == 422
        assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert (await refund(api, admin, world)).json()["refundedCents"] == 999
    again = await refund(api, admin, world)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_refund")
    unknown = await api.post(f"/api/admin/sessions/{new_id()}/refund", json={"reason": "Why"}, headers=admin.headers)
    assert unknown.status_code == 404


async def test_the_figures_are_those_of_the_ledger(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin = await an_admin()
    await earned()
    money = await get(api, admin, "money", **{"from": "2026-03-01", "to": "2026-03-02"})
    assert (money["flows"]["volumeCents"], money["flows"]["feesCents"], money["flows"]["sharesCents"]) == (999, 199, 800)
    assert (money["standing"]["stripeCents"], money["standing"]["heldCents"], money["standing"]["payableCents"]) == (999, 0, 800)
    assert [(each["day"], each["volumeCents"]) for each in money["days"]] == [("2026-03-01", 0), ("2026-03-02", 999)]
    assert (await get(api, admin, "money"))["from"] == "2026-02-01"
    for span in ({"from": "2026-03-03", "to": "2026-03-02"}, {"from": "2020-01-01"}, {"to": "9999-12-31"}, {"from": "x"}):
        assert (await api.get("/api/admin/money", params=span, headers=admin.headers)).status_code == 422


async def test_a_share_that_waits_is_looked_at_again(database: str, api: httpx.AsyncClient) -> None:
    admin, world = await an_admin(), await earned()
    path = f"/api/admin/payouts/{(await world.payout()).id}/retry"
    assert (await api.post(path, headers=admin.headers)).json()["payout"]["status"] == "waiting"
    await let_receive(world.mechanic)
    assert (await api.post(path, headers=admin.headers)).json()["payout"]["status"] == "sending"
    assert (await api.post(path, headers=admin.headers)).status_code == 409
    assert (await api.post(f"/api/admin/payouts/{new_id()}/retry", headers=admin.headers)).status_code == 404


async def test_a_failed_refund_is_begun_anew(database: str, api: httpx.AsyncClient) -> None:
    admin, world = await an_admin(), await earned()
    failed = Refund(
        payment_id=(await world.payment()).id, key="k", amount_cents=5, reason="r", status=RefundStatus.failed, failure="lost_card"
    )
    await add(failed)
    assert [each["failure"] for each in (await get(api, admin, "refunds", status="failed"))["items"]] == ["lost_card"]
    path = f"/api/admin/refunds/{failed.id}/retry"
    assert [(await api.post(path, headers=admin.headers)).status_code for _ in range(2)] == [200, 409]


async def test_what_failed_is_listed_and_tried_again(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    await add(
        StripeEvent(id="evt_1", type="charge.refunded", object={"id": "ch_1"}, status=EventStatus.parked, attempts=14, error="broken"),
        StripeEvent(id="evt_2", type="charge.refunded", status=EventStatus.processed),
        StripeEvent(id="evt_3", type="charge.refunded", attempts=2, error="too early"),
        OutboxEntry(kind="mail", key="m1", status=OutboxStatus.parked, attempts=12, last_error="broken"),
    )
    first = await get(api, admin, "events", limit=1)
    rest = await get(api, admin, "events", limit=1, cursor=first["nextCursor"])
    assert {each["id"] for page in (first, rest) for each in page["items"]} == {"evt_1", "evt_3"}
    (entry,) = (await get(api, admin, "outbox"))["items"]
    for path in ("events/evt_1/process", f"outbox/{entry['id']}/retry"):
        assert [(await api.post(f"/api/admin/{path}", headers=admin.headers)).status_code for _ in range(2)] == [200, 404]
    assert (await get(api, admin, "outbox"))["items"] == []


async def test_disputes_and_differences_are_listed(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, world = await an_admin(), await earned()
    now = fixed_clock()
    await add(
        Dispute(payment_id=(await world.payment()).id, stripe_dispute_id="dp_1", amount_cents=999, reason="fraudulent", due_by=now),
        Reconciliation(since=now, finished_at=now, checked={"charges": 3}, mended=1, differences=1),
        MoneyDifference(kind="charge", reference="pi_1", ours_cents=None, theirs_cents=5, note="Unknown here", seen_at=now),
    )
    (dispute,) = (await get(api, admin, "disputes", status="open"))["items"]
    assert (dispute["stripeDisputeId"], dispute["customerName"], dispute["sessionId"]) == ("dp_1", "Robin Sample", str(world.session_id))
    assert (await get(api, admin, "disputes", status="won"))["items"] == []
    compared = await get(api, admin, "reconciliation")
    assert [(each["checked"], each["mended"]) for each in compared["runs"]] == [({"charges": 3}, 1)]
    assert [(each["reference"], each["oursCents"], each["theirsCents"]) for each in compared["differences"]] == [("pi_1", None, 5)]


async def test_the_books_can_be_taken_home(database: str, api: httpx.AsyncClient) -> None:
    admin, world = await an_admin(), await earned()
    await refund(api, admin, world, amountCents=500, reason="=cmd()")
    await add(Dispute(payment_id=(await world.payment()).id, stripe_dispute_id="dp_1", amount_cents=999, reason="fraudulent"))
    sheets = {}
    for what in Export:
        answer = await api.get(f"/api/admin/exports/{what}", headers=admin.headers)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
        assert f'filename="{what.name}-' in answer.headers["content-disposition"]
        sheets[what] = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["amount"], row["customer"], row["for"]) for row in sheets[Export.payments]] == [("9.99", "Robin Sample", "plan")]
    assert [(row["amount"], row["reason"], row["status"]) for row in sheets[Export.refunds]] == [("5.00", "'=cmd()", "requested")]
    assert [(row["share"], row["mechanic"]) for row in sheets[Export.payouts]] == [("4.00", "Sam Wrench")]
    assert [row["dispute"] for row in sheets[Export.disputes]] == ["dp_1"]
    assert sum(round(float(row["amount"]) * 100) for row in sheets[Export.ledger]) == 0
    assert {row["movement"] for row in sheets[Export.ledger]} == {"charge", "earn", "adjust"}
    assert (await api.get("/api/admin/exports/secrets.csv", headers=admin.headers)).status_code == 422
    empty = await api.get("/api/admin/exports/payments.csv", params={"from": "2020-01-01", "to": "2020-01-02"}, headers=admin.headers)
    assert len(empty.text.splitlines()) == 1


async def test_nobody_else_gets_in(database: str, api: httpx.AsyncClient) -> None:
    world = await earned()
    reads = [*(f"/api/admin/{name}" for name in (*LISTS, "money", "reconciliation")), "/api/admin/exports/ledger.csv"]
    writes = [
        f"/api/admin/sessions/{world.session_id}/refund",
        f"/api/admin/refunds/{new_id()}/retry",
        f"/api/admin/payouts/{(await world.payout()).id}/retry",
        "/api/admin/events/evt_1/process",
        f"/api/admin/outbox/{new_id()}/retry",
    ]
    for who in (await a_customer(), world.customer, world.mechanic):
        for verb, paths in (("GET", reads), ("POST", writes)):
            for path in paths:
                body = {"json": {"reason": "Mine"}} if path.endswith("refund") else {}
                assert (await api.request(verb, path, headers=who.headers, **body)).status_code == 403
    assert await rows_of(Refund) == []
