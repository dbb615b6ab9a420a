"""Why a checkout isn't opened or fulfilled."""

from __future__ import annotations

from autodoctor.core.errors import NotFound, Refusal
from autodoctor.words import N_


class NotPaid(Refusal):
    status, code = 409, "not_paid"
    default_detail = N_("This checkout isn't paid. Nothing was charged.")


class NotOurCheckout(NotFound):
    """A checkout of the same Stripe account that this installation didn't open: its plan or customer isn't known here."""

    default_detail = N_("We couldn't find this payment.")


class NothingLeft(Refusal):
    status, code = 409, "nothing_to_refund"
    default_detail = N_("Nothing is left to go back: all that was paid has gone back, or was lost to the payer's bank.")
