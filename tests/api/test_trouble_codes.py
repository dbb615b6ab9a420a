"""GET /api/trouble-codes."""

from __future__ import annotations

import httpx
import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # no table is asked


async def test_codes_are_explained_to_everybody_in_their_order(database: str, api: httpx.AsyncClient) -> None:
    answer = await api.get("/api/trouble-codes", params={"codes": "p0171,P0420,nonsense"})
    assert answer.status_code == 200
    assert [each["code"] for each in answer.json()["items"]] == ["P0171", "P0420"]
    assert set(answer.json()["items"][0]) == {"code", "meaning", "about", "causes", "urgency"}
    assert "max-age" in answer.headers["cache-control"]


async def test_nothing_asked_nothing_explained(database: str, api: httpx.AsyncClient) -> None:
    assert (await api.get("/api/trouble-codes", params={"codes": ""})).json() == {"items": []}
    assert (await api.get("/api/trouble-codes")).status_code == 422
