"""Why something about a session is refused, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Refusal


class MechanicBusy(Refusal):
    status, code = 409, "mechanic_busy"
    default_detail = "You have a job already. Finish it or let it go before you take another."


class AlreadyReviewed(Refusal):
    status, code = 409, "already_reviewed"
    default_detail = "You have rated this session already. Thank you."
