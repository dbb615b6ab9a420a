"""The server is down when deadlines fall due: they fire within five seconds of its start, once (L4)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.e2e.people import CustomerPerson
from tests.e2e.server import LiveServer, wait_until


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[LiveServer]:
    live = LiveServer(tmp_path, UNATTENDED_AFTER_S="2", EXPIRES_AFTER_S="5")
    live.start()
    yield live
    live.stop()


def a_customer(server: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer


def mails_to(customer: CustomerPerson, words: str) -> int:
    return len([each for each in customer.get("/api/dev/outbox", params={"to": customer.email})["items"] if words in each["subject"]])


def test_what_fell_due_while_the_server_was_down_fires_after_its_start(hasty: LiveServer) -> None:
    customers = [a_customer(hasty) for _ in range(3)]
    for customer in customers:
        customer.pay(customer.check_out())
    wait_until(lambda: all(each.active()["request"] for each in customers), what="the requests")
    paid_at = max(datetime.fromisoformat(each.active()["request"]["paidAt"]) for each in customers)
    hasty.kill()
    wait_until(lambda: (datetime.now(UTC) - paid_at).total_seconds() > 6, what="the two hours to be over")
    started = time.monotonic()
    hasty.start()
    wait_until(lambda: not any(each.active()["request"] for each in customers), what="the late deadlines to fire", within_s=5)
    print(f"\nfired {time.monotonic() - started:.1f} s after the command to start")
    for customer in customers:
        assert [each["status"] for each in customer.get("/api/customer/bookings")["items"]] == ["cancelled"]
        assert mails_to(customer, "is on its way back") == 1
