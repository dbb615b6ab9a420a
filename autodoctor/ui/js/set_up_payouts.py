"""The way to the page where a mechanic fills in their account for payouts (P6)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class SetUpPayouts(rx.Component):
    """The button `Set up payouts`: asks for a link, which is for one use within minutes, and follows it."""

    library = library("set_up_payouts.jsx")
    tag = "SetUpPayouts"


class NewPayoutLink(rx.Component):
    """The same without a button, for who comes back because their link had run out; says what is wrong when there is no new one."""

    library = library("set_up_payouts.jsx")
    tag = "NewPayoutLink"


set_up_payouts = SetUpPayouts.create
new_payout_link = NewPayoutLink.create
