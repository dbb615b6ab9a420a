"""Mechanics with money in every state, for the gallery: all of it moved by the sandbox and the REST API."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx

from tests.e2e.people import CustomerPerson, MechanicPerson, Person
from tests.e2e.server import LiveServer, wait_until


@dataclass(frozen=True)
class Earners:
    """`paid` has an account and a share in each state, `unready` left details out of theirs and has earned something."""

    paid: MechanicPerson
    unready: MechanicPerson


def earners(customer: CustomerPerson, admin: Person) -> Earners:
    """A customer has seen both of them, several times."""
    server = customer.server
    paid, unready = MechanicPerson(server).ready(), MechanicPerson(server).ready()
    set_up(paid, "finish")
    set_up(unready, "leave_out")
    for plan in ("video15", "chat10", "chat10"):
        talk(customer, paid, plan)
    _wait(paid, ["sent"] * 3)
    first, _, third = [each["sessionId"] for each in paid.get("/api/mechanics/payouts")["items"]]
    give_back(admin, first, 999, "Booked twice")
    give_back(admin, third, 500, "The picture froze for ten minutes")
    _wait(paid, ["reversed", "sent", "sent"])
    tip(customer, third, 500)
    talk(customer, paid, "chat10", disputed_before=admin)
    talk(customer, unready, "video15")
    _wait(paid, ["held", "sent", "reversed", "sent", "sent"])
    return Earners(paid, unready)


def set_up(mechanic: MechanicPerson, action: str) -> None:
    """They press this button of the page where an account is filled in."""
    httpx.post(mechanic.post("/api/mechanics/stripe/onboard")["url"], data={"action": action}, timeout=20)


def talk(customer: CustomerPerson, mechanic: MechanicPerson, plan: str, *, disputed_before: Person | None = None) -> str:
    """A paid session, held and ended; while it runs, the customer's bank may take the payment back, which this administrator sees."""
    active = customer.paid_request(plan)
    session_id = active["session"]["id"]
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    if disputed_before:
        dispute_newest(customer.server)
        wait_until(lambda: disputed_before.get("/api/admin/disputes")["items"], what="the bank's word")
    mechanic.post(f"/api/sessions/{session_id}/end")
    return session_id


def tip(customer: CustomerPerson, session_id: str, cents: int) -> None:
    """The customer thanks the mechanic of this session."""
    url = customer.post(f"/api/sessions/{session_id}/tip", {"amountCents": cents})["checkoutUrl"]
    httpx.post(url, data={"action": "pay"}, timeout=20)


def give_back(admin: Person, session_id: str, cents: int, reason: str) -> None:
    """An administrator gives a part of what was paid for a session back."""
    admin.post(f"/api/admin/sessions/{session_id}/refund", {"amountCents": cents, "reason": reason})


def dispute_newest(server: LiveServer) -> None:
    """The bank of whoever paid last takes the payment back."""
    address = f"{server.url}/dev/stripe/"
    charge = re.search(r"ch_\w+", httpx.get(address, timeout=20).text)
    assert charge, "nobody has paid"
    httpx.post(address, data={"action": "dispute", "id": charge[0]}, timeout=20)


def _wait(mechanic: MechanicPerson, statuses: list[str]) -> None:
    def seen() -> list[str]:
        return [each["status"] for each in mechanic.get("/api/mechanics/payouts")["items"]]

    wait_until(lambda: seen() == statuses, what=f"payouts that are {statuses}", evidence=lambda: str(seen()))
