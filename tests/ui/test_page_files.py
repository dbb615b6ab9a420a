"""How built pages are served."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from autodoctor.ui.page_files import PageFiles


@pytest.fixture
def site(tmp_path: Path) -> httpx.AsyncClient:
    """Two built pages, one script, one route of the API."""
    for name in ("index.html", "pricing.html", "pricing/index.html", "customer/verify.html", "404.html", "assets/page-1a2b.js"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)

    async def answer(_request: object) -> Response:
        return JSONResponse({})

    app = Starlette(routes=[Route("/api/plans", answer, methods=["GET", "POST"]), Mount("/", StaticFiles(directory=tmp_path, html=True))])
    return httpx.AsyncClient(transport=httpx.ASGITransport(PageFiles(app, tmp_path)), base_url="http://site.test")


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/pricing?cancelled=1", "pricing.html"),
        ("/pricing/", "pricing.html"),
        ("/customer/verify", "customer/verify.html"),
        ("/", "index.html"),
    ],
)
async def test_a_page_answers_at_its_address_without_a_detour(site: httpx.AsyncClient, path: str, file: str) -> None:
    answer = await site.get(path)
    assert (answer.status_code, answer.text) == (200, file)


@pytest.mark.parametrize("path", ["/no-such-page", "/../pyproject", "/%2e%2e/pyproject"])
async def test_an_unknown_address_is_a_404(site: httpx.AsyncClient, path: str) -> None:
    assert (await site.get(path)).status_code == 404


async def test_pages_are_asked_for_anew(site: httpx.AsyncClient) -> None:
    headers = (await site.get("/pricing")).headers
    assert headers["cache-control"] == "no-cache"


async def test_built_files_are_kept_for_good_and_missing_ones_are_not(site: httpx.AsyncClient) -> None:
    assert "immutable" in (await site.get("/assets/page-1a2b.js")).headers["cache-control"]
    assert "immutable" not in (await site.get("/assets/gone.js")).headers.get("cache-control", "")


async def test_the_api_is_left_alone(site: httpx.AsyncClient) -> None:
    for answer in (await site.get("/api/plans"), await site.post("/api/plans")):
        assert answer.json() == {}
        assert "cache-control" not in answer.headers
