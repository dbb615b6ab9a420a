"""A house on each database, for the model to drive."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from autodoctor.core.settings import get_settings
from tests.conftest import Clock, drop_postgres, fresh_postgres
from tests.lifecycle.house import House
from tests.servers import free_port


@pytest.fixture
def sqlite_house(settings_env: pytest.MonkeyPatch, sqlite_template: Path, tmp_path: Path, fixed_clock: Clock) -> Iterator[House]:
    path = tmp_path / "model.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    yield from _house(settings_env, f"sqlite:///{path}")


@pytest.fixture
def postgres_house(settings_env: pytest.MonkeyPatch, postgres_template: str, fixed_clock: Clock) -> Iterator[House]:
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
    house.open()
    yield house
    house.close()
