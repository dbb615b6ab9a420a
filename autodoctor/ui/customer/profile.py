"""The customer's own account (R2, R5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import account, forms, layout, states, text
from autodoctor.ui.customer.profile_state import ProfileState
from autodoctor.words import _

profile: Any = ProfileState


def profile_page() -> rx.Component:
    """Name and phone, where one is logged in, a new password, one's own data and the end of the account."""
    return layout.page(
        layout.narrow(
            text.heading1(_("Your profile")),
            rx.cond(profile.ready, _form(), states.skeleton_form()),
        ),
        layout.narrow(
            account.own_logins(profile.logins, note=profile.login_note, on_end=profile.end_login, routes="/api/customer", after="/login")
        ),
        layout.narrow(account.new_password(routes="/api/customer", here="/customer/profile")),
        layout.narrow(account.own_data(routes="/api/customer")),
        layout.narrow(account.end_of_account(routes="/api/customer", after="/")),
        audience="customer",
        title=_("Your profile"),
    )


def _form() -> rx.Component:
    return forms.api_form(
        "/api/customer/profile",
        forms.field(_("Full name"), "fullName", required=True, default=profile.full_name, autocomplete="name"),
        forms.field(_("Phone"), "phone", type="tel", default=profile.phone, autocomplete="tel"),
        text.muted(_("You log in with {email}.", email=profile.email)),
        submit=_("Save"),
        method="PATCH",
        on_done_text=_("Saved."),
    )
