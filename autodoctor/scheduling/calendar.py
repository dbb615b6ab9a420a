"""A booked session as a calendar file (ICS): the same event whenever it is fetched, newer each time it was moved (L8)."""

from __future__ import annotations

from icalendar import Alarm, Calendar, Event

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling import slot_rules
from autodoctor.scheduling.queries import Appointment

TYPE = "text/calendar; charset=utf-8"


def file_of(booking: Appointment) -> bytes:
    """The calendar file. One that was called off takes the event out of the calendar again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Auto Doctor//Bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if booking.is_cancelled else "PUBLISH")
    calendar.add_component(_event(booking))
    return calendar.to_ical()


def _event(booking: Appointment) -> Event:
    plan, host = PLANS[PlanCode(booking.plan_code)], get_settings().app_url
    event = Event()
    event.add("uid", str(booking.session_id))
    event.add("sequence", booking.moves + booking.is_cancelled)
    event.add("dtstamp", clock.now())
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", f"Auto Doctor: {plan.name}")
    event.add("description", f"{plan.minutes} minutes with {booking.with_whom}. Open your dashboard when it starts.")
    event.add("url", f"{host}{booking.dashboard}")
    event.add("status", "CANCELLED" if booking.is_cancelled else "CONFIRMED")
    if not booking.is_cancelled:
        event.add_component(_alarm())
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Your session with Auto Doctor starts soon.")
    alarm.add("trigger", -slot_rules.REMIND_SOON)
    return alarm


__all__ = ["TYPE", "file_of"]
