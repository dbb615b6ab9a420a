"""What stands on everybody's own account: where they are logged in, and a new password (R5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, forms, layout, states, text
from autodoctor.ui.js.from_address import address_notice
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.second_factor import second_factor
from autodoctor.words import _

PASSWORD_HELP = _("At least 8 characters.")
_CHANGED = {"1": _("Your password is changed. Everywhere else you are logged out.")}


def own_logins(lines: Any, *, note: Any, on_end: Any, routes: str, after: str) -> rx.Component:
    """Each login with `Log out`, and all at once. `routes` is where this audience's routes stand, `after` the page to go to then."""
    return rx.fragment(
        text.heading2(_("Where you are logged in")),
        rx.el.p(note, role="status", class_name="login-note"),
        rx.cond(
            lines.length() > 0,
            rx.el.ul(
                rx.foreach(lines, lambda each: rx.el.li(_login(each, on_end, routes, after), key=each.id)),
                class_name="logins",
                aria_label=_("Where you are logged in"),
            ),
            states.skeleton_list(),
        ),
        text.muted(_("You don't know one of them? Log out there, then choose a new password.")),
        forms.api_form(f"{routes}/logout-everywhere", submit=_("Log out everywhere"), next=after, kind="secondary"),
    )


def _login(each: Any, on_end: Any, routes: str, after: str) -> rx.Component:
    return rx.el.div(
        layout.stack(
            layout.row(rx.el.strong(each.device), rx.cond(each.is_here, badges.chip(_("This device"), tone="good"))),
            text.muted(
                rx.cond(each.address != "", each.address + " · ", ""),
                *text.filled(
                    _("used {ago} · since {date}"),
                    ago=local_time(at=each.last_used, look="ago"),
                    date=local_time(at=each.since, look="date"),
                ),
            ),
        ),
        rx.cond(
            each.is_here,
            forms.api_form(f"{routes}/logout", submit=_("Log out"), next=after, kind="secondary"),
            buttons.secondary(_("Log out"), on_click=on_end(each.id), aria_label=_("Log out: {device}", device=each.device)),
        ),
        class_name="login",
    )


def login_codes(*, routes: str) -> rx.Component:
    """Logging in with a code of an authenticator app."""
    return rx.fragment(text.heading2(_("Log in with a code")), second_factor(url=f"{routes}/second-factor"))


def new_password(*, routes: str, here: str) -> rx.Component:
    """Change the password; `here` is the page it stands on, loaded anew afterwards with what was done."""
    return rx.fragment(
        text.heading2(_("Change your password")),
        address_notice(name="changed", cases=_CHANGED),
        forms.api_form(
            f"{routes}/password",
            forms.field(_("Current password"), "currentPassword", type="password", required=True, autocomplete="current-password"),
            forms.field(_("New password"), "password", type="password", required=True, help=PASSWORD_HELP, autocomplete="new-password"),
            text.muted(_("Everywhere else you are logged out then.")),
            submit=_("Change password"),
            next=f"{here}?changed=1",
            kind="secondary",
        ),
    )


def own_data(*, routes: str) -> rx.Component:
    """Take everything home, as a file."""
    return rx.fragment(
        text.heading2(_("Your data")),
        text.body(_("Everything that we have about you, as one file.")),
        layout.row(buttons.link_button(_("Download my data"), href=f"{routes}/export", kind="secondary", download="auto-doctor.json")),
    )


def end_of_account(*, routes: str, after: str) -> rx.Component:
    """Have everything erased: asked twice, once by a box to tick and once for the password."""
    return rx.fragment(
        text.heading2(_("Delete your account")),
        text.body(
            _(
                "Your profile, vehicles, descriptions and files are erased, and your messages stay without your name. "
                "Records of payments stay, and no longer say whose they were. This can't be undone."
            )
        ),
        forms.api_form(
            f"{routes}/account",
            forms.field(_("Your password"), "password", type="password", required=True, autocomplete="current-password"),
            forms.checkbox(_("I want everything erased"), "confirmed", required=True),
            submit=_("Delete my account"),
            method="DELETE",
            next=after,
            kind="secondary",
        ),
    )
