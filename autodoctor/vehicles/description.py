"""The fields of one vehicle, read from what somebody typed."""

from __future__ import annotations

from dataclasses import dataclass

from autodoctor.core import clock
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.core.text import one_line
from autodoctor.vehicles import rules


@dataclass(frozen=True)
class Description:
    """What a customer says about a vehicle. `None` and blank both mean "not said"."""

    make: str
    model: str
    year: str
    vin: str | None = None
    color: str | None = None
    mileage: str | None = None
    plate: str | None = None
    nickname: str | None = None


def read_description(given: Description) -> Description:
    """The same, tidied: blank becomes None. Raises ValidationFailed naming each wrong field."""
    told = Description(
        make=one_line(given.make),
        model=one_line(given.model),
        year=one_line(given.year),
        vin=rules.clean_vin(one_line(given.vin)) or None,
        color=one_line(given.color) or None,
        mileage=one_line(given.mileage) or None,
        plate=rules.clean_plate(one_line(given.plate)) or None,
        nickname=one_line(given.nickname) or None,
    )
    wrong = [FieldError(name, problem) for name, problem in _problems(told).items() if problem]
    if wrong:
        raise ValidationFailed(*wrong)
    return told


def _problems(told: Description) -> dict[str, str | None]:
    problems = {"make": rules.name_problem(told.make, 60), "model": rules.name_problem(told.model, 80)}
    problems["year"] = rules.year_problem(told.year, clock.now().year)
    problems["vin"] = rules.typed_vin_problem(told.vin) if told.vin else None
    problems["color"] = rules.name_problem(told.color, 40) if told.color else None
    problems["mileage"] = rules.mileage_problem(told.mileage) if told.mileage else None
    problems["plate"] = rules.plate_problem(told.plate) if told.plate else None
    problems["nickname"] = rules.name_problem(told.nickname, 60) if told.nickname else None
    return problems
