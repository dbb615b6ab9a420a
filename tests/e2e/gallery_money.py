"""The administrators' money in the gallery: a payment of each kind of trouble, made once, and the pages that show it."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from typing import Any

import httpx
from playwright.sync_api import Page

from tests.e2e.gallery_business import do_business
from tests.e2e.gallery_moments import unattended, write
from tests.e2e.gallery_shot import Shot, cookie
from tests.e2e.gallery_world import World, a_customer
from tests.e2e.people import MechanicPerson
from tests.e2e.server import wait_until

PATH = "/admin/money?tab="
LISTS = ("payments", "refunds", "disputes", "payouts", "events", "reconciliation")
TROUBLED = "Toni Ledger"
_STUCK_EVENT = """UPDATE stripe_events SET status = 'parked', attempts = 14, error = 'ConnectionError: the database is down'
WHERE id = (SELECT id FROM stripe_events WHERE type = 'checkout.session.completed' ORDER BY received_at LIMIT 1)"""
_STUCK_MAIL = """UPDATE outbox SET status = 'parked', attempts = 12, last_error = 'the mail server refuses it'
WHERE id = (SELECT id FROM outbox WHERE kind = 'mail' ORDER BY created_at LIMIT 1)"""


def money_shots(world: World) -> list[Shot]:
    """Every tab: one without trouble, then all of them with it, and a session of which a part goes back."""
    admin, session = cookie(world.admin), f"/admin/sessions/{world.rated_session}"
    return [
        Shot("admin-money-nothing-stuck", f"{PATH}events", admin),
        Shot("admin-money-overview", f"{PATH}overview", admin, before=lambda: make_trouble(world), then=_until_stripe_answered),
        Shot("admin-money-overview-empty", f"{PATH}overview&span=last-month", admin, then=_until_stripe_answered),
        *(Shot(f"admin-money-{name}", f"{PATH}{name}", admin, before=lambda: make_trouble(world)) for name in LISTS),
        Shot("admin-session", session, admin),
        Shot("admin-session-refund", session, admin, then=_ask_for_a_part),
        Shot("admin-session-missing", f"/admin/sessions/{uuid.uuid4()}", admin),
    ]


def make_trouble(world: World) -> None:
    """A part given back, a refund that failed, a dispute that is open and one that is lost, an event and a mail that are stuck, and a
    payment of which our books say something else. A second time it changes nothing.
    """
    if _read(world, "SELECT count(*) FROM money_differences") != (0,):
        return
    mechanic = MechanicPerson(world.server).ready()
    mechanic.call("PATCH", "/api/mechanics/me", json={"name": TROUBLED})
    part, whole, disputed, lost, unlike = (_took_place(world, mechanic) for _ in range(5))
    _give_back(world, part, amountCents=400, reason="The sound was bad")
    _give_back(world, whole, reason="The mechanic had to leave early")
    _press(world, "fail_refund", "refunds", whole)
    for session_id in (disputed, lost):
        _press(world, "dispute", "charges", session_id)
    _press(world, "lose", "disputes", lost)
    write(world, _STUCK_EVENT)
    write(world, _STUCK_MAIL)
    write(world, "UPDATE payments SET amount_cents = 899 WHERE session_id = ?", uuid.UUID(unlike).hex)
    world.server.cli("reconcile")


def a_month_and_trouble(world: World) -> None:
    """Business up to yesterday, once, and everything that needs a hand."""
    if _read(world, "SELECT count(*) FROM session_requests WHERE created_at < datetime('now', '-1 day')") == (0,):
        do_business(world.server)
    make_trouble(world)
    unattended(world)


def _took_place(world: World, mechanic: MechanicPerson) -> str:
    """A Quick Chat from its payment to its end."""
    customer = a_customer(world.server)
    active = customer.paid_request()
    session_id = active["session"]["id"]
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    mechanic.post(f"/api/sessions/{session_id}/end")
    return session_id


def _give_back(world: World, session_id: str, **how: object) -> None:
    world.admin.post(f"/api/admin/sessions/{session_id}/refund", how)
    query = "SELECT r.status FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE p.session_id = ?"
    wait_until(lambda: _read(world, query, uuid.UUID(session_id).hex) == ("succeeded",), what="Stripe to have the refund")


def _press(world: World, action: str, kind: str, session_id: str) -> None:
    """A button of the sandbox's dashboard, beside the newest object of this kind that is about the session's payment."""
    (intent,) = _read(world, "SELECT payment_intent_id FROM payments WHERE session_id = ?", uuid.UUID(session_id).hex)
    address = f"{world.server.url}/dev/stripe/"
    found = httpx.get(f"{address}v1/{kind}", params={"payment_intent": intent}, headers={"Authorization": "Bearer sk_test_1"}, timeout=20)
    form = {"action": action, "id": found.json()["data"][0]["id"]}
    assert httpx.post(address, data=form, timeout=20).status_code == 303, form


def _read(world: World, query: str, *values: str) -> tuple[Any, ...]:
    with closing(sqlite3.connect(world.server.database, timeout=20)) as db:
        return db.execute(query, values).fetchone()


def _until_stripe_answered(page: Page) -> None:
    page.get_by_role("button", name="Ask Stripe again").wait_for()


def _ask_for_a_part(page: Page) -> None:
    page.get_by_label("Amount in US dollars").fill("2.50")
    page.get_by_label("Why").fill("The sound was bad")
    page.get_by_role("status").filter(has_text="$2.50 of").wait_for()
    page.get_by_role("button", name="Refund…").click()
    page.get_by_role("button", name="Refund $2.50").wait_for()
