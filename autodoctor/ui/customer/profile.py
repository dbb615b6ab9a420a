"""The customer's own account (R2, R5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import forms, layout, states, text
from autodoctor.ui.customer.profile_state import ProfileState

profile: Any = ProfileState


def profile_page() -> rx.Component:
    """Name and phone, and the way out of every device."""
    return layout.page(
        layout.section(
            text.heading1("Your profile"),
            rx.cond(profile.ready, _form(), states.skeleton_form()),
        ),
        layout.section(
            text.heading2("Signed in elsewhere?"),
            text.body("Signs you out on every device, this one included."),
            forms.api_form("/api/customer/logout-everywhere", submit="Sign out everywhere", next="/login", kind="secondary"),
        ),
        audience="customer",
        title="Your profile",
    )


def _form() -> rx.Component:
    return forms.api_form(
        "/api/customer/profile",
        forms.field("Full name", "fullName", required=True, default=profile.full_name, autocomplete="name"),
        forms.field("Phone", "phone", type="tel", default=profile.phone, autocomplete="tel"),
        text.muted("You log in with ", profile.email, "."),
        submit="Save",
        method="PATCH",
        on_done_text="Saved.",
    )
