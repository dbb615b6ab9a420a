"""The application on a real port, in a thread of its own: the tests that ask it are in nobody's event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import FastAPI

from autodoctor.core.db import dispose_engine
from tests.serving import serving

T = TypeVar("T")
_WITHIN_S = 60


class Running:
    """Serves from `with` on; `do` runs something beside it, on the same database connections."""

    def __init__(self, app: FastAPI, port: int) -> None:
        self.app = app
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="server")

    def __enter__(self) -> Running:
        self._thread.start()
        self._serving = serving(self.app, self.port)
        self.do(self._serving.__aenter__())
        return self

    def __exit__(self, *_error: object) -> None:
        self.do(self._serving.__aexit__(None, None, None))
        self.do(dispose_engine())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_WITHIN_S)
        self._loop.close()

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(_WITHIN_S)
