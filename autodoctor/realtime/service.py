"""From committed facts to sockets: following a topic, giving a hint, and the task that carries hints in each worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx
import structlog
from reflex_base.utils.format import format_event_handler

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock, events
from autodoctor.core.settings import get_settings
from autodoctor.realtime import meters
from autodoctor.realtime.boards import Board, ReadBoard, Reading
from autodoctor.realtime.fanout import Fanout, hints_of
from autodoctor.realtime.hints import Hint
from autodoctor.realtime.listeners import Listener
from autodoctor.realtime.sockets import Sockets
from autodoctor.realtime.transport import LocalTransport, RedisTransport, Transport

log = structlog.get_logger(__name__)

LOOK_AT_LOGINS_EVERY_S = 15.0
MEASURE_EVERY_S = 1.0


class Hub:
    """What one worker needs: its sockets, who listens, its boards, and the way to the other workers."""

    def __init__(self, app: rx.App, readings: Mapping[str, Reading], transport: Transport) -> None:
        self.sockets = Sockets(app)
        self.boards = {topic: Board(self.sockets, topic, reading) for topic, reading in readings.items()}
        self.fanout = Fanout(self.sockets, self.boards)
        self.transport = transport

    async def hear(self, fact: object) -> None:
        """After the commit: give the fact's hints. Waits for nobody."""
        for hint in hints_of(fact):
            self.transport.send(hint)

    async def watch_logins(self) -> None:
        """A login's time runs out without anybody doing anything: its pages are asked then, whether they ask by themselves or not."""
        while True:
            await asyncio.sleep(LOOK_AT_LOGINS_EVERY_S)
            await self.fanout.shut(self.fanout.logins.run_out(clock.now()))

    async def measure(self) -> None:
        """Tell `/metrics` how many hints wait."""
        while True:
            for queue, number in zip(("in", "out"), self.transport.waiting(), strict=True):
                meters.WAITING.labels(queue).set(number)
            await asyncio.sleep(MEASURE_EVERY_S)

    def forget(self, token: str) -> None:
        """The page's socket has closed."""
        self.fanout.listeners.drop(token)
        self.fanout.logins.drop(token)

    async def deliver_each(self) -> None:
        while True:
            await self.fanout.deliver(await self.transport.receive())


_hub: Hub | None = None
_readings: dict[str, Reading] = {}


def read_board_with(topic: str, read_board: ReadBoard, *, hears: Iterable[str] = (), rest_s: float = 0) -> None:
    """The door that shows the board of this topic says how a view of it is read, and what its state takes of that.

    It is read anew after hints of its topic and of those that it `hears` besides, at most once in `rest_s` seconds.
    """
    _readings[topic] = Reading(read_board, frozenset({topic, *hears}), rest_s)


@asynccontextmanager
async def run_realtime(app: rx.App) -> AsyncIterator[None]:
    """Carry facts to this worker's sockets (a lifespan task of the application, in every worker)."""
    global _hub
    url = get_settings().redis_url
    hub = Hub(app, _readings, RedisTransport(url) if url else LocalTransport())
    boards = [board.run() for board in hub.boards.values()]
    tasks = (hub.transport.run(), hub.deliver_each(), hub.watch_logins(), hub.measure(), *boards)
    carried_on = [asyncio.create_task(each, name="realtime") for each in tasks]
    for task in carried_on:
        task.add_done_callback(_report)
    events.listen(hub.hear)
    _hub = hub
    try:
        with hub.sockets.closing(hub.forget):
            yield
    finally:
        _hub = None
        events.unlisten(hub.hear)
        for task in carried_on:
            task.cancel()
        await asyncio.gather(*carried_on, return_exceptions=True)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("pushes have stopped", exc_info=error)


def belongs(state: rx.State, caller: Caller) -> None:
    """This page was shown by the caller's login. When that ends, nothing is pushed to the page any more, and it loads anew."""
    if _hub is not None and caller.ends_at is not None and _hub.sockets.sid(token := _token(state)) is not None:
        _hub.fanout.logins.add(token, caller.token_id, caller.ends_at)


async def hush(state: rx.State) -> None:
    """Nobody with a right to it looks at this page any more: it hears nothing."""
    if _hub is not None:
        await _hub.fanout.hush(_token(state))


async def follow(state: rx.State, topic: str, handler: Any) -> None:
    """Have `handler(kind, data)` run for the page of this state whenever there is news of `topic`, until its socket closes.

    Following twice is once. Who may hear of a topic is decided before. Anybody can call the handler too: it gets a hint
    and no more, and asks anew who is calling. A state without an open socket in this worker hears nothing.
    """
    token = _token(state)
    if _hub is not None and _hub.sockets.sid(token) is not None:
        _hub.fanout.listeners.add(topic, Listener(token, format_event_handler(handler)))


async def unfollow(state: rx.State, topic: str) -> None:
    """Hear no more of this topic."""
    if _hub is not None:
        _hub.fanout.listeners.remove(topic, _token(state))


async def publish(topic: str, kind: str, **data: object) -> None:
    """Give a hint that stands in no table, such as "somebody is writing". Lost when nobody listens."""
    if _hub is not None:
        _hub.transport.send(Hint(topic, kind, data))


async def join_board(state: rx.State, topic: str, *, view: str) -> None:
    """Send this page a view of the topic's board now and whenever it changes, until its socket closes, it leaves or joins another view.

    Who may see a view is decided before.
    """
    if _hub is not None:
        await _hub.boards[topic].join(_token(state), view)


async def leave_board(state: rx.State, topic: str) -> None:
    """This page may see no more of the topic's board, or wants nothing of it."""
    if _hub is not None:
        await _hub.boards[topic].leave(_token(state))


def _token(state: rx.State) -> str:
    return state.router.session.client_token
