"""Why something about a request is refused, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Refusal
from autodoctor.sessions.refusals import MechanicBusy
from autodoctor.words import N_


class RequestTaken(Refusal):
    status, code = 409, "request_taken"
    default_detail = N_("Another mechanic was faster, or the customer has cancelled. It is off your list.")


class ConsultationOpen(Refusal):
    status, code = 409, "consultation_open"
    default_detail = N_("You have an open consultation already. Finish or cancel it before you book another.")


class NotEligible(Refusal):
    status, code = 409, "not_eligible"
    default_detail = N_("This mechanic can't take this request.")


__all__ = ["ConsultationOpen", "MechanicBusy", "NotEligible", "RequestTaken"]
