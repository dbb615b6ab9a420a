"""`/admin/account`: an administrator's own logins, second factor and password (R4, R5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.account_state import PAGE, AdminAccountState
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.components import account, layout, text
from autodoctor.words import _

own: Any = AdminAccountState

ROUTES = "/api/admin"


def account_page() -> rx.Component:
    """Second factor first, because it may have to be; then logins and password."""
    return admin_page(
        layout.narrow(
            text.heading1(_("Your account")),
            text.muted(*text.filled(_("You log in with {email}."), email=own.email)),
        ),
        layout.narrow(account.login_codes(routes=ROUTES)),
        layout.narrow(
            account.own_logins(own.logins, note=own.login_note, on_end=own.end_login, routes=ROUTES, after="/admin/login"),
        ),
        layout.narrow(account.new_password(routes=ROUTES, here=PAGE)),
        title=_("Your account"),
        figures=own.figures,
    )
