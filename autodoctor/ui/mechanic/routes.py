"""Where the mechanic's pages are."""

from __future__ import annotations

import reflex as rx

from autodoctor.payouts import onboarding
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.components.layout import window_title
from autodoctor.ui.mechanic.board import board_page
from autodoctor.ui.mechanic.board_state import PAGE, BoardState, read_board
from autodoctor.ui.mechanic.earnings_state import EarningsState, read_earnings
from autodoctor.ui.mechanic.hours import hours_page
from autodoctor.ui.mechanic.hours_state import HoursState
from autodoctor.ui.mechanic.onboarding import refresh_page, success_page
from autodoctor.ui.mechanic.onboarding_state import OnboardingState
from autodoctor.ui.mechanic.profile import profile_page
from autodoctor.ui.mechanic.profile_state import MechanicProfileState
from autodoctor.ui.mechanic.record_state import RecordState
from autodoctor.ui.mechanic.session import session_page
from autodoctor.ui.mechanic.session_state import MechanicSessionState
from autodoctor.words import _


def add_pages(app: rx.App) -> None:
    """Add every page of this audience, and say how its boards are read."""
    app.add_page(board_page, route=PAGE, title=window_title(_("Requests")), on_load=[BoardState.load, RecordState.load, EarningsState.load])
    app.add_page(hours_page, route="/mechanic/availability", title=window_title(_("Your weekly hours")), on_load=HoursState.load)
    app.add_page(profile_page, route="/mechanic/profile", title=window_title(_("Your profile")), on_load=MechanicProfileState.load)
    app.add_page(session_page, route="/mechanic/sessions/[session]", title=window_title(_("Session")), on_load=MechanicSessionState.load)
    app.add_page(success_page, route=onboarding.DONE, title=window_title(_("Your payout account")), on_load=OnboardingState.load)
    app.add_page(refresh_page, route=onboarding.REFRESH, title=window_title(_("Your payout account")))
    realtime.read_board_with(topics.board, read_board)
    realtime.read_board_with(topics.earnings, read_earnings)
