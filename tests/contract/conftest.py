"""The application as each role meets it, on a real port; rate limits are off here (tests/api/test_rate_limits.py has them)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autodoctor.core.settings import get_settings
from tests.apps import the_api
from tests.contract.running import Running
from tests.servers import free_port


@pytest.fixture
def running(database: str, settings_env: pytest.MonkeyPatch) -> Iterator[Running]:
    port = free_port()
    settings_env.setenv("APP_URL", f"http://127.0.0.1:{port}")
    get_settings.cache_clear()
    with Running(the_api(), port) as running:
        yield running
