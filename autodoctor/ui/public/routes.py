"""Where the pages for everybody are: the site's front, the doors of customers and mechanics, and what stands at no address."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components.layout import window_title
from autodoctor.ui.gallery.page import components_page
from autodoctor.ui.gallery.state import ComponentsState
from autodoctor.ui.public import contact, doors, home, legal, missing, outbox, passwords, pricing, success, verify
from autodoctor.ui.public.doors_state import DoorState
from autodoctor.ui.public.home_state import HomeState
from autodoctor.ui.public.outbox_state import OutboxState
from autodoctor.ui.public.verify_state import VerifyState
from autodoctor.words import _

DESCRIPTION = _("Talk to a certified mechanic about your car, now. One price, your money back if nobody is free.")
DESCRIPTIONS = {
    "/": DESCRIPTION,
    "/pricing": _(
        "What a session with a mechanic costs: three plans, paid once, no subscription. You get it all back if nobody can take it."
    ),
    "/login": _("Log in to your sessions with Auto Doctor's mechanics, their reports and your vehicles."),
    "/signup": _("Create an account with Auto Doctor and talk to a certified mechanic about your car today."),
    "/forgot-password": _("Forgot the password of your Auto Doctor account? We mail you a link for a new one."),
    "/reset-password": _("Choose a new password for your Auto Doctor account."),
    "/mechanic/login": _("Mechanics: log in to Auto Doctor, go online, and take requests."),
    "/mechanic/signup": _(
        "Repair cars for a living? Help drivers from where you are, when you like, and keep 80 percent of every session."
    ),
    "/mechanic/forgot-password": _("Mechanics: forgot your password for Auto Doctor? We mail you a link for a new one."),
    "/mechanic/reset-password": _("Mechanics: choose a new password for Auto Doctor."),
    "/contact": _("Write to the people who run Auto Doctor. A person reads it and answers within a day."),
    "/terms": _("The terms of Auto Doctor: what you buy, what a mechanic can say from afar, and when you get your money back."),
    "/privacy": _("What Auto Doctor knows about you, who sees it, how long it is kept, and how to take it home or have it erased."),
    "/waiver": _("What you accept before a mechanic advises you from afar, in plain words."),
}
"""What search engines show of the pages that they find."""


def add_pages(app: rx.App) -> None:
    """Add every page of this audience."""
    app.add_page(
        home.home_page, route="/", title=_("Auto Doctor: ask a mechanic now"), description=DESCRIPTIONS["/"], on_load=HomeState.load
    )
    _add_doors(app)
    for page, route, title in (
        (pricing.pricing_page, "/pricing", _("Pricing")),
        (doors.signup_page, "/signup", _("Create your account")),
        (doors.mechanic_signup_page, "/mechanic/signup", _("Create a mechanic's account")),
        (passwords.forgot_page, "/forgot-password", _("Forgot your password?")),
        (passwords.reset_page, "/reset-password", _("Choose a new password")),
        (passwords.mechanic_forgot_page, "/mechanic/forgot-password", _("Forgot your password?")),
        (passwords.mechanic_reset_page, "/mechanic/reset-password", _("Choose a new password")),
        (success.success_page, "/checkout/success", _("Your payment")),
        (contact.contact_page, "/contact", _("Contact")),
        (legal.terms_page, "/terms", _("Terms")),
        (legal.privacy_page, "/privacy", _("Privacy")),
        (legal.waiver_page, "/waiver", _("Waiver")),
        (missing.missing_page, "404", _("Page not found")),
    ):
        app.add_page(page, route=route, title=window_title(title), description=DESCRIPTIONS.get(route, DESCRIPTION))


def _add_doors(app: rx.App) -> None:
    """The pages that look who is there before they show themselves."""
    for page, route, title, on_load in (
        (doors.login_page, "/login", _("Log in"), DoorState.pass_customer),
        (doors.mechanic_login_page, "/mechanic/login", _("Mechanics: log in"), DoorState.pass_mechanic),
        (verify.verify_page, "/customer/verify", _("Verify your e-mail"), VerifyState.load),
        (outbox.outbox_page, "/dev/outbox", _("Development mailbox"), OutboxState.load),
        (components_page, "/dev/components", _("Components"), ComponentsState.load),
    ):
        app.add_page(page, route=route, title=window_title(title), description=DESCRIPTIONS.get(route, DESCRIPTION), on_load=on_load)
