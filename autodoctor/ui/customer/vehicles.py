"""The registry of vehicles: what consultations start with (R2)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, forms, layout, states, text
from autodoctor.ui.customer.vehicles_state import VehiclesState
from autodoctor.ui.js.undo import undo_toast
from autodoctor.ui.js.vin_decode import vin_row
from autodoctor.words import _

registry: Any = VehiclesState


def vehicles_page() -> rx.Component:
    """Own vehicles, and a form for another one."""
    return layout.page(
        undo_toast(offer=registry.offer, words=registry.removed, on_undo=registry.undo),
        layout.section(
            text.heading1(_("Your vehicles")),
            rx.cond(registry.problem != "", states.error_box(registry.problem, registry.load)),
            rx.cond(registry.ready, _list(), states.skeleton_list()),
        ),
        layout.section(text.heading2(_("Add a vehicle")), _form()),
        audience="customer",
        title=_("Your vehicles"),
    )


def _list() -> rx.Component:
    return rx.cond(
        registry.vehicles.length() > 0,
        rx.el.ul(rx.foreach(registry.vehicles, _vehicle), class_name="plain-list"),
        states.empty(_("No vehicles yet"), _("Add one here, or describe a problem: its vehicle is remembered by itself."), None),
    )


def _vehicle(vehicle: Any) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    layout.row(
                        rx.el.h2(vehicle.title, class_name="heading3"), rx.cond(vehicle.is_primary, badges.chip(_("Primary"), tone="info"))
                    ),
                    text.muted(
                        rx.cond(vehicle.vin != "", _("VIN {vin}", vin=vehicle.vin), _("No VIN")),
                        rx.cond(vehicle.plate != "", " · " + vehicle.plate, ""),
                    ),
                ),
                layout.row(
                    rx.cond(
                        ~vehicle.is_primary,
                        buttons.secondary(
                            _("Make primary"),
                            on_click=registry.make_primary(vehicle.id),
                            aria_label=_("Make {vehicle} primary", vehicle=vehicle.title),
                        ),
                    ),
                    buttons.quiet(
                        _("Remove"), on_click=registry.remove(vehicle.id), aria_label=_("Remove {vehicle}", vehicle=vehicle.title)
                    ),
                ),
            ),
        ),
    )


def _form() -> rx.Component:
    return forms.api_form(
        "/api/customer/vehicles",
        vin_row(forms.field(_("VIN"), "vin", help=_("Optional: fills in the rest."))),
        layout.grid(
            forms.field(_("Year"), "year", required=True, inputmode="numeric"),
            forms.field(_("Make"), "make", required=True),
            forms.field(_("Model"), "model", required=True),
            forms.field(_("Plate"), "plate"),
            forms.field(_("Odometer"), "mileage", inputmode="numeric"),
        ),
        submit=_("Add vehicle"),
        next="/customer/vehicles",
        draft_key="vehicle",
    )
