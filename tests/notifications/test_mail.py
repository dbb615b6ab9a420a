"""Mails: what they say, and that each is written once."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from autodoctor.core.db import reading, unit_of_work
from autodoctor.notifications.frame import Letter, render
from autodoctor.notifications.queries import sent_mails
from autodoctor.notifications.service import send_mail
from autodoctor.notifications.templates import TEMPLATES, request_cancelled
from autodoctor.notifications.wording import money
from tests.conftest import Clock

LINK = "https://autodoctor.test/somewhere?a=1&b=2"
VALUES = {
    "what": "Your password was changed",
    "name": "Ana <b>Silva</b>",
    "who": "Ana <b>Silva</b>",
    "mechanic_name": "Mike & Sons",
    "customer_name": "Mike & Sons",
    "vehicle": "2003 Honda Accord",
    "until": "Monday, 9 March 2026, 10:00 (UTC)",
    "plan_name": "Quick Chat",
    "minutes": 10,
    "amount_cents": 999,
    "currency": "usd",
    "when": "Monday, 2 March, 14:00 UTC",
    "was_at": "Monday, 2 March, 12:00 UTC",
    "link": LINK,
    "receipt_link": "https://autodoctor.test/api/sessions/1/receipt.pdf",
    "email": "ana@example.com",
    "is_tip": False,
    "is_free": False,
    "discount_cents": 100,
    "tax_cents": 90,
    "reason": "the mechanic was late",
    "due_by": "2026-03-16",
    "first_day": date(2026, 3, 2),
    "last_day": date(2026, 3, 8),
    "earned_cents": -100,
    "sent_cents": 800,
    "owed_cents": -900,
    "statement_link": "https://autodoctor.test/api/mechanics/statements/2026-W10.pdf",
    "message": "It rattles.\nOnly when cold.",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_mail_is_readable_as_text_has_one_button_and_escapes_what_people_typed(name: str) -> None:
    template = TEMPLATES[name]
    mail = render(template(**{value: VALUES[value] for value in inspect.signature(template).parameters}))
    assert mail.links[0] in mail.text
    assert "<" not in mail.text.replace(VALUES["name"], "")
    assert mail.html.count("<a href=") == 1
    assert "<b>" not in mail.html
    assert "Ana &lt;b&gt;Silva&lt;/b&gt;" in mail.html
    assert "!" not in mail.text


@pytest.mark.parametrize("name", ["receipt", "extension_receipt", "booking_confirmed"])
def test_what_was_paid_leads_to_its_receipt(name: str) -> None:
    template = TEMPLATES[name]
    mail = render(template(**{value: VALUES[value] for value in inspect.signature(template).parameters}))
    assert VALUES["receipt_link"] in mail.text and VALUES["receipt_link"] in mail.html


def test_a_subject_is_one_line_whatever_was_typed() -> None:
    mail = render(Letter(subject="Hello\r\nBcc: all@example.com", greeting="", paragraphs=(), button="Go", link=LINK))
    assert mail.subject == "Hello Bcc: all@example.com"


def test_money_is_written_with_its_currency() -> None:
    assert [money(999), money(5), money(4000, "eur")] == ["9.99 USD", "0.05 USD", "40.00 EUR"]


def test_somebody_without_a_name_is_greeted_all_the_same() -> None:
    assert TEMPLATES["verify_email"](name="", link=LINK).greeting == "Hello,"


def test_a_cancellation_without_refund_does_not_speak_of_one() -> None:
    letter = request_cancelled(name="Ana", amount_cents=0, link=LINK)
    assert not any("refunding" in words for words in letter.paragraphs)


async def test_a_mail_is_written_once_per_key(database: str) -> None:
    async with unit_of_work() as db:
        for _ in range(2):
            await send_mail(db, template="verify_email", to="ana@example.com", key="verify:1", name="Ana", link=LINK)
    async with reading() as db:
        (mail,) = await sent_mails(db)
    assert (mail.to, mail.links, mail.subject) == ("ana@example.com", (LINK,), "Verify your e-mail for Auto Doctor")


async def test_mails_are_found_by_address_newest_first_before_they_are_delivered(database: str, fixed_clock: Clock) -> None:
    async with unit_of_work() as db:
        for number, to in enumerate(("ana@example.com", "bob@example.com", "Ana@Example.com")):
            fixed_clock.advance(seconds=1)
            await send_mail(db, template="mechanic_approved", to=to, key=f"approved:{number}", name=f"number {number}", link=LINK)
    async with reading() as db:
        found = await sent_mails(db, to="ANA@example.com")
    assert [mail.to for mail in found] == ["Ana@Example.com", "ana@example.com"]
