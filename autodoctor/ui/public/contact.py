"""`/contact`: writing to the people who run this site."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import forms, layout, text
from autodoctor.words import _


def contact_page() -> rx.Component:
    return layout.page(
        layout.narrow(
            text.heading1(_("Write to us")),
            text.body(_("Questions, trouble with a payment, praise or complaints: a person reads it and answers within a day.")),
            forms.api_form(
                "/api/contact",
                forms.field(_("Name"), "name", required=True, autocomplete="name"),
                forms.field(_("Email"), "email", type="email", required=True, autocomplete="email"),
                forms.text_area(_("Message"), "message", required=True),
                submit=_("Send message"),
                draft_key="contact",
                done=_thanks(),
            ),
        ),
        audience="public",
        title=_("Contact"),
    )


def _thanks() -> rx.Component:
    return layout.stack(
        text.heading2(_("Thank you")), text.body(*text.filled(_("We answer within a day, to {email}."), email=forms.sent("email")))
    )
