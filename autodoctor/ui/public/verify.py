"""`/customer/verify`: what an unverified customer may do, which is to have the mail sent again (R2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, forms, layout, states, text
from autodoctor.ui.public.doors import mail_here
from autodoctor.ui.public.verify_state import VerifyState


def verify_page() -> rx.Component:
    """Says where the link went, and sends another."""
    return layout.page(
        layout.narrow(
            text.heading1("Verify your e-mail"),
            rx.cond(VerifyState.ready, _waiting_for_it(), states.skeleton_form()),
        ),
        audience="customer",
        title="Verify your e-mail",
    )


def _waiting_for_it() -> rx.Component:
    return layout.stack(
        text.body("We sent a link to ", rx.el.strong(VerifyState.email), ". Open it, and you can talk to a mechanic."),
        buttons.link_button("I have opened it", href="/customer/dashboard"),
        text.muted("Nothing there after a minute? Look into the spam folder, or have it sent once more."),
        forms.api_form(
            "/api/customer/resend-verification",
            forms.hidden("email", VerifyState.email),
            submit="Send it again",
            kind="secondary",
            on_done_text="A new link is on its way. Only the newest one works.",
        ),
        mail_here(),
    )
