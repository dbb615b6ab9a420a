"""A forgotten password: ask for a link, then choose a new one. The same two pages for customers and for mechanics."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import forms, layout, text
from autodoctor.ui.components.account import PASSWORD_HELP
from autodoctor.ui.js.from_address import address_field
from autodoctor.ui.public.doors import mail_here
from autodoctor.words import _


def forgot_page() -> rx.Component:
    return _forgot("/api/customer/forgot-password", "/login")


def mechanic_forgot_page() -> rx.Component:
    return _forgot("/api/mechanics/forgot-password", "/mechanic/login")


def reset_page() -> rx.Component:
    return _reset("/api/customer/reset-password", "/login?reset=1", "/forgot-password")


def mechanic_reset_page() -> rx.Component:
    return _reset("/api/mechanics/reset-password", "/mechanic/login?reset=1", "/mechanic/forgot-password")


def _forgot(url: str, login: str) -> rx.Component:
    """The answer is the same whether there is such an account or not."""
    return layout.page(
        layout.narrow(
            text.heading1(_("Forgot your password?")),
            forms.api_form(
                url,
                forms.field(
                    _("Email"), "email", type="email", required=True, autocomplete="username", help=_("We mail you a link for a new one.")
                ),
                submit=_("Send the link"),
                done=_sent(),
            ),
            text.link(_("Back to the login"), href=login),
        ),
        audience="public",
        title=_("Forgot your password?"),
    )


def _sent() -> rx.Component:
    return layout.stack(
        text.heading2(_("Check your mail")),
        text.body(
            *text.filled(
                _("If there is an account for {email}, a link is there in a moment. It works once and for one hour."),
                email=forms.sent("email"),
            )
        ),
        mail_here(),
    )


def _reset(url: str, after: str, again: str) -> rx.Component:
    return layout.page(
        layout.narrow(
            text.heading1(_("Choose a new password")),
            text.body(_("You are signed out everywhere else when it is changed.")),
            forms.api_form(
                url,
                address_field(name="token"),
                forms.field(_("Password"), "password", type="password", required=True, help=PASSWORD_HELP, autocomplete="new-password"),
                submit=_("Change password"),
                next=after,
            ),
            text.muted(*text.filled(_("The link doesn't work? {link}"), link=text.link(_("Ask for a new one"), href=again))),
        ),
        audience="public",
        title=_("Choose a new password"),
    )
