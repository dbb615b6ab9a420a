"""`/checkout/success`: back from the payment page, on to the description of the problem (P1, P3)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import layout
from autodoctor.ui.js.checkout_return import checkout_return
from autodoctor.words import _


def success_page() -> rx.Component:
    return layout.page(checkout_return(), audience="customer", title=_("Your payment"))
