"""What browsers are told to refuse. That the pages still work, and that foreign scripts don't, is seen in tests/e2e."""

from __future__ import annotations

import gzip
import runpy
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message

from autodoctor.core.settings import get_settings
from autodoctor.ui.defences import Defences, policy_of
from tests import production

ROOT = Path(__file__).parents[2]
PAGE = "<html><script>first()</script><script src='/assets/page.js'></script><script type=\"module\">second()</script></html>"


async def page(_request: object) -> Response:
    async def in_two() -> object:
        yield PAGE[:20]
        yield PAGE[20:]

    return StreamingResponse(in_two(), media_type="text/html")  # type: ignore[arg-type]


async def packed(_request: object) -> Response:
    return Response(gzip.compress(PAGE.encode()), media_type="text/html", headers={"Content-Encoding": "gzip"})


@pytest.fixture
def site(settings_env: pytest.MonkeyPatch) -> httpx.AsyncClient:
    async def data(_request: object) -> Response:
        return JSONResponse({})

    async def framed(_request: object) -> Response:
        return HTMLResponse("ours", headers={"Content-Security-Policy": "sandbox"})

    app = Starlette(routes=[Route("/", page), Route("/api/data", data), Route("/own", framed), Route("/packed", packed)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(Defences(app)), base_url="http://site.test")


def rules_of(answer: httpx.Response) -> dict[str, str]:
    return dict(rule.strip().split(" ", 1) for rule in answer.headers["content-security-policy"].split(";"))


async def test_a_page_runs_its_own_scripts_by_their_hashes_and_no_others(site: httpx.AsyncClient) -> None:
    answer = await site.get("/")
    assert answer.text == PAGE
    sources = rules_of(answer)["script-src"].split()
    assert sources[0] == "'self'" and len(sources) == 3
    assert all(source.startswith("'sha256-") for source in sources[1:])
    assert "unsafe" not in rules_of(answer)["script-src"]


async def test_a_packed_page_is_no_other(site: httpx.AsyncClient) -> None:
    assert (await site.get("/packed")).headers["content-security-policy"] == (await site.get("/")).headers["content-security-policy"]


async def test_nobody_frames_a_page_and_nothing_comes_from_elsewhere(site: httpx.AsyncClient) -> None:
    rules = rules_of(await site.get("/"))
    assert (rules["frame-ancestors"], rules["object-src"], rules["default-src"]) == ("'none'", "'none'", "'self'")


async def test_the_video_server_may_be_spoken_to(site: httpx.AsyncClient, settings_env: pytest.MonkeyPatch) -> None:
    for name, value in {"URL": "wss://video.test", "API_KEY": "k", "API_SECRET": "s" * 32}.items():
        settings_env.setenv(f"LIVEKIT_{name}", value)
    get_settings.cache_clear()
    policy_of.cache_clear()
    assert rules_of(await site.get("/"))["connect-src"] == "'self' wss://video.test https://video.test"
    policy_of.cache_clear()


@pytest.mark.parametrize("in_production", [True, False])
def test_whose_pages_may_open_the_websocket(settings_env: pytest.MonkeyPatch, in_production: bool) -> None:
    for name, value in (production.PRODUCTION if in_production else {"APP_URL": "https://autodoctor.example"}).items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    allowed = list(runpy.run_path(str(ROOT / "rxconfig.py"))["config"].cors_allowed_origins)
    local = [] if in_production else ["http://localhost:3000", "http://127.0.0.1:3000"]
    assert allowed == ["https://autodoctor.example", *local]


async def test_data_is_no_page(site: httpx.AsyncClient) -> None:
    answer = await site.get("/api/data")
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_what_is_stricter_already_stays(site: httpx.AsyncClient) -> None:
    assert (await site.get("/own")).headers["content-security-policy"] == "sandbox"


async def test_only_production_insists_on_https(site: httpx.AsyncClient, settings_env: pytest.MonkeyPatch) -> None:
    assert "strict-transport-security" not in (await site.get("/")).headers
    for name, value in production.PRODUCTION.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    assert (await site.get("/")).headers["strict-transport-security"].startswith("max-age=31536000")


async def test_a_file_that_the_server_sends_by_itself_has_its_policy_too(settings_env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def never() -> Message:
        raise AssertionError("nobody reads")

    scope = {"type": "http", "method": "GET", "headers": [], "extensions": {"http.response.pathsend": {}}}
    await Defences(FileResponse(file))(scope, never, send)
    assert [each["type"] for each in sent] == ["http.response.start", "http.response.pathsend"]
    assert Headers(raw=sent[0]["headers"])["content-security-policy"] == policy_of(PAGE.encode())
