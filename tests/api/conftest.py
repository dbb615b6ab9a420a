"""The whole API, called in this process over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from autodoctor.api.app import create_api


@pytest.fixture
async def api(database: str) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor of the API on the test's database, without cookies yet. An unexpected error is answered, as a server does."""
    transport = httpx.ASGITransport(app=create_api(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client
