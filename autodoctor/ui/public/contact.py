"""`/contact`: writing to the people who run this site."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import forms, layout, text


def contact_page() -> rx.Component:
    return layout.page(
        layout.narrow(
            text.heading1("Write to us"),
            text.body("Questions, trouble with a payment, praise or complaints: a person reads it and answers within a day."),
            forms.api_form(
                "/api/contact",
                forms.field("Name", "name", required=True, autocomplete="name"),
                forms.field("Email", "email", type="email", required=True, autocomplete="email"),
                forms.text_area("Message", "message", required=True),
                submit="Send message",
                draft_key="contact",
                done=_thanks(),
            ),
        ),
        audience="public",
        title="Contact",
    )


def _thanks() -> rx.Component:
    return layout.stack(text.heading2("Thank you"), text.body("We answer within a day, to ", forms.sent("email"), "."))
