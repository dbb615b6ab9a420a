"""The whole consultation in real browser windows: one customer, two mechanics (issue 3, "Done when")."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.people import HONDA, PASSWORD, CustomerPerson, MechanicPerson, mailed_link, photo
from tests.e2e.server import LiveServer

CONCERN = "A knocking noise under the bonnet when cold"


@pytest.fixture
def windows(browser: Browser):
    """Opens a window of its own for each person; closes them all at the end."""
    opened: list[BrowserContext] = []

    def window(server: LiveServer) -> Page:
        context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield window
    for context in opened:
        context.close()


def log_in_mechanic(page: Page, mechanic: MechanicPerson) -> None:
    page.goto("/mechanic/login")
    page.get_by_label("Email").fill(mechanic.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/mechanic/dashboard")
    expect(page.get_by_role("switch", name="Online")).to_be_checked()


def sign_up_customer(page: Page, customer: CustomerPerson) -> None:
    page.goto("/signup")
    page.get_by_label("Full name").fill("Robin Sample")
    page.get_by_label("Email").fill(customer.email)
    page.get_by_label("Phone").fill("+1 202 555 0143")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I am 18 or older").check()
    page.get_by_label("I accept the waiver").check()
    page.get_by_role("button", name="Create account").click()
    page.goto(mailed_link(customer, "/auth/callback"))
    page.wait_for_url("**/login?verified=1*")
    page.get_by_label("Email").fill(customer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/customer/dashboard")


def pay_for_a_chat(page: Page) -> None:
    page.goto("/pricing")
    page.get_by_role("link", name="Get started").filter(has_text="Get started").first.click()
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/intake*")


def describe_the_problem(page: Page, folder: Path) -> None:
    picture = folder / "noise.jpg"
    picture.write_bytes(photo())
    page.get_by_label("VIN").fill(HONDA)
    page.get_by_role("button", name="Decode").click()
    expect(page.get_by_label("Model")).to_have_value("Accord")
    page.get_by_label("City").fill("Halifax")
    page.get_by_label("Concern").fill(CONCERN)
    page.reload()
    expect(page.get_by_label("Concern")).to_have_value(CONCERN)
    expect(page.get_by_label("Model")).to_have_value("Accord")
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("button", name="Remove noise.jpg")).to_be_visible()
    page.get_by_role("button", name="Send to mechanics").click()
    page.wait_for_url("**/customer/dashboard")


def say(page: Page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def test_from_a_noise_under_the_bonnet_to_a_rated_answer(server: LiveServer, windows, tmp_path: Path) -> None:
    robin = CustomerPerson(server)
    sam, kim = MechanicPerson(server).ready(), MechanicPerson(server).ready()
    customer, first, second = windows(server), windows(server), windows(server)
    log_in_mechanic(first, sam)
    log_in_mechanic(second, kim)

    sign_up_customer(customer, robin)
    pay_for_a_chat(customer)
    card_one, card_two = (page.get_by_role("article").filter(has_text="Robin") for page in (first, second))
    expect(card_one).to_be_visible()
    describe_the_problem(customer, tmp_path)
    for card in (card_one, card_two):
        expect(card).to_contain_text("2003 Honda Accord")
        expect(card).to_contain_text(CONCERN)

    card_one.get_by_role("button", name="Accept").click()
    expect(card_two).to_have_count(0)
    customer.get_by_role("link", name="Join session").click()
    customer.wait_for_url("**/chat/*")
    first.get_by_role("link", name="Join session").click()
    first.wait_for_url("**/chat/*")
    expect(customer.get_by_role("timer", name="Time left")).to_contain_text("29:")

    messages, theirs = customer.get_by_role("log", name="Messages"), first.get_by_role("log", name="Messages")
    say(customer, "It knocks for a minute, then stops.")
    expect(theirs).to_contain_text("It knocks for a minute")
    part = tmp_path / "part.jpg"
    part.write_bytes(photo())
    with first.expect_file_chooser() as chooser:
        first.get_by_role("button", name="Attach file").click()
    chooser.value.set_files(part)
    say(first, "Look at this part.")
    expect(messages).to_contain_text("Look at this part.")
    expect(messages.get_by_role("img", name="part.jpg")).to_be_visible()

    server.kill()
    say(customer, "Written while the server was down.")
    server.start()
    expect(theirs).to_contain_text("Written while the server was down.", timeout=30_000)
    expect(theirs).to_contain_text("It knocks for a minute")
    say(first, "Piston slap. Harmless when cold.")
    expect(messages).to_contain_text("Piston slap.", timeout=30_000)
    expect(messages.get_by_text("Written while the server was down.")).to_have_count(1)

    first.get_by_role("button", name="End session").click()
    first.get_by_role("alertdialog").get_by_role("button", name="End session").click()
    for page in (first, customer):
        page.wait_for_url("**/session/complete?sessionId=*")
    customer.get_by_role("radiogroup", name="Rating").get_by_role("radio").nth(4).check(force=True)
    customer.get_by_label("Review").fill("Calm and clear.")
    customer.get_by_role("button", name="Submit review").click()
    expect(customer.get_by_text("Calm and clear.").first).to_be_visible()

    customer.goto("/customer/dashboard")
    expect(customer.get_by_text("2003 Honda Accord").first).to_be_visible()
    expect(customer.get_by_text("$9.99").first).to_be_visible()
    first.goto("/mechanic/dashboard")
    first.get_by_role("tab", name="History").click()
    expect(first.get_by_text("Calm and clear.").first).to_be_visible()
    expect(first.get_by_text("$8.00").first).to_be_visible()
