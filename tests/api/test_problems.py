"""Bodies that nobody can read."""

from __future__ import annotations

import httpx
import pytest

from tests.people import a_mechanic


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe{}", b"[" * 200_000, b'{"email": ' + b"1" * 5000 + b"}"],
    ids=["none", "half", "no UTF-8", "deep", "long number"],
)
async def test_an_unreadable_body_is_refused_in_words(database: str, api: httpx.AsyncClient, body: bytes) -> None:
    headers = {**(await a_mechanic()).headers, "Content-Type": "application/json"}
    answer = await api.post("/api/mechanics/availability", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    assert [each["field"] for each in answer.json()["errors"]] == ["body"]
