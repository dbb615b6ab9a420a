"""Puts the application together: settings, pages, API and what runs beside them. No logic."""

from __future__ import annotations

import reflex as rx

from autodoctor.api.app import create_api
from autodoctor.api.in_flight import InFlight, answering
from autodoctor.core import error_reports, stopping
from autodoctor.core.meters import watch_loop
from autodoctor.core.orphans import leave_with_parent
from autodoctor.core.telemetry import configure_logging
from autodoctor.integrations.livekit.server import run_livekit
from autodoctor.integrations.sandbox.stripe.delivery import run_deliveries
from autodoctor.jobs.run import run_jobs
from autodoctor.realtime.service import run_realtime
from autodoctor.ui.admin import routes as admin
from autodoctor.ui.attended import Attention
from autodoctor.ui.components.frame import app_settings
from autodoctor.ui.customer import routes as customer
from autodoctor.ui.doorkeeper import Doorkeeper
from autodoctor.ui.log_lines import LogLines, unexpected
from autodoctor.ui.mechanic import routes as mechanic
from autodoctor.ui.page_files import in_each_language, serve_pages
from autodoctor.ui.public import routes as public
from autodoctor.ui.room import routes as room
from autodoctor.ui.socket_guard import SocketGuard
from autodoctor.ui.tongue import Tongue
from autodoctor.vehicles import code_book

configure_logging()
code_book.check()

api = create_api()
app = rx.App(
    api_transformer=(in_each_language, api, serve_pages, SocketGuard, InFlight), backend_exception_handler=unexpected, **app_settings()
)
app.add_middleware(LogLines())
app.add_middleware(Tongue())
app.add_middleware(Attention())
app.add_middleware(Doorkeeper())
for audience in (public, customer, mechanic, admin, room):
    audience.add_pages(app)

app.register_lifespan_task(error_reports.flushing)
app.register_lifespan_task(stopping.listening)
app.register_lifespan_task(leave_with_parent)
app.register_lifespan_task(watch_loop)
app.register_lifespan_task(run_deliveries)
app.register_lifespan_task(run_livekit)
app.register_lifespan_task(run_realtime)
app.register_lifespan_task(run_jobs)
app.register_lifespan_task(answering)
