"""The end of a worker: told by SIGTERM or Ctrl-C, heard at once by everybody who has something to bring to an end.

The server hears the signal too, takes nothing new and waits for what it has begun; only then it tells the application that it is over.
That is too late for open sockets and for the jobs, which would make everybody wait.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

import structlog

log = structlog.get_logger(__name__)

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_begun: asyncio.Event | None = None


def is_stopping() -> bool:
    """Whether this worker takes up nothing new."""
    return _begun is not None and _begun.is_set()


async def begun() -> None:
    """Return when this worker has begun to stop; never where nobody listens for it."""
    await (_begun or asyncio.Event()).wait()


def begin() -> None:
    """This worker takes up nothing new from now on."""
    if _begun is not None and not _begun.is_set():
        log.info("stopping: finishing what was begun")
        _begun.set()


@asynccontextmanager
async def listening() -> AsyncIterator[None]:
    """Inside, the signals that end this process begin its end, beside whatever they did before (the first lifespan task of all)."""
    global _begun
    _begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS} if threading.current_thread() is threading.main_thread() else {}

    def hear(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(begin)
        handler: Any = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, hear)
        signal.siginterrupt(number, False)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        _begun = None
