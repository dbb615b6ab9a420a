"""`/customer/verify`: what an unverified customer may do, which is to have the mail sent again (R2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, forms, layout, states, text
from autodoctor.ui.public.doors import mail_here
from autodoctor.ui.public.verify_state import VerifyState
from autodoctor.words import _


def verify_page() -> rx.Component:
    """Says where the link went, and sends another."""
    return layout.page(
        layout.narrow(
            text.heading1(_("Verify your e-mail")),
            rx.cond(VerifyState.ready, _waiting_for_it(), states.skeleton_form()),
        ),
        audience="customer",
        title=_("Verify your e-mail"),
    )


def _waiting_for_it() -> rx.Component:
    return layout.stack(
        text.body(
            *text.filled(_("We sent a link to {email}. Open it, and you can talk to a mechanic."), email=rx.el.strong(VerifyState.email))
        ),
        buttons.link_button(_("I have opened it"), href="/customer/dashboard"),
        text.muted(_("Nothing there after a minute? Look into the spam folder, or have it sent once more.")),
        forms.api_form(
            "/api/customer/resend-verification",
            forms.hidden("email", VerifyState.email),
            submit=_("Send it again"),
            kind="secondary",
            on_done_text=_("A new link is on its way. Only the newest one works."),
        ),
        mail_here(),
    )
