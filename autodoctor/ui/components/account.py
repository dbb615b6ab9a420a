"""What stands on everybody's own account: where they are logged in, and a new password (R5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, forms, layout, states, text
from autodoctor.ui.js.from_address import address_notice
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.second_factor import second_factor

PASSWORD_HELP = "At least 8 characters."  # noqa: S105 - words about a password
_CHANGED = {"1": "Your password is changed. Everywhere else you are logged out."}


def own_logins(lines: Any, *, note: Any, on_end: Any, routes: str, after: str) -> rx.Component:
    """Each login with `Log out`, and all at once. `routes` is where this audience's routes stand, `after` the page to go to then."""
    return rx.fragment(
        text.heading2("Where you are logged in"),
        rx.el.p(note, role="status", class_name="login-note"),
        rx.cond(
            lines.length() > 0,
            rx.el.ul(
                rx.foreach(lines, lambda each: rx.el.li(_login(each, on_end, routes, after), key=each.id)),
                class_name="logins",
                aria_label="Where you are logged in",
            ),
            states.skeleton_list(),
        ),
        text.muted("You don't know one of them? Log out there, then choose a new password."),
        forms.api_form(f"{routes}/logout-everywhere", submit="Log out everywhere", next=after, kind="secondary"),
    )


def _login(each: Any, on_end: Any, routes: str, after: str) -> rx.Component:
    return rx.el.div(
        layout.stack(
            layout.row(rx.el.strong(each.device), rx.cond(each.is_here, badges.chip("This device", tone="good"))),
            text.muted(
                rx.cond(each.address != "", each.address + " · ", ""),
                "used ",
                local_time(at=each.last_used, look="ago"),
                " · since ",
                local_time(at=each.since, look="date"),
            ),
        ),
        rx.cond(
            each.is_here,
            forms.api_form(f"{routes}/logout", submit="Log out", next=after, kind="secondary"),
            buttons.secondary("Log out", on_click=on_end(each.id), aria_label="Log out: " + each.device),
        ),
        class_name="login",
    )


def login_codes(*, routes: str) -> rx.Component:
    """Logging in with a code of an authenticator app."""
    return rx.fragment(text.heading2("Log in with a code"), second_factor(url=f"{routes}/second-factor"))


def new_password(*, routes: str, here: str) -> rx.Component:
    """Change the password; `here` is the page it stands on, loaded anew afterwards with what was done."""
    return rx.fragment(
        text.heading2("Change your password"),
        address_notice(name="changed", cases=_CHANGED),
        forms.api_form(
            f"{routes}/password",
            forms.field("Current password", "currentPassword", type="password", required=True, autocomplete="current-password"),
            forms.field("New password", "password", type="password", required=True, help=PASSWORD_HELP, autocomplete="new-password"),
            text.muted("Everywhere else you are logged out then."),
            submit="Change password",
            next=f"{here}?changed=1",
            kind="secondary",
        ),
    )


def own_data(*, routes: str) -> rx.Component:
    """Take everything home, as a file."""
    return rx.fragment(
        text.heading2("Your data"),
        text.body("Everything that we have about you, as one file."),
        layout.row(buttons.link_button("Download my data", href=f"{routes}/export", kind="secondary", download="auto-doctor.json")),
    )


def end_of_account(*, routes: str, after: str) -> rx.Component:
    """Have everything erased: asked twice, once by a box to tick and once for the password."""
    return rx.fragment(
        text.heading2("Delete your account"),
        text.body(
            "Your profile, vehicles, descriptions and files are erased, and your messages stay without your name. "
            "Records of payments stay, and no longer say whose they were. This can't be undone."
        ),
        forms.api_form(
            f"{routes}/account",
            forms.field("Your password", "password", type="password", required=True, autocomplete="current-password"),
            forms.checkbox("I want everything erased", "confirmed", required=True),
            submit="Delete my account",
            method="DELETE",
            next=after,
            kind="secondary",
        ),
    )
