"""Addresses, numbers and time zones as people type them."""

from __future__ import annotations

import pytest

from autodoctor.accounts.addresses import read_email, read_phone, read_time_zone
from autodoctor.core.errors import FieldError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Robin@Example.COM ", "robin@example.com"),
        ("robin@ｅxample。com", "robin@example.com"),
        ("robin@xn--bcher-kva.de", "robin@bücher.de"),
        ("customer@demo.test", "customer@demo.test"),
    ],
)
def test_an_email_has_one_spelling(typed: str, kept: str) -> None:
    assert read_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "robin",
        "robin@",
        "robin@example",
        "Robin <robin@example.com>",
        "robin@example.com, sam@example.com",
        "robin@example.com\nBcc: sam@example.com",
        "robin\x00@example.com",
        "robin\u200b@example.com",
        f"robin@{'x.' * 130}com",
    ],
)
def test_what_is_no_email_is_a_wrong_field(typed: str) -> None:
    assert isinstance(read_email(typed), FieldError)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+1 202 555 0143", "+12025550143"),
        ("(202) 555-0143", "+12025550143"),
        ("+49 30 1234567", "+49301234567"),
        ("+1234567890", "+1234567890"),
        (" ", None),
        (None, None),
    ],
)
def test_a_phone_number_is_kept_in_its_international_spelling(typed: str | None, kept: str | None) -> None:
    assert read_phone(typed) == kept


@pytest.mark.parametrize("typed", ["12", "911", "call me", "+1", "+" + "9" * 16, "+1234567890 or so", "\x00"])
def test_what_is_no_phone_number_is_a_wrong_field(typed: str) -> None:
    assert isinstance(read_phone(typed), FieldError)


@pytest.mark.parametrize(("given", "kept"), [("Europe/Berlin", "Europe/Berlin"), (None, "UTC"), ("", "UTC")])
def test_a_time_zone_is_a_known_name(given: str | None, kept: str) -> None:
    assert read_time_zone(given) == kept


@pytest.mark.parametrize("given", ["Mars/Base", "europe/berlin", "../etc/passwd", "localtime", "\x00"])
def test_what_is_no_time_zone_is_a_wrong_field(given: str) -> None:
    assert isinstance(read_time_zone(given), FieldError)
