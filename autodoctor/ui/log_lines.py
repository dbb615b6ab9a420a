"""What the log says about an event of a page: a number of its own, and the consultation that the page shows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import reflex as rx
import structlog
from asgi_correlation_id import correlation_id
from reflex.event import Event, EventSpec
from reflex.state import BaseState, StateUpdate
from reflex_base.event.context import EventContext

from autodoctor.core import telemetry
from autodoctor.core.ids import parse_id
from autodoctor.ui.tongue import language_in
from autodoctor.words import _, speaks

log = structlog.get_logger(__name__)


class LogLines(rx.Middleware):
    """Before each event, and before any other middleware."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """An event runs in a task of its own, so what is noted here ends with it."""
        _note(EventContext.get())
        return None


def unexpected(exception: Exception) -> EventSpec:
    """An event handler broke: logged once, under the number that the reader is told (Reflex calls this beside the event's task)."""
    context = EventContext.get()
    _note(context)
    log.error("unexpected error in a page", exc_info=exception)
    if headers := context.router_data.get("headers"):  # a push has none: its own page's language is known to the event alone
        speaks(language_in(headers))
    return rx.toast.error(
        _("Something went wrong on our side."),
        description=_("Please try again; if it stays, tell us this number: {number}", number=context.txid),
        id="unexpected",
    )


def session_in_view(router_data: Mapping[str, Any]) -> uuid.UUID | None:
    """The consultation that a page shows: no other ids are in the addresses of our pages."""
    path = str(router_data.get("asPath", "")).partition("?")[0]
    return parse_id(path.rstrip("/").rpartition("/")[2])


def _note(context: EventContext) -> None:
    structlog.contextvars.clear_contextvars()
    correlation_id.set(context.txid)
    if session_id := session_in_view(context.router_data):
        telemetry.about_session(session_id)
