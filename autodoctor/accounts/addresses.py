"""E-mail addresses, phone numbers and time zones as people type them, checked by the libraries that know them."""

from __future__ import annotations

from zoneinfo import available_timezones

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from autodoctor.core.errors import FieldError


def read_email(text: str, field: str = "email") -> str | FieldError:
    """The address in its one spelling (lower case), or what is wrong with it. No DNS look-up."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return FieldError(field, "This doesn't look like an e-mail address.")


def read_phone(text: str | None, field: str = "phone") -> str | FieldError | None:
    """The number in international spelling (E.164), None for none, or what is wrong with it. Without + it is read as North American."""
    if not text or not text.strip():
        return None
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        return FieldError(field, "This doesn't look like a phone number. Start with + and the country's code.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_time_zone(text: str | None, field: str = "timeZone") -> str | FieldError:
    """An IANA time zone's name, UTC when none is given, or what is wrong with it."""
    name = text or "UTC"
    return name if name in available_timezones() else FieldError(field, "We don't know this time zone. Use a name like Europe/Berlin.")
