"""Where the administrators' pages are."""

from __future__ import annotations

import reflex as rx

from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.admin.account import account_page
from autodoctor.ui.admin.account_state import PAGE as ACCOUNT
from autodoctor.ui.admin.account_state import AdminAccountState
from autodoctor.ui.admin.audit import audit_page
from autodoctor.ui.admin.audit_state import AuditState
from autodoctor.ui.admin.audit_view import PAGE as AUDIT
from autodoctor.ui.admin.cleanup import cleanup_page
from autodoctor.ui.admin.cleanup_state import CleanupState
from autodoctor.ui.admin.intakes import intakes_page
from autodoctor.ui.admin.intakes_state import IntakesState
from autodoctor.ui.admin.intakes_view import PAGE as INTAKES
from autodoctor.ui.admin.login import admin_login_page
from autodoctor.ui.admin.mechanics import mechanics_page
from autodoctor.ui.admin.mechanics_state import MechanicsState
from autodoctor.ui.admin.mechanics_view import PAGE as MECHANICS
from autodoctor.ui.admin.money import money_page
from autodoctor.ui.admin.money_address import PAGE as MONEY
from autodoctor.ui.admin.money_reading import read_money
from autodoctor.ui.admin.money_state import MoneyState
from autodoctor.ui.admin.observe import observe_page
from autodoctor.ui.admin.observe_state import ObserveState
from autodoctor.ui.admin.overview import overview_page
from autodoctor.ui.admin.overview_address import PAGE as OVERVIEW
from autodoctor.ui.admin.overview_reading import REST_S, read_overview
from autodoctor.ui.admin.overview_state import OverviewState
from autodoctor.ui.admin.queue import queue_page
from autodoctor.ui.admin.queue_state import PAGE, QueueState
from autodoctor.ui.admin.session import admin_session_page
from autodoctor.ui.admin.session_record_state import SessionRecordState
from autodoctor.ui.admin.session_state import AdminSessionState
from autodoctor.ui.admin.sessions import sessions_page
from autodoctor.ui.admin.sessions_state import SessionsState
from autodoctor.ui.admin.sessions_view import PAGE as SESSIONS
from autodoctor.ui.components.layout import window_title
from autodoctor.ui.public.doors_state import DoorState


def add_pages(app: rx.App) -> None:
    """Add every page of this audience, and say how its boards are read. `/admin` leads to the intakes, as in the source (PAGES)."""
    app.add_page(admin_login_page, route="/admin/login", title=window_title("Administrators: log in"), on_load=DoorState.pass_admin)
    app.add_page(intakes_page, route="/admin", title=window_title("Intakes"), on_load=rx.redirect(INTAKES, replace=True))
    app.add_page(overview_page, route=OVERVIEW, title=window_title("Overview"), on_load=OverviewState.load)
    app.add_page(queue_page, route=PAGE, title=window_title("Waiting requests"), on_load=QueueState.load)
    app.add_page(account_page, route=ACCOUNT, title=window_title("Your account"), on_load=AdminAccountState.load)
    app.add_page(cleanup_page, route="/admin/cleanup", title=window_title("Cleanup"), on_load=CleanupState.load)
    app.add_page(sessions_page, route=SESSIONS, title=window_title("Sessions"), on_load=SessionsState.load)
    app.add_page(observe_page, route="/admin/observe/[session]", title=window_title("Observe a session"), on_load=ObserveState.load)
    app.add_page(mechanics_page, route=MECHANICS, title=window_title("Mechanics"), on_load=MechanicsState.load)
    app.add_page(audit_page, route=AUDIT, title=window_title("Audit log"), on_load=AuditState.load)
    app.add_page(intakes_page, route=INTAKES, title=window_title("Intakes"), on_load=IntakesState.load)
    app.add_page(money_page, route=MONEY, title=window_title("Money"), on_load=MoneyState.load)
    session_loads = [AdminSessionState.load, SessionRecordState.load]
    app.add_page(admin_session_page, route="/admin/sessions/[session]", title=window_title("Session"), on_load=session_loads)
    realtime.read_board_with(topics.money, read_money)
    realtime.read_board_with(topics.overview, read_overview, hears=(topics.queue, topics.money), rest_s=REST_S)
