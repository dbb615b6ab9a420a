"""What happens between the payment page and the description of the problem (P1, P3)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class CheckoutReturn(rx.Component):
    """Resolves the checkout in the address and leads on, or says what is missing and what can be done."""

    library = library("checkout_return.jsx")
    tag = "CheckoutReturn"


checkout_return = CheckoutReturn.create
