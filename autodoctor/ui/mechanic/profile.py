"""`/mechanic/profile`: what customers read of a mechanic, where the mechanic is logged in, and a new password (R3, R5)."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

import reflex as rx

from autodoctor.ui.components import account, badges, forms, layout, states, text
from autodoctor.ui.mechanic.profile_state import MechanicProfileState
from autodoctor.words import _

profile: Any = MechanicProfileState

STANDINGS = {
    "pending_review-junior": (_("Being reviewed"), "soon"),
    "pending_review-senior": (_("Being reviewed"), "soon"),
    "approved-junior": (_("Approved mechanic"), "good"),
    "approved-senior": (_("Approved senior mechanic"), "good"),
}


def profile_page() -> rx.Component:
    """The form, the logins, a new password."""
    return layout.page(
        layout.narrow(
            layout.row(text.heading1(_("Your profile")), _standing()),
            rx.cond(profile.ready, _form(), states.skeleton_form()),
        ),
        layout.narrow(
            account.own_logins(
                profile.logins, note=profile.login_note, on_end=profile.end_login, routes="/api/mechanics", after="/mechanic/login"
            )
        ),
        layout.narrow(account.login_codes(routes="/api/mechanics")),
        layout.narrow(account.new_password(routes="/api/mechanics", here="/mechanic/profile")),
        audience="mechanic",
        title=_("Your profile"),
    )


def _standing() -> Any:
    known = [(name, badges.chip(words, tone=tone)) for name, (words, tone) in STANDINGS.items()]  # type: ignore[arg-type]
    return rx.match(profile.standing, *known, rx.fragment())


def _form() -> rx.Component:
    return forms.api_form(
        "/api/mechanics/me",
        forms.field(_("Name"), "name", required=True, default=profile.name, autocomplete="name", help=_("Customers see it.")),
        forms.field(
            _("Phone"), "phone", type="tel", default=profile.phone, autocomplete="tel", help=_("Only for us. Leave it empty to remove it.")
        ),
        forms.select(_("Time zone"), "timeZone", sorted(available_timezones()), default=profile.time_zone),
        forms.text_area(_("Bio"), "bio", default=profile.bio, help=_("A few sentences about your work.")),
        forms.field(
            _("Specialties"),
            "specialties",
            default=profile.specialties.join(", "),
            sends="words",
            help=_("Separated by commas: brakes, hybrids"),
        ),
        forms.checkbox(
            _("Show my page to everybody"),
            "isPublic",
            text.link(_("See your page"), href=profile.public_path),
            default=profile.is_public,
            help=_(
                "It is there once you are approved: your name, bio, specialties, ratings and reviews, and whether you are online. "
                "Never your phone, your email address or what you earn."
            ),
        ),
        text.muted(*text.filled(_("You log in with {email}."), email=profile.email)),
        submit=_("Save"),
        method="PATCH",
        on_done_text=_("Saved."),
    )
