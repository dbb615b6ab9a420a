"""Where the customer's pages are."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.customer.dashboard import dashboard_page
from autodoctor.ui.customer.dashboard_state import PAGE, DashboardState
from autodoctor.ui.customer.intake import intake_page
from autodoctor.ui.customer.intake_state import IntakeState
from autodoctor.ui.customer.profile import profile_page
from autodoctor.ui.customer.profile_state import ProfileState
from autodoctor.ui.customer.schedule import schedule_page
from autodoctor.ui.customer.schedule_state import ScheduleState
from autodoctor.ui.customer.session import session_page
from autodoctor.ui.customer.session_state import SessionState
from autodoctor.ui.customer.vehicles import vehicles_page
from autodoctor.ui.customer.vehicles_state import VehiclesState
from autodoctor.words import _


def add_pages(app: rx.App) -> None:
    """Add every page of this audience."""
    app.add_page(dashboard_page, route=PAGE, title=_("Your sessions · Auto Doctor"), on_load=DashboardState.load)
    app.add_page(intake_page, route="/intake", title=_("Tell us about the problem · Auto Doctor"), on_load=IntakeState.load)
    app.add_page(vehicles_page, route="/customer/vehicles", title=_("Your vehicles · Auto Doctor"), on_load=VehiclesState.load)
    app.add_page(profile_page, route="/customer/profile", title=_("Your profile · Auto Doctor"), on_load=ProfileState.load)
    app.add_page(schedule_page, route="/customer/schedule", title=_("Book a time · Auto Doctor"), on_load=ScheduleState.load)
    app.add_page(session_page, route="/customer/sessions/[session]", title=_("Your session · Auto Doctor"), on_load=SessionState.load)
