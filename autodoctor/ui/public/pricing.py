"""`/pricing`: three plans, and what happens to the money."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, layout, text
from autodoctor.ui.js.from_address import address_notice
from autodoctor.ui.public.plans import plan_cards
from autodoctor.words import _

MONEY_BACK = _(
    "You pay before a mechanic is found, so that nobody waits for you in vain. If none accepts within two hours, or you cancel "
    "before one does, you get all of it back without asking."
)
_CANCELLED = {"*": _("You left the payment page. Nothing was charged.")}
_REFUSED = {
    "provider_unavailable": _("The payment page can't be reached right now. Nothing was charged. Please try again in a minute."),
    "not_found": _("There is no such plan. Please choose one of these."),
    "*": _("That didn't work. Nothing was charged. Please try again."),
}


def pricing_page() -> rx.Component:
    return layout.page(
        layout.section(
            text.heading1(_("One price, one session")),
            text.body(_("No subscription. Choose what your problem needs; each leads to the payment page.")),
            address_notice(name="cancelled", cases=_CANCELLED),
            address_notice(name="error", cases=_REFUSED, tone="now"),
        ),
        plan_cards(),
        layout.section(
            text.heading2(_("Rather at a set time?")),
            text.body(
                _("Choose a mechanic and an hour of the next two weeks. It costs the same, and until it starts you can call it off.")
            ),
            layout.row(buttons.link_button(_("Book a time"), href="/customer/schedule", kind="secondary")),
        ),
        layout.section(text.heading2(_("What if nobody is free?")), text.body(MONEY_BACK)),
        audience="public",
        title=_("Pricing"),
    )
