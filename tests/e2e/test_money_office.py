"""Money as administrators and customers see it, in real windows: given back, disputed, stuck, compared, taken home (P2, P4, P5, P7)."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.gallery_shot import cookie
from tests.e2e.people import PASSWORD, CustomerPerson, Person
from tests.e2e.server import LiveServer
from tests.e2e.test_room import a_match, running
from tests.reports.reading_pdf import text_of

Open = Callable[[Person], Page]


@pytest.fixture
def window(browser: Browser) -> Iterator[Open]:
    """Opens a window that is logged in as somebody."""
    opened = []

    def open_as(person: Person) -> Page:
        context = browser.new_context(base_url=person.server.url, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        for name, value in cookie(person).items():
            context.add_cookies([{"name": name, "value": value, "url": person.server.url, "httpOnly": True}])
        opened.append(context)
        return context.new_page()

    yield open_as
    for context in opened:
        context.close()


def an_admin(server: LiveServer) -> Person:
    admin = Person(server)
    server.cli("create-admin", "--email", admin.email, "--name", "Kim Admin", "--password", PASSWORD)
    admin.carry(admin.post("/api/admin/login", {"email": admin.email, "password": PASSWORD})["token"])
    return admin


def a_session(server: LiveServer) -> tuple[CustomerPerson, str]:
    """A Quick Chat for 9.99 that took place."""
    customer, mechanic, session_id = a_match(server)
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    mechanic.post(f"/api/sessions/{session_id}/end")
    return customer, session_id


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name=name).click()


def rows(page: Page, table: str) -> Locator:
    return page.get_by_role("region", name=table).get_by_role("row")


def figure(page: Page, name: str) -> Locator:
    return page.locator(".tiles > div").filter(has=page.get_by_text(name, exact=True)).locator("dd").first


def in_database(server: LiveServer, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(server.database, timeout=20)) as db, db:
        assert db.execute(statement, values).rowcount == 1


def exported(page: Page, what: str) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Export CSV: {what}").click()
    assert re.fullmatch(rf"{what}-\d{{4}}-\d\d-01-\d{{4}}-\d\d-\d\d\.csv", download.value.suggested_filename)
    return list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))


def cents(texts: list[str]) -> int:
    return int(sum(Decimal(each.replace("$", "").replace(",", "")) for each in texts) * 100)


def test_a_part_goes_back_with_a_reason_and_everybody_is_told(server: LiveServer, window: Open) -> None:
    (customer, session_id), admin = a_session(server), an_admin(server)
    page = window(admin)
    page.goto("/admin/money?tab=payments")
    expect(rows(page, "Payments").last).to_contain_text("$9.99")
    page.get_by_role("link", name="Session: Robin Sample").click()
    page.wait_for_url(f"**/admin/sessions/{session_id}")
    expect(figure(page, "Earned by the mechanic")).to_have_text("$8.00")
    page.get_by_label("Amount in US dollars").fill("12")
    expect(page.get_by_text("Only 9.99 USD is left to go back.")).to_be_visible()
    page.get_by_label("Amount in US dollars").fill("4")
    preview = page.get_by_role("status").filter(has_text="goes back")
    expect(preview).to_have_text("$4.00 of $9.99 goes back. The mechanic's share becomes $4.80 instead of $8.00.")
    page.get_by_label("Why").fill("The sound was bad")
    page.get_by_role("button", name="Refund…").click()
    page.get_by_role("button", name="Refund $4.00").click()
    expect(page.get_by_text("$4.00 is on its way back. The customer has been mailed.")).to_be_visible()
    expect(rows(page, "Refunds").last).to_contain_text("Refunded")  # by itself, once Stripe has it
    expect(figure(page, "Earned by the mechanic")).to_have_text("$4.80")

    theirs = window(customer)
    theirs.goto(f"/customer/sessions/{session_id}")
    expect(theirs.get_by_text("$4.00 went back; your bank shows it within 5 to 10 days (The sound was bad).")).to_be_visible()
    receipt = text_of(customer.get(f"/api/sessions/{session_id}/receipt.pdf").content)
    assert "The sound was bad" in receipt and "-4.00" in receipt.replace("−", "-") and "5.99 USD" in receipt


def test_a_dispute_shows_up_on_the_open_page_and_is_lost(server: LiveServer, window: Open) -> None:
    a_session(server)
    page = window(an_admin(server))
    at_stripe = page.context.new_page()
    page.goto("/admin/money?tab=disputes")
    expect(page.get_by_text("No payment is disputed.").first).to_be_visible()
    page.evaluate("window.neverReloaded = true")
    at_stripe.goto("/dev/stripe/")
    at_stripe.get_by_role("button", name="Dispute", exact=True).click()
    expect(rows(page, "Open disputes").last).to_contain_text("$9.99")
    tab(page, "Payouts")
    expect(rows(page, "Payouts that wait").last).to_contain_text("Held: disputed")
    tab(page, "Disputes")
    expect(rows(page, "Open disputes").last).to_contain_text("Evidence counts")
    at_stripe.get_by_role("button", name="Lose").click()
    expect(rows(page, "Decided disputes").last).to_contain_text("Lost")
    expect(page.get_by_role("region", name="Open disputes")).to_have_count(0)
    assert page.evaluate("window.neverReloaded") is True
    tab(page, "Overview")
    expect(figure(page, "Withdrawn by banks")).to_have_text("$9.99")
    expect(figure(page, "Earned by mechanics")).to_have_text("$0.00")


def test_a_failed_event_is_processed_again(server: LiveServer, window: Open) -> None:
    a_session(server)
    page = window(an_admin(server))
    about = "type = 'checkout.session.completed'"
    in_database(server, f"UPDATE stripe_events SET status = 'parked', attempts = 14, error = 'out of order' WHERE {about}")
    page.goto("/admin/money?tab=events")
    row = rows(page, "Failed events").last
    expect(row).to_contain_text("checkout.session.completed")
    expect(row).to_contain_text("After 14 tries: out of order")
    row.get_by_role("button", name="Process again").click()
    expect(page.get_by_text("It is being processed. If it fails again, it comes back here.")).to_be_visible()
    expect(page.get_by_text("Everything that Stripe told was acted on.")).to_be_visible()
    tab(page, "Payments")
    expect(rows(page, "Payments")).to_have_count(2)  # the head, and the one payment


def test_a_comparison_shows_what_it_cannot_mend_until_it_is_gone(server: LiveServer, window: Open) -> None:
    a_session(server)
    page = window(an_admin(server))
    page.goto("/admin/money?tab=reconciliation")
    page.get_by_role("button", name="Compare now").click()
    expect(page.get_by_text("no difference").first).to_be_visible()
    in_database(server, "UPDATE payments SET amount_cents = 899")
    page.get_by_role("button", name="Compare now").click()
    row = rows(page, "Differences").last
    expect(row).to_contain_text("What was paid at Stripe isn't what we have booked.")
    expect(row.locator(".cell-money")).to_have_text(["$8.99", "$9.99"])
    in_database(server, "UPDATE payments SET amount_cents = 999")
    page.get_by_role("button", name="Compare now").click()
    expect(page.get_by_role("region", name="Differences")).to_have_count(0)
    tab(page, "Overview")
    expect(page.get_by_text("Our books and Stripe's agree")).to_be_visible()


def test_the_books_are_taken_home_and_agree_with_the_page(server: LiveServer, window: Open) -> None:
    (_, session_id), admin = a_session(server), an_admin(server)
    a_session(server)
    admin.post(f"/api/admin/sessions/{session_id}/refund", {"amountCents": 250, "reason": "A long wait"})
    page = window(admin)
    page.goto("/admin/money")
    expect(figure(page, "Refunded")).to_have_text("$2.50")
    shown = {name: figure(page, name).inner_text() for name in ("Paid by customers", "Refunded", "Platform fees", "Earned by mechanics")}
    payments, refunds, payouts = (exported(page, what) for what in ("payments", "refunds", "payouts"))
    assert cents([row["amount"] for row in payments]) == cents([shown["Paid by customers"]]) == 1998
    assert [row["reason"] for row in refunds] == ["A long wait"]
    assert cents([row["amount"] for row in refunds]) == cents([shown["Refunded"]])
    assert cents([row["fee"] for row in payouts]) == cents([shown["Platform fees"]])
    assert cents([row["share"] for row in payouts]) == cents([shown["Earned by mechanics"]])
    assert cents([row["amount"] for row in exported(page, "ledger")]) == 0


def test_a_code_and_tax_stand_on_the_payment_page_and_the_receipt(tmp_path: Path, window: Open) -> None:
    with running(tmp_path, STRIPE_TAX="on") as server:
        customer = CustomerPerson(server)
        customer.sign_up()
        customer.verify()
        customer.log_in()
        page = window(customer)
        page.goto(customer.check_out()["url"])
        page.get_by_label("Promotion code").fill("NOSUCH")
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_role("alert")).to_contain_text("We don't know this promotion code.")
        page.get_by_label("Promotion code").fill("WELCOME10")
        page.get_by_role("button", name="Apply").click()
        for name, amount in (("Discount (WELCOME10)", "1.00"), ("Tax (10 %)", "0.90"), ("Total", "9.89")):
            expect(page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))).to_contain_text(amount)
        page.get_by_role("button", name="Pay").click()
        page.wait_for_url("**/intake*")
        session_id = customer.active()["session"]["id"]
        receipt = text_of(customer.get(f"/api/sessions/{session_id}/receipt.pdf").content).replace("−", "-")
        for line in ("Promotion code -1.00", "Sales tax 0.90", "9.89 USD"):
            assert line in receipt, receipt
        admins = window(an_admin(server))
        admins.goto("/admin/money?tab=payments")
        expect(rows(admins, "Payments").last).to_contain_text("$0.90 of it tax, $1.00 taken off by a code")
