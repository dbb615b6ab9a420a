"""The API and the sandbox on a real port, and between the product and the sandbox a line that can fail."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from autodoctor.core.settings import get_settings
from tests.api.conftest import house as house
from tests.money.line import Line
from tests.servers import free_port


@pytest.fixture
async def line(house: httpx.AsyncClient, settings_env: pytest.MonkeyPatch) -> AsyncIterator[Line]:
    line = Line(free_port(), f"{str(house.base_url).rstrip('/')}/dev/stripe")
    settings_env.setenv("STRIPE_API_BASE", line.url)
    get_settings.cache_clear()
    async with line.open():
        yield line
