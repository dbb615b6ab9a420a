"""The intake: what the car is and what is wrong with it (section 5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import forms, layout, states, text
from autodoctor.ui.customer.intake_state import IntakeState
from autodoctor.ui.customer.view import KnownVehicle
from autodoctor.ui.js.fill_from import fill_from
from autodoctor.ui.js.photo_upload import photo_upload
from autodoctor.ui.js.vin_decode import vin_decode


def intake_page() -> rx.Component:
    """The form, filled in as far as the customer is known."""
    return layout.page(
        layout.section(
            text.heading1("Tell us about the problem"),
            text.body("Two minutes now save ten later: mechanics decide by this whether they can help."),
            rx.cond(IntakeState.ready, _form(), states.skeleton_form()),
        ),
        audience="customer",
        title="Tell us about the problem",
    )


def _form() -> rx.Component:
    return forms.api_form(
        "/api/intake/start",
        forms.hidden("plan", IntakeState.start.plan),
        forms.hidden("sessionId", IntakeState.start.session_id),
        _problem(),
        _vehicle(),
        _you(),
        submit="Send to mechanics",
        next=IntakeState.start.next_path,
        draft_key=IntakeState.start.draft_key,
    )


def _problem() -> rx.Component:
    return layout.stack(
        text.heading2("What is wrong?"),
        forms.field("Concern", "concern", default=IntakeState.start.concern, required=True, help="In one sentence, as you would tell a friend. Trouble codes like P0420 help."),
        forms.text_area("Details", "details", default=IntakeState.start.details, help="Since when, how often, what was done already."),
        photo_upload(
            name="files",
            label="Add photos or videos",
            help="The noise, the leak, the dashboard lights. Up to 10 files.",
            draft_key=IntakeState.start.draft_key,
            initial=IntakeState.start.files,
        ),
    )


def _vehicle() -> rx.Component:
    return layout.stack(
        text.heading2("Your vehicle"),
        rx.cond(IntakeState.vehicles.length() > 0, _known_vehicles()),
        layout.row(forms.field("VIN", "vin", default=IntakeState.start.vin, help="17 characters, on the dashboard or in the papers. Optional."), vin_decode()),
        layout.grid(
            forms.field("Year", "year", default=IntakeState.start.year, inputmode="numeric"),
            forms.field("Make", "make", default=IntakeState.start.make),
            forms.field("Model", "model", default=IntakeState.start.model),
            forms.field("Odometer", "odometer", default=IntakeState.start.odometer, inputmode="numeric"),
            forms.field("Plate", "plate", default=IntakeState.start.plate),
        ),
    )


def _known_vehicles() -> rx.Component:
    return rx.el.div(
        text.muted("Fill in one of yours:"),
        rx.foreach(IntakeState.vehicles, lambda vehicle: fill_from(label=vehicle.title, values=_values(vehicle))),
        class_name="chip-row",
    )


def _values(vehicle: rx.Var[KnownVehicle]) -> dict[str, rx.Var[str]]:
    return {"vin": vehicle.vin, "year": vehicle.year, "make": vehicle.make, "model": vehicle.model, "plate": vehicle.plate}


def _you() -> rx.Component:
    return layout.stack(
        text.heading2("You"),
        layout.grid(
            forms.field("Name", "name", required=True, default=IntakeState.start.name, autocomplete="name"),
            forms.field("Email", "email", type="email", required=True, default=IntakeState.start.email, autocomplete="email"),
            forms.field("Phone", "phone", type="tel", default=IntakeState.start.phone, autocomplete="tel"),
            forms.field("City", "city", default=IntakeState.start.city, autocomplete="address-level2"),
        ),
        text.muted("Before a mechanic accepts, only your first name, your city, the vehicle and the problem are shown."),
    )
