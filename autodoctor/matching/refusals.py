"""Why something about a request is refused, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Refusal
from autodoctor.sessions.refusals import MechanicBusy


class RequestTaken(Refusal):
    status, code = 409, "request_taken"
    default_detail = "Another mechanic was faster, or the customer has cancelled. It is off your list."


class ConsultationOpen(Refusal):
    status, code = 409, "consultation_open"
    default_detail = "You have an open consultation already. Finish or cancel it before you book another."


class NotEligible(Refusal):
    status, code = 409, "not_eligible"
    default_detail = "This mechanic can't take this request."


__all__ = ["ConsultationOpen", "MechanicBusy", "NotEligible", "RequestTaken"]
