"""A site of one page, for sockets to be opened to: what it follows stands in its address, what it heard in its state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex.environment import environment
from reflex.state import StateUpdate
from reflex_base.registry import RegistrationContext
from starlette.applications import Starlette
from starlette.types import ASGIApp

from autodoctor.core import events
from autodoctor.realtime import service, topics
from autodoctor.realtime.boards import ReadBoard
from tests.reflex_client import OpenPage, open_page, within


class Listening(rx.State):
    """`/?topic=…` follows a topic, `/?board=junior` (or `senior`) a board."""

    heard: list[str] = []
    requests: list[str] = []
    ready: bool = False

    @rx.event
    async def load(self):
        asked = self.router.url.query_parameters
        if topic := asked.get("topic"):
            await service.follow(self, topic, Listening.hear)
        if board := asked.get("board"):
            await service.join_board(self, topics.board, view=board)
        if earnings := asked.get("earnings"):
            await service.join_board(self, topics.earnings, view=earnings)
        self.ready = True

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        if kind == "fail":
            raise ValueError("a page that is broken")
        self.heard = [*self.heard, " ".join([kind, *map(str, data.values())])]

    @rx.event
    async def look_at(self, board: str):
        await service.join_board(self, topics.board, view=board)

    @rx.event
    async def stop_listening(self, topic: str):
        await service.unfollow(self, topic)
        await service.leave_board(self, topics.board)
        self.heard = ["nothing any more"]


def _make_app() -> Starlette:
    app = rx.App()
    app.add_page(lambda: rx.text(Listening.heard.length()), route="/", on_load=Listening.load)
    app.register_lifespan_task(service.run_realtime)
    served = app()
    assert isinstance(served, Starlette)
    return served


@dataclass
class Board:
    """The board that is read: what it holds, and how often it was asked for."""

    requests: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    is_broken: bool = False
    has_failed: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, view: str) -> StateUpdate:
        self.reads.append(view)
        if self.is_broken:
            self.has_failed.set()
            raise ConnectionError("the database is down")
        listed = [each for each in self.requests if view == "senior" or "diagnostic" not in each]
        return StateUpdate(delta={Listening.get_full_name(): {"requests_rx_state_": listed}})


@dataclass
class Site:
    """The running site."""

    app: ASGIApp
    board: Board
    earnings: Board

    @asynccontextmanager
    async def open(self, path: str, *, token: str = "") -> AsyncIterator[OpenPage]:
        """A page that has loaded and listens."""
        async with open_page(within(self.app), path, token=token) as page:
            after_snapshot = lambda: any(update.value("ready") for update in page.updates[1:])  # noqa: E731
            await page.until(after_snapshot, what="the page to load")
            yield page

    async def commit(self, *facts: object) -> None:
        """What a unit of work does after its commit."""
        await events.dispatch(list(facts))


@contextmanager
def boards_read(board: ReadBoard, earnings: ReadBoard) -> Iterator[None]:
    """Inside, these read the mechanics' boards; afterwards those of the product do again, for whoever serves it in this process."""
    before = dict(service._readings)
    service.read_board_with(topics.board, board)
    service.read_board_with(topics.earnings, earnings)
    try:
        yield
    finally:
        service._readings.clear()
        service._readings.update(before)


@asynccontextmanager
async def running_site() -> AsyncIterator[Site]:
    board, earnings = Board(), Board()
    environment.REFLEX_SKIP_COMPILE.set(True)
    registrations = RegistrationContext.set(RegistrationContext.get().fork())  # Reflex knows one application in each
    try:
        app = _make_app()
        with boards_read(board, earnings):
            async with app.router.lifespan_context(app):
                yield Site(app, board, earnings)
    finally:
        RegistrationContext.reset(registrations)
        environment.REFLEX_SKIP_COMPILE.set(None)
