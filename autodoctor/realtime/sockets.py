"""Reflex's sockets in this worker. The only module that uses what Reflex 0.10.1 keeps to itself (docs/decisions/0003)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import reflex as rx
from reflex.app import EventNamespace
from reflex.constants import SocketEvent
from reflex.constants.state import FIELD_MARKER
from reflex.event import Event
from reflex.state import OnLoadInternalState, StateUpdate
from reflex_base.utils.format import format_event_handler
from socketio.base_manager import BaseManager

from autodoctor.core.errors import sure

_LOAD = format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"])


def as_update(state: type[rx.State], **values: Any) -> StateUpdate:
    """New values of a state's vars, as its client takes them. The state itself hears nothing of it."""
    return StateUpdate(delta={state.get_full_name(): {name + FIELD_MARKER: value for name, value in values.items()}})


class Sockets:
    """The open sockets of an application, by the token of their page."""

    def __init__(self, app: rx.App) -> None:
        self._app = app

    @property
    def _namespace(self) -> EventNamespace:
        return sure(self._app.event_namespace, "the application has pages with states")

    def sid(self, token: str) -> str | None:
        """The socket of this page, when it is open and in this worker."""
        tokens = self._namespace._token_manager
        record = tokens.token_to_socket.get(token)
        return record.sid if record is not None and record.instance_id == tokens.instance_id else None

    async def run(self, token: str, handler: str, **arguments: Any) -> None:
        """Have the page's own event handler run, as if the page had asked for it."""
        with self._app.set_contexts():
            await self._app.event_processor.enqueue(token, Event(name=handler, payload=arguments))

    async def load_again(self, token: str) -> None:
        """Have the page run what it runs when it is opened."""
        await self.run(token, _LOAD)

    async def enter(self, token: str, room: str) -> None:
        """Put a page's socket into a room; a socket that is just closing stays out."""
        sid = self.sid(token)
        if sid is not None and self._is_open(sid):
            await self._namespace.enter_room(sid, room)

    async def leave(self, token: str, room: str) -> None:
        sid = self.sid(token)
        if sid is not None:
            await self._namespace.leave_room(sid, room)

    def number_in(self, room: str) -> int:
        """How many sockets are in this room; each is alone in the one of its own name."""
        return len(self._rooms().get(room, ()))

    async def emit(self, update: StateUpdate, *, to: str) -> None:
        """Send a state update to a room, or to one socket, as Reflex's client applies any other."""
        await self._namespace.emit(str(SocketEvent.EVENT), update, room=to)

    @contextmanager
    def closing(self, told: Callable[[str], None]) -> Iterator[None]:
        """Inside, `told` hears the token of each page whose socket closes."""
        namespace, close = self._namespace, self._namespace.on_disconnect

        def on_disconnect(sid: str, *_reason: Any) -> asyncio.Task[None] | None:
            token = namespace.sid_to_token.get(sid)
            if token is not None:
                told(token)
            return close(sid)

        namespace.on_disconnect = on_disconnect  # type: ignore[method-assign]
        try:
            yield
        finally:
            namespace.on_disconnect = close  # type: ignore[method-assign]

    @property
    def _manager(self) -> BaseManager:
        return sure(self._app.sio, "the application has sockets").manager

    def _is_open(self, sid: str) -> bool:
        return self._manager.is_connected(sid, self._namespace.namespace)

    def _rooms(self) -> dict[str, Any]:
        return self._manager.rooms.get(self._namespace.namespace, {})
