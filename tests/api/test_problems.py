"""Bodies that nobody can read."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from autodoctor.api.middleware import MAX_BODY_BYTES
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


DEEP = {"lists": b"[" * 100_000 + b"]" * 100_000, "objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "open": b"[" * 100_000}


@pytest.mark.parametrize("kind", DEEP)
async def test_a_deep_body_is_refused_before_anybody_parses_it(database: str, api: httpx.AsyncClient, kind: str) -> None:
    me = (await a_mechanic()).headers
    for path, headers in (
        ("/api/mechanics/availability", me),
        ("/api/customer/signup", {}),
        ("/api/stripe/webhook", {"Stripe-Signature": "t=1,v1=x"}),
    ):
        for media in ("application/json", "application/json; charset=utf-8", "application/problem+json", "APPLICATION/JSON"):
            answer = await api.post(path, content=DEEP[kind], headers={**headers, "Content-Type": media})
            assert (answer.status_code, answer.json()["code"]) == (422, "validation")
            assert "nested too deeply" in answer.json()["detail"]


async def test_what_is_just_as_deep_as_allowed_is_read(database: str, api: httpx.AsyncClient) -> None:
    def body(levels: int) -> bytes:
        return b'{"email": "a", "password": "b", "totp": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"

    for levels, field in ((32, "totp"), (33, "body")):
        answer = await api.post("/api/mechanics/login", content=body(levels), headers={"Content-Type": "application/json"})
        assert [each["field"] for each in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_real_server_refuses_depth_and_size_whatever_length_was_announced(database: str, house: httpx.AsyncClient) -> None:
    async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
        for start in range(0, len(body), 50_000):
            yield body[start : start + 50_000]

    for body, status in ((DEEP["lists"], 422), (DEEP["open"], 422), (b" " * 3 * MAX_BODY_BYTES, 413)):
        for content in (body, in_pieces(body)):  # with Content-Length, and chunked
            answer = await house.post("/api/customer/signup", content=content, headers={"Content-Type": "application/json"})
            assert answer.status_code == status, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
    assert (await house.get("/api/health")).status_code == 200
