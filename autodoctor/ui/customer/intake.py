"""The intake: what the car is and what is wrong with it (section 5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, forms, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.customer.intake_state import IntakeState
from autodoctor.ui.js.fill_from import fill_from
from autodoctor.ui.js.photo_upload import photo_upload
from autodoctor.ui.js.trouble_codes import code_hints
from autodoctor.ui.js.vin_decode import vin_row
from autodoctor.words import _

intake: Any = IntakeState


def intake_page() -> rx.Component:
    """The form, filled in as far as the customer is known."""
    return layout.page(
        rx.cond(intake.phase == "over", _over(), _tell()),
        audience="customer",
        title=_("Tell us about the problem"),
    )


def _over() -> rx.Component:
    return missing(
        _("This session takes no description any more"),
        _("It is over, or it belongs to another account."),
        buttons.link_button(_("Your sessions"), href="/customer/dashboard"),
    )


def _tell() -> rx.Component:
    return layout.section(
        text.heading1(_("Tell us about the problem")),
        text.body(_("Two minutes now save ten later: mechanics decide by this whether they can help.")),
        rx.cond(intake.phase == "form", _form(), states.skeleton_form()),
    )


def _form() -> rx.Component:
    return forms.api_form(
        "/api/intake/start",
        forms.hidden("plan", intake.start.plan),
        forms.hidden("sessionId", intake.start.session_id),
        _problem(),
        _vehicle(),
        _you(),
        submit=_("Send to mechanics"),
        next=intake.start.next_path,
        draft_key=intake.start.draft_key,
    )


def _problem() -> rx.Component:
    return layout.stack(
        text.heading2(_("What is wrong?")),
        forms.field(
            _("Concern"),
            "concern",
            default=intake.start.concern,
            required=True,
            help=_("In one sentence, as you would tell a friend. Trouble codes like P0420 help."),
        ),
        forms.text_area(_("Details"), "details", default=intake.start.details, help=_("Since when, how often, what was done already.")),
        code_hints(fields=["concern", "details"]),
        photo_upload(
            name="files",
            label=_("Add photos or videos"),
            help=_("The noise, the leak, the dashboard lights. Up to 10 files."),
            draft_key=intake.start.draft_key,
            initial=intake.start.files,
        ),
    )


def _vehicle() -> rx.Component:
    return layout.stack(
        text.heading2(_("Your vehicle")),
        rx.cond(intake.vehicles.length() > 0, _known_vehicles()),
        vin_row(
            forms.field(_("VIN"), "vin", default=intake.start.vin, help=_("17 characters, on the dashboard or in the papers. Optional."))
        ),
        layout.grid(
            forms.field(_("Year"), "year", default=intake.start.year, inputmode="numeric"),
            forms.field(_("Make"), "make", default=intake.start.make),
            forms.field(_("Model"), "model", default=intake.start.model),
            forms.field(_("Odometer"), "odometer", default=intake.start.odometer, inputmode="numeric"),
            forms.field(_("Plate"), "plate", default=intake.start.plate),
        ),
    )


def _known_vehicles() -> rx.Component:
    return rx.el.div(
        text.muted(_("Fill in one of yours:")),
        rx.foreach(intake.vehicles, lambda vehicle: fill_from(label=vehicle.title, values=_values(vehicle))),
        class_name="chip-row",
    )


def _values(vehicle: Any) -> dict[str, rx.Var[str]]:
    return {"vin": vehicle.vin, "year": vehicle.year, "make": vehicle.make, "model": vehicle.model, "plate": vehicle.plate}


def _you() -> rx.Component:
    return layout.stack(
        text.heading2(_("You")),
        layout.grid(
            forms.field(_("Name"), "name", required=True, default=intake.start.name, autocomplete="name"),
            forms.field(_("Email"), "email", type="email", required=True, default=intake.start.email, autocomplete="email"),
            forms.field(_("Phone"), "phone", type="tel", default=intake.start.phone, autocomplete="tel"),
            forms.field(_("City"), "city", default=intake.start.city, autocomplete="address-level2"),
        ),
        text.muted(_("Before a mechanic accepts, only your first name, your city, the vehicle and the problem are shown.")),
    )
