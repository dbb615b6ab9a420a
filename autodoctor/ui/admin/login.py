"""`/admin/login` (R4)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import forms, layout, text
from autodoctor.ui.js.from_address import address_notice, fresh_door
from autodoctor.ui.js.leave_for import leave_for
from autodoctor.ui.public.doors import ENDED, code_field
from autodoctor.ui.public.doors_state import DoorState
from autodoctor.words import _


def admin_login_page() -> rx.Component:
    """For administrators, whose accounts are made from the command line."""
    return layout.page(
        layout.narrow(
            fresh_door(),
            leave_for(to=DoorState.onward),
            text.heading1(_("Administrators: log in")),
            address_notice(name="ended", cases=ENDED),
            forms.api_form(
                "/api/admin/login",
                forms.field(_("Email"), "email", type="email", required=True, autocomplete="username"),
                forms.field(_("Password"), "password", type="password", required=True, autocomplete="current-password"),
                code_field(),
                submit=_("Log in"),
                next="/admin/overview",
                next_from_query=True,
            ),
        ),
        audience="public",
        title=_("Administrators: log in"),
    )
