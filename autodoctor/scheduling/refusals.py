"""Why a time can't be booked, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Refusal


class SlotTaken(Refusal):
    status, code = 409, "slot_taken"
    default_detail = "Somebody else has just taken this time. Choose another one."


class BookingsOverlap(Refusal):
    status, code = 409, "bookings_overlap"
    default_detail = "You have booked another session at this time. Choose another time, or move that one first."
