"""E-mail addresses, phone numbers and time zones as people type them, checked by the libraries that know them."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import available_timezones

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from autodoctor.core.errors import FieldError
from autodoctor.words import _

_SHAPE_OF_A_NUMBER = re.compile(r"\+[0-9]{8,15}")
_BETWEEN_DIGITS = re.compile(r"[\s().\-/]")
_NOT_A_PLACE = {"localtime", "Factory"}


def read_email(text: str, field: str = "email") -> str | FieldError:
    """The address in its one spelling (lower case), or what is wrong with it. No DNS look-up."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return FieldError(field, _("This doesn't look like an e-mail address."))


def spelled_once(account: str) -> str:
    """An account under one name however its e-mail is spelled."""
    email = read_email(account)
    return email if isinstance(email, str) else account.strip().casefold()


def read_phone(text: str | None, field: str = "phone") -> str | FieldError | None:
    """The number in international spelling (E.164), None for none, or what is wrong with it. Without + it is read as North American.

    A number that is spelled in full is kept although the library doesn't know it: numbering plans change, and people read it.
    """
    if not text or not text.strip():
        return None
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_possible_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    spelled = _BETWEEN_DIGITS.sub("", text)
    if _SHAPE_OF_A_NUMBER.fullmatch(spelled):
        return spelled
    return FieldError(field, _("This doesn't look like a phone number. Start with + and the country's code."))


def read_time_zone(text: str | None, field: str = "timeZone") -> str | FieldError:
    """An IANA time zone's name, UTC when none is given, or what is wrong with it."""
    name = text or "UTC"
    return name if name in _time_zones() else FieldError(field, _("We don't know this time zone. Use a name like Europe/Berlin."))


@lru_cache
def _time_zones() -> frozenset[str]:
    """Looked up once: the library reads hundreds of files for it."""
    return frozenset(available_timezones() - _NOT_A_PLACE)
