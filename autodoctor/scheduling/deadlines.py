"""The names of a booking's deadlines (L8); `jobs.deadlines` says what happens at each."""

HOLD_ENDS = "hold_ends"
"""Of a booking."""

BOOKING_DUE, REMINDER_DAY, REMINDER_SOON = "booking_due", "reminder_day", "reminder_soon"
OF_SESSION = (BOOKING_DUE, REMINDER_DAY, REMINDER_SOON)
"""Of a booked session."""
