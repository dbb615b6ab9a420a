"""The whole API, called in this process over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from autodoctor.core.settings import get_settings
from tests.apps import the_api
from tests.servers import free_port
from tests.serving import serving


@pytest.fixture
async def api(database: str) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor of the API on the test's database, without cookies yet. An unexpected error is answered, as a server does."""
    transport = httpx.ASGITransport(app=the_api(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.fixture
async def house(database: str, settings_env: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor of the API on a real port: there the sandbox answers, and its events reach the webhook."""
    port = free_port()
    settings_env.setenv("APP_URL", f"http://127.0.0.1:{port}")
    get_settings.cache_clear()
    async with serving(the_api(), port) as url, httpx.AsyncClient(base_url=url, timeout=20) as client:
        yield client
