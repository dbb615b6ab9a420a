"""Why something about a session is refused, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Refusal
from autodoctor.words import N_


class MechanicBusy(Refusal):
    status, code = 409, "mechanic_busy"
    default_detail = N_("You have a job already. Finish it or let it go before you take another.")


class MustStay(Refusal):
    status, code = 409, "must_stay"
    default_detail = N_("This can't be deleted: its records must stay.")


class TooManyGuests(Refusal):
    status, code = 409, "too_many_guests"
    default_detail = N_("Three people can be invited at a time. Remove one of them first.")


class InvitationUsed(Refusal):
    status, code = 409, "invitation_used"
    default_detail = N_("Somebody has come in by this link already. Ask for a link of your own.")


class InvitationOver(Refusal):
    status, code = 409, "invitation_over"
    default_detail = N_("This session is over, and your invitation with it. Thank you for your help.")


class AlreadyReviewed(Refusal):
    status, code = 409, "already_reviewed"
    default_detail = N_("You have rated this session already. Thank you.")
