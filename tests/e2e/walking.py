"""Walking through the product as somebody without a mouse does: what the ways to do it share (PAGES, "What a person feels")."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.e2e.people import PASSWORD
from tests.e2e.server import LiveServer

PATIENCE_MS = 15_000
CAR = "2003 Honda Accord"
"""What `described_request` is about, and the VIN that is typed."""


class Walker(ABC):
    """Somebody in a window of their own. Each act ends with a look at the page: it must be usable for what comes next.

    What isn't is noted in `findings`; the walk goes on as long as it can.
    """

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.server = server
        self.findings: list[str] = []
        self.page = self.window(browser)
        self.page.context.set_default_timeout(PATIENCE_MS)

    @abstractmethod
    def window(self, browser: Browser) -> Page:
        """The window, with what this way of walking needs."""

    @abstractmethod
    def press(self, control: Locator) -> None:
        """Press a button, follow a link, tick a box, turn a switch, open a tab, choose a star."""

    @abstractmethod
    def write(self, field: Locator, text: str) -> None:
        """Write into a field, in place of what stands there."""

    @abstractmethod
    def choose(self, field: Locator, words: str) -> None:
        """Choose one of a list."""

    @abstractmethod
    def look(self) -> None:
        """Note what of the page, as it stands, is of no use to somebody who walks like this."""

    @abstractmethod
    def dismiss(self) -> None:
        """Close the dialog that is open."""

    def goto(self, address: str) -> None:
        """Open an address: typed, or from a mail."""
        self.page.goto(address)

    def see(self, thing: Locator) -> None:
        """Wait for something to be there; then look around."""
        expect(thing.first).to_be_visible()
        self.look()

    def miss(self, thing: Locator) -> None:
        """Wait for something to go away; then look around."""
        expect(thing).to_have_count(0)
        self.look()

    def arrive(self, address: str) -> None:
        """Wait for a page to be the one with this address and to be alive; then look around."""
        self.page.wait_for_url(address)
        expect(self.page.locator("[aria-busy=true]:visible")).to_have_count(0)
        self.look()

    def attach(self, control: Locator, *files: Path) -> None:
        """Press what opens the system's window for files, and choose these."""
        with self.page.expect_file_chooser() as chooser:
            self.press(control)
        chooser.value.set_files(files)

    def take_home(self, link: Locator) -> str:
        """Press a link that downloads a file; answers the file's name."""
        with self.page.expect_download() as begun:
            self.press(link)
        return begun.value.suggested_filename

    def open_beside(self, link: Locator) -> Response:
        """Press a link to a paper that opens in a window of its own; answers what was sent."""
        with self.page.context.expect_event("response", lambda answer: answer.url.endswith(link.get_attribute("href") or "?")) as sent:
            self.press(link)
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        return sent.value

    def fill_in(self, values: dict[str, str]) -> None:
        """Write into the fields with these names."""
        for name, text in values.items():
            self.write(self.page.get_by_label(name, exact=True), text)

    def note(self, finding: str) -> None:
        """One line for each finding, however often it is met."""
        told = f"{urlsplit(self.page.url).path}: {finding}"
        if told not in self.findings:
            self.findings.append(told)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True).locator("visible=true")

    def text(self, words: str) -> Locator:
        return self.page.get_by_text(words)

    def agree(self, name: str) -> None:
        """Answer the question that is asked before something that can't be undone."""
        question = self.page.get_by_role("alertdialog")
        self.see(question)
        self.press(question.get_by_role("button", name=name, exact=True))

    def log_in(self, address: str, email: str) -> None:
        """At one of the three doors, with everybody's password."""
        self.goto(address)
        self.arrive(f"**{address}*")
        self.fill_in({"Email": email, "Password": PASSWORD})
        self.press(self.button("Log in"))

    def change_password(self) -> None:
        """On one's own account."""
        self.fill_in({"Current password": PASSWORD, "New password": "another-good-one-7"})
        self.press(self.button("Change password"))
        self.see(self.text("Your password is changed."))

    def go_to(self, page: str) -> None:
        """By the navigation on top."""
        self.press(self.page.get_by_role("navigation", name="Main").get_by_role("link", name=page, exact=True))

    def log_out(self) -> None:
        self.press(self.page.get_by_role("navigation", name="Main").get_by_role("button", name="Log out"))

    def close(self) -> None:
        self.page.context.close()
