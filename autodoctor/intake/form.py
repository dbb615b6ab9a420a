"""The intake form: read from what somebody typed, each wrong field named at once."""

from __future__ import annotations

from dataclasses import dataclass

from autodoctor.accounts.addresses import read_email, read_phone
from autodoctor.core import clock
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.core.text import one_line, several_lines
from autodoctor.intake import rules
from autodoctor.plans.catalog import find_plan
from autodoctor.vehicles import rules as vehicle_rules
from autodoctor.words import _


@dataclass(frozen=True)
class IntakeForm:
    """An intake's fields. Blank and None both mean "not said"."""

    plan: str
    name: str
    email: str
    concern: str
    phone: str | None = None
    city: str | None = None
    vin: str | None = None
    year: str | None = None
    make: str | None = None
    model: str | None = None
    odometer: str | None = None
    plate: str | None = None
    details: str | None = None


def read_form(typed: IntakeForm) -> IntakeForm:
    """The same, tidied: e-mail and phone in their one spelling, VIN and plate in capitals. Raises ValidationFailed."""
    email, phone = read_email(typed.email), read_phone(typed.phone)
    form = IntakeForm(
        plan=typed.plan,
        name=one_line(typed.name),
        email=email if isinstance(email, str) else "",
        concern=several_lines(typed.concern),
        phone=phone if isinstance(phone, str) else None,
        city=one_line(typed.city) or None,
        vin=vehicle_rules.clean_vin(one_line(typed.vin)) or None,
        year=one_line(typed.year) or None,
        make=one_line(typed.make) or None,
        model=one_line(typed.model) or None,
        odometer=one_line(typed.odometer) or None,
        plate=vehicle_rules.clean_plate(one_line(typed.plate)) or None,
        details=several_lines(typed.details) or None,
    )
    wrong = [each for each in (email, phone) if isinstance(each, FieldError)]
    wrong += [FieldError(field, problem) for field, problem in _problems(form).items() if problem]
    if wrong:
        raise ValidationFailed(*wrong)
    return form


def _problems(form: IntakeForm) -> dict[str, str | None]:
    return {
        "plan": None if find_plan(form.plan) else _("There is no such plan."),
        "name": rules.contact_name_problem(form.name),
        "city": rules.length_problem(form.city or "", rules.MAX_CITY),
        "concern": rules.concern_problem(form.concern),
        "details": rules.length_problem(form.details or "", rules.MAX_DETAILS),
        **_vehicle_problems(form),
    }


def _vehicle_problems(form: IntakeForm) -> dict[str, str | None]:
    return {
        "vin": vehicle_rules.typed_vin_problem(form.vin) if form.vin else None,
        "year": vehicle_rules.year_problem(form.year, clock.now().year) if form.year else None,
        "make": vehicle_rules.name_problem(form.make, 60) if form.make else None,
        "model": vehicle_rules.name_problem(form.model, 80) if form.model else None,
        "odometer": vehicle_rules.mileage_problem(form.odometer) if form.odometer else None,
        "plate": vehicle_rules.plate_problem(form.plate) if form.plate else None,
    }
