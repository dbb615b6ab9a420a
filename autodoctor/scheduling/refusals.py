"""Why a time can't be booked, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Refusal
from autodoctor.words import N_


class SlotTaken(Refusal):
    status, code = 409, "slot_taken"
    default_detail = N_("Somebody else has just taken this time. Choose another one.")


class BookingsOverlap(Refusal):
    status, code = 409, "bookings_overlap"
    default_detail = N_("You have booked another session at this time. Choose another time, or move that one first.")
