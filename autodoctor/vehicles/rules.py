"""What a VIN and the other fields of a vehicle must look like. Pure: each check answers with a sentence, or None when all is well."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from autodoctor.words import N_, _

VIN_LENGTH = 17
FIRST_YEAR = 1900
MAX_MILEAGE = 2_000_000

_CHECK_POSITION = 8
_LETTERS = ("AJ", "BKS", "CLT", "DMU", "ENV", "FW", "GPX", "HY", "RZ")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **{letter: value for value, letters in enumerate(_LETTERS, 1) for letter in letters},
}
_CONFUSED = {"I": N_("the digit 1"), "O": N_("the digit 0"), "Q": N_("the digit 0 or 9")}
_PLATE = re.compile(r"[^\W_]+(?:[ .·-][^\W_]+)*")
_MILEAGE = re.compile(r"([0-9][0-9 .,']*)\s*(km|mi|miles)?", re.IGNORECASE)


def name_of(vehicle: Mapping[str, object]) -> str:
    """`2003 Honda Accord`, as far as `year`, `make` and `model` are known; "" when none of them is."""
    return " ".join(str(vehicle[part]) for part in ("year", "make", "model") if vehicle.get(part))


class Described(Protocol):
    """What tells vehicles apart."""

    @property
    def vin(self) -> str | None: ...
    @property
    def make(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def year(self) -> str: ...


def clean_vin(text: str | None) -> str:
    """A VIN as it is stored: capitals, without the spaces and hyphens that people put between its groups."""
    return re.sub(r"[\s-]", "", text or "").upper()


def check_digit(vin: str) -> str:
    """The check digit that 17 well-formed characters ask for (ISO 3779 / 49 CFR 565)."""
    rest = sum(_VALUES[letter] * weight for letter, weight in zip(vin, _WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def vin_shape_problem(vin: str) -> str | None:
    """What is wrong with the length or the letters of a cleaned VIN, in words."""
    if len(vin) != VIN_LENGTH:
        return _(
            "A VIN has {length} characters, this one has {count}. You can also fill in year, make and model by hand.",
            length=VIN_LENGTH,
            count=len(vin),
        )
    for letter, looks_like in _CONFUSED.items():
        if letter in vin:
            return _("A VIN never has the letter {letter}: it is probably {digit}.", letter=letter, digit=_(looks_like))
    wrong = next((letter for letter in vin if letter not in _VALUES), None)
    return _("A VIN has only letters and digits, not “{wrong}”.", wrong=wrong) if wrong else None


def vin_problem(vin: str) -> str | None:
    """What is wrong with a cleaned VIN that is to be decoded, check digit included: a wrong one gets no guess (section 5).

    Outside North America the ninth place may hold any filler. A letter that can't be a check digit says that there is none.
    """
    if problem := vin_shape_problem(vin):
        return problem
    if not has_mandatory_check_digit(vin) and vin[_CHECK_POSITION] not in "0123456789X":
        return None
    return _check_digit_problem(vin)


def typed_vin_problem(vin: str) -> str | None:
    """What is wrong with a cleaned VIN that somebody typed into a form: the check digit counts where the law asks for one."""
    return vin_shape_problem(vin) or (_check_digit_problem(vin) if has_mandatory_check_digit(vin) else None)


def has_mandatory_check_digit(vin: str) -> bool:
    """Vehicles made in North America (first character 1 to 5) carry one by law."""
    return vin[:1] in {"1", "2", "3", "4", "5"}


def _check_digit_problem(vin: str) -> str | None:
    if check_digit(vin) == vin[_CHECK_POSITION]:
        return None
    return _(
        "This VIN doesn't add up: its check digit (the ninth character) doesn't fit the others. Please compare it again. "
        "You can also fill in year, make and model by hand."
    )


def year_problem(year: str, this_year: int) -> str | None:
    """A model year may be one ahead of the calendar."""
    if re.fullmatch(r"[0-9]{4}", year) and FIRST_YEAR <= int(year) <= this_year + 1:
        return None
    return _("Please give the model year as four digits between {first} and {last}.", first=FIRST_YEAR, last=this_year + 1)


def name_problem(text: str, longest: int) -> str | None:
    """Make, model, colour and nickname: some text of a sensible length."""
    return None if 0 < len(text) <= longest else _("Please use between 1 and {most} characters.", most=longest)


def clean_plate(text: str | None) -> str:
    return " ".join((text or "").upper().split())


def plate_problem(plate: str) -> str | None:
    """Letters and digits of any script, with single spaces, dots or hyphens between them."""
    return None if len(plate) <= 15 and _PLATE.fullmatch(plate) else _("A plate has up to 15 letters and digits, like ABC 1234.")


def mileage_problem(text: str) -> str | None:
    """A whole number, with separators and a unit if one likes: `120 000 km`, `74,500 mi`, `98000`."""
    found = _MILEAGE.fullmatch(text)
    digits = re.sub(r"[^0-9]", "", found[1]) if found else ""
    if len(text) <= 20 and digits and int(digits) <= MAX_MILEAGE:
        return None
    return _("Please give the odometer as a number, like 98000 or 120 000 km.")


def is_same_vehicle(known: Described, told: Described) -> bool:
    """Whether two descriptions mean one vehicle: by VIN where both have one, else by make, model and year."""
    if known.vin and told.vin:
        return known.vin == told.vin
    return _name_of(known) == _name_of(told)


def _name_of(vehicle: Described) -> tuple[str, str, str]:
    return vehicle.make.casefold(), vehicle.model.casefold(), vehicle.year


def find_same(known: Sequence[Described], told: Described) -> int | None:
    """Where in a list the same vehicle stands, an equal VIN before an equal name; None when it is new."""
    for index, each in enumerate(known):
        if told.vin and each.vin == told.vin:
            return index
    return next((index for index, each in enumerate(known) if is_same_vehicle(each, told)), None)
