"""A house on each database, for the model to drive."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
import pytest

from autodoctor.core.settings import get_settings
from autodoctor.jobs import deadlines
from tests.conftest import Clock, drop_postgres, fresh_postgres
from tests.lifecycle.house import House
from tests.servers import free_port, fresh_sqlite

Answer = TypeVar("Answer")


@pytest.fixture(autouse=True)
def repeatable(the_same_examples: None) -> None:
    """A life is the same in every run."""


async def _at_once(connection: Any, do: Callable[..., Answer], *args: Any, **named: Any) -> Answer:
    return do(*args, **named)


async def _connected_here(connection: Any) -> Any:
    connection._connection = connection._connector()
    return connection


@pytest.fixture
def without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite is called where it is needed, not over a thread for each connection: half of the model's time was waiting for those.

    No transaction is open while anything else is waited for (each service's rule), so none can wait for another here.
    """
    monkeypatch.setattr(aiosqlite.Connection, "_execute", _at_once)
    monkeypatch.setattr(aiosqlite.Connection, "_connect", _connected_here)


@pytest.fixture
def sqlite_house(without_threads: None, settings_env: pytest.MonkeyPatch, tmp_path: Path, fixed_clock: Clock) -> Iterator[House]:
    yield from _house(settings_env, fresh_sqlite(tmp_path / "model.sqlite3"))


@pytest.fixture
def postgres_house(without_threads: None, settings_env: pytest.MonkeyPatch, postgres_template: str, fixed_clock: Clock) -> Iterator[House]:
    url = fresh_postgres(postgres_template)
    yield from _house(settings_env, url)
    drop_postgres(url)


def _house(environment: pytest.MonkeyPatch, url: str) -> Iterator[House]:
    port = free_port()
    environment.setenv("DATABASE_URL", url)
    environment.setenv("APP_URL", f"http://127.0.0.1:{port}")
    get_settings.cache_clear()
    house = House(port)
    environment.setattr(uuid, "uuid4", house.next_id)
    environment.setattr(deadlines, "AT_ONCE", 1)  # who of a crowd is first would be the machine's choice, not the model's
    house.open()
    yield house
    house.close()
