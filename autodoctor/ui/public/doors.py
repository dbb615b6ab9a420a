"""Log in and sign up: customers at `/login` and `/signup`, mechanics at `/mechanic/login` and `/mechanic/signup` (R2, R3)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import forms, layout, text
from autodoctor.ui.components.account import PASSWORD_HELP
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.js.from_address import address_notice, fresh_door, keep_onward, onward_link, take_onward, time_zone_field
from autodoctor.ui.js.leave_for import leave_for
from autodoctor.ui.public.doors_state import DoorState
from autodoctor.ui.visitor import VisitorState
from autodoctor.words import _

_WELCOME = {"1": _("Your e-mail is verified. Log in to go on.")}
_CHANGED = {"1": _("Your password is changed. Log in with the new one.")}
ENDED = {
    "*": _("You are logged out here: after a long pause, by a new password, or because you logged out from elsewhere. Log in to go on."),
}
_LINK_FAILED = {
    "link_expired": _("This link was used already or has run out. Log in, and we send you a new one."),
    "*": _("This link doesn't work. Log in, and we send you a new one."),
}


def login_page() -> rx.Component:
    """For customers. Somebody unverified is asked to verify next."""
    return layout.page(
        layout.narrow(
            take_onward(),
            fresh_door(),
            leave_for(to=DoorState.onward),
            text.heading1(_("Log in")),
            address_notice(name="verified", cases=_WELCOME),
            address_notice(name="reset", cases=_CHANGED),
            address_notice(name="ended", cases=ENDED),
            address_notice(name="error", cases=_LINK_FAILED, tone="now"),
            _credentials("/api/customer/login", "/customer/dashboard"),
            text.link(_("Forgot your password?"), href="/forgot-password"),
            text.body(*text.filled(_("New to Auto Doctor? {link}"), link=onward_link(href="/signup", label=_("Create an account")))),
            text.muted(*text.filled(_("You are a mechanic? {link}"), link=text.link(_("Log in here"), href="/mechanic/login"))),
        ),
        audience="public",
        title=_("Log in"),
    )


def mechanic_login_page() -> rx.Component:
    """For mechanics, whatever their standing."""
    return layout.page(
        layout.narrow(
            fresh_door(),
            leave_for(to=DoorState.onward),
            text.heading1(_("Mechanics: log in")),
            address_notice(name="reset", cases=_CHANGED),
            address_notice(name="ended", cases=ENDED),
            _credentials("/api/mechanics/login", "/mechanic/dashboard", code_field()),
            text.link(_("Forgot your password?"), href="/mechanic/forgot-password"),
            text.body(
                *text.filled(_("Want to help drivers? {link}"), link=text.link(_("Create a mechanic's account"), href="/mechanic/signup"))
            ),
            text.muted(*text.filled(_("You need a mechanic? {link}"), link=text.link(_("Log in here"), href="/login"))),
        ),
        audience="public",
        title=_("Mechanics: log in"),
    )


def _credentials(url: str, after: str, *more: rx.Component) -> rx.Component:
    return forms.api_form(
        url,
        forms.field(_("Email"), "email", type="email", required=True, autocomplete="username"),
        forms.field(_("Password"), "password", type="password", required=True, autocomplete="current-password"),
        *more,
        submit=_("Log in"),
        next=after,
        next_from_query=True,
    )


def code_field() -> rx.Component:
    """Whether an account asks for one is told to nobody before both are right."""
    return forms.field(
        _("Code"), "totp", autocomplete="one-time-code", help=_("If you have set one up: from your app, or a recovery code.")
    )


def signup_page() -> rx.Component:
    """For customers: adult, and the waiver accepted."""
    return layout.page(
        layout.narrow(
            keep_onward(),
            text.heading1(_("Create your account")),
            forms.api_form(
                "/api/customer/signup",
                forms.field(_("Full name"), "fullName", required=True, autocomplete="name"),
                forms.field(_("Email"), "email", type="email", required=True, autocomplete="email"),
                forms.field(
                    _("Phone"), "phone", type="tel", autocomplete="tel", help=_("Optional. Only the mechanic who accepts sees it.")
                ),
                _new_password(),
                forms.checkbox(_("I am 18 or older"), "is18Plus", required=True),
                forms.checkbox(_("I accept the waiver"), "waiverAccepted", _reading(_("Read the waiver"), "/waiver"), required=True),
                submit=_("Create account"),
                done=_check_your_mail(),
            ),
            text.muted(*text.filled(_("By creating an account you agree to our {terms}."), terms=text.link(_("terms"), href="/terms"))),
            text.body(*text.filled(_("You have an account? {link}"), link=onward_link(href="/login", label=_("Log in")))),
        ),
        audience="public",
        title=_("Create your account"),
    )


def mechanic_signup_page() -> rx.Component:
    """For mechanics: we review each account before it can take requests."""
    return layout.page(
        layout.narrow(
            text.heading1(_("Help drivers from where you are")),
            text.body(_("You keep 80 percent of every session. Take the requests you like, when you like.")),
            forms.api_form(
                "/api/mechanics/signup",
                forms.field(_("Name"), "name", required=True, autocomplete="name"),
                forms.field(_("Email"), "email", type="email", required=True, autocomplete="email"),
                _new_password(),
                time_zone_field(name="timeZone"),
                submit=_("Create account"),
                done=_what_happens_next(),
            ),
            text.body(*text.filled(_("You have an account? {link}"), link=text.link(_("Log in"), href="/mechanic/login"))),
        ),
        audience="public",
        title=_("Create a mechanic's account"),
    )


def _new_password() -> rx.Component:
    return forms.field(_("Password"), "password", type="password", required=True, help=PASSWORD_HELP, autocomplete="new-password")


def _reading(label: str, href: str) -> rx.Component:
    """Opens beside the form, so that what was typed stays."""
    return plain(label, href=href, target="_blank", class_name="link")


def _check_your_mail() -> rx.Component:
    return layout.stack(
        text.heading2(_("Check your mail")),
        text.body(*text.filled(_("Your account is ready. We sent a link to {email}: open it, then log in."), email=forms.sent("email"))),
        text.muted(_("Nothing there after a minute? Look into the spam folder, or log in and have it sent again.")),
        mail_here(),
    )


def _what_happens_next() -> rx.Component:
    steps = (
        _("We look at your account by hand. Until then you can log in, but you can't take requests yet."),
        _("When it is approved we write to you."),
        _("You switch yourself online, and requests ring on your dashboard."),
    )
    return layout.stack(
        text.heading2(_("Thank you. This is what happens next")),
        rx.el.ol(*(rx.el.li(words) for words in steps), class_name="numbered"),
        text.body(
            *text.filled(_("We write to {email}. {link}"), email=forms.sent("email"), link=text.link(_("Log in"), href="/mechanic/login"))
        ),
    )


def mail_here() -> Any:
    """On a development machine: where mails are read."""
    return rx.cond(
        VisitorState.mailbox != "",
        text.muted(
            *text.filled(
                _("This is a development server: {link}."),
                link=plain(_("read its mails here"), href=VisitorState.mailbox, class_name="link"),
            )
        ),
    )
