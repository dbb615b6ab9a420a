"""A mechanic's money in real browser windows, from the customer's card to a statement that says so (P5, P6)."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson
from tests.e2e.server import LiveServer
from tests.e2e.test_browser_journey import pay_for_a_chat
from tests.e2e.test_room import running, window  # noqa: F401 - a fixture
from tests.reports.reading_pdf import text_of

EARNINGS = "/mechanic/dashboard?tab=earnings"
DONE = "**/mechanic/onboarding/success"


def robin(server: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer


def consult(customer: Page, mechanic: Page) -> None:
    """Paid, accepted, both in the room, and ended by the mechanic."""
    mechanic.goto("/mechanic/dashboard")
    pay_for_a_chat(customer)
    mechanic.get_by_role("article").filter(has_text="Robin").get_by_role("button", name="Accept").click()
    customer.goto("/customer/dashboard")
    for page in (customer, mechanic):
        page.get_by_role("link", name="Join session").click()
        page.wait_for_url("**/chat/*")
    expect(mechanic.get_by_role("timer", name="Time left")).to_contain_text("29:")
    mechanic.get_by_role("button", name="End session").click()
    mechanic.get_by_role("alertdialog").get_by_role("button", name="End session").click()
    mechanic.wait_for_url("**/session/complete?sessionId=*")


def share(page: Page):
    return page.get_by_role("region", name="Every share").get_by_role("row").nth(1)


def test_what_a_customer_paid_reaches_the_mechanics_account_and_their_statement(server: LiveServer, window) -> None:  # noqa: F811
    sam = MechanicPerson(server).ready()
    customer, mechanic, desk = window(robin(server)), window(sam), window(sam)
    consult(customer, mechanic)

    desk.goto("/mechanic/dashboard")
    expect(desk.get_by_text("$8.00 is waiting for your payout account.")).to_be_visible()
    desk.get_by_role("button", name="See why").click()
    expect(desk).to_have_url(re.compile(r"\?tab=earnings$"))
    expect(desk.get_by_role("heading", name="You have no payout account yet")).to_be_visible()
    expect(share(desk)).to_contain_text("Waiting for your account")
    desk.evaluate("window.wasNeverReloaded = true")

    mechanic.goto(EARNINGS)
    mechanic.get_by_role("button", name="Set up payouts").click()
    mechanic.get_by_role("button", name="Finish").click()
    mechanic.wait_for_url(DONE)
    expect(mechanic.get_by_role("heading", level=1)).to_have_text("Your payout account is ready")

    expect(share(desk)).to_contain_text("Sent")
    expect(desk.get_by_role("heading", name="Your payout account is ready")).to_be_visible()
    expect(desk.get_by_text("is waiting for your payout account")).to_have_count(0)
    week = desk.get_by_role("region", name="Weekly statements").get_by_role("row").nth(1)
    expect(week.get_by_role("cell").nth(2)).to_have_text("$8.00")
    assert desk.evaluate("window.wasNeverReloaded") is True

    paper = desk.request.get(week.get_by_role("link", name="PDF").get_attribute("href") or "")
    printed = text_of(paper.body())
    for words in ("Earned 8.00 USD", "Sent to your account 8.00 USD", "9.99 USD 1.99 USD 8.00 USD", "Closing balance 0.00 USD"):
        assert words in printed
    with desk.expect_download() as download:
        week.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert [(row["what"], row["change cents"], row["balance cents"]) for row in rows] == [
        ("Opening balance", "", "0"),
        ("Quick Chat", "800", "800"),
        ("Quick Chat: sent to your account", "-800", "0"),
        ("Closing balance", "", "0"),
    ]


def test_who_leaves_details_out_is_told_which_and_goes_on_from_there(server: LiveServer, window) -> None:  # noqa: F811
    page = window(MechanicPerson(server).ready())
    page.goto(EARNINGS)
    page.get_by_role("button", name="Set up payouts").click()
    page.wait_for_url("**/dev/stripe/connect/*")
    link = page.url
    page.get_by_role("button", name="Leave details out").click()
    page.wait_for_url(DONE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Something is still missing")
    expect(page.get_by_role("list", name="Stripe asks for:").get_by_role("listitem")).to_have_text(
        ["A bank account for your payouts", "A photo of your identity document"]
    )
    page.goto(link)  # used up: it leads over our page to a new one
    page.wait_for_url("**/dev/stripe/connect/*")
    assert page.url != link
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url(DONE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your payout account is ready")
    page.get_by_role("link", name="To your earnings").click()
    expect(page.get_by_role("tab", name="Earnings")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("heading", name="Your payout account is ready")).to_be_visible()


def test_with_stripe_down_a_mechanic_reads_so_and_can_try_again(tmp_path: Path, window) -> None:  # noqa: F811
    with running(tmp_path, STRIPE_API_BASE="http://127.0.0.1:9") as server:
        page = window(MechanicPerson(server).ready())
        page.goto("/mechanic/onboarding/refresh")
        words = "Our payment provider isn't answering just now."
        expect(page.get_by_role("heading", level=1)).to_have_text("We can't lead you to Stripe just now")
        expect(page.get_by_text(words)).to_be_visible()
        with page.expect_response("**/api/mechanics/stripe/onboard"):
            page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text(words)).to_be_visible()
        page.get_by_role("link", name="To your earnings").click()
        page.get_by_role("button", name="Set up payouts").click()
        expect(page.get_by_role("alert")).to_contain_text(words)
