"""How built pages are served."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from autodoctor.core.settings import get_settings
from autodoctor.ui.defences import Defences
from autodoctor.ui.page_files import EachLanguage, PageFiles
from autodoctor.words import Language


@pytest.fixture
def pages(tmp_path: Path, settings_env: pytest.MonkeyPatch) -> PageFiles:
    """Built pages, what makes them installable, one script, one route of the API."""
    settings_env.setenv("APP_URL", "https://autodoctor.test")
    get_settings.cache_clear()
    built = "index.html", "pricing.html", "pricing/index.html", "customer/verify.html", "404.html", "offline.html"
    for name in (*built, "assets/page-1a2b.js", "service-worker.js", "manifest.webmanifest", "favicon.ico", "icons/any-192.png"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)

    async def answer(_request: object) -> Response:
        return JSONResponse({})

    app = Starlette(routes=[Route("/api/plans", answer, methods=["GET", "POST"]), Mount("/", StaticFiles(directory=tmp_path, html=True))])
    return PageFiles(app, tmp_path)


@pytest.fixture
def site(pages: PageFiles) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(pages), base_url="http://site.test")


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


@pytest.mark.parametrize(
    ("path", "kind", "memory"),
    [
        ("/service-worker.js", "text/javascript", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/offline.html", "text/html", "no-cache"),
        ("/favicon.ico", "image/", "max-age=86400"),
        ("/icons/any-192.png", "image/png", "max-age=86400"),
    ],
)
async def test_what_makes_it_installable_is_told_for_what_it_is(pages: PageFiles, path: str, kind: str, memory: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Defences(pages)), base_url="http://site.test") as site:
        headers = (await site.get(path)).headers
    assert headers["content-type"].startswith(kind) and memory in headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/", '<https://autodoctor.test/>; rel="canonical"'),
        ("/pricing/?cancelled=1", '<https://autodoctor.test/pricing>; rel="canonical"'),
        ("/no-such-page", None),
        ("/api/plans", None),
    ],
)
async def test_search_engines_learn_a_pages_one_address(site: httpx.AsyncClient, path: str, link: str | None) -> None:
    assert (await site.get(path)).headers.get("link") == link


async def test_built_files_are_kept_for_good_and_missing_ones_are_not(site: httpx.AsyncClient) -> None:
    assert "immutable" in (await site.get("/assets/page-1a2b.js")).headers["cache-control"]
    assert "immutable" not in (await site.get("/assets/gone.js")).headers.get("cache-control", "")


async def test_the_api_is_left_alone(site: httpx.AsyncClient) -> None:
    for answer in (await site.get("/api/plans"), await site.post("/api/plans")):
        assert answer.json() == {}
        assert "cache-control" not in answer.headers


async def test_a_page_about_somebody_is_found_though_it_was_not_built(site: httpx.AsyncClient) -> None:
    path = "/mechanics/8b0bd3b1-9f4e-4b52-9a3f-0a6f5a4a0c11"
    answer = await site.get(f"{path}?from=mail")
    assert (answer.status_code, answer.text) == (200, "404.html"), "the page that finds out"
    assert answer.headers["Link"] == f'<https://autodoctor.test{path}>; rel="canonical"'
    assert (await site.get("/mechanics/nobody")).status_code == 404


def files(folder: Path, **contents: str) -> StaticFiles:
    for name, text in contents.items():
        file = folder / name.replace("__", "/").replace("_html", ".html").replace("_js", ".js")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return StaticFiles(directory=folder, html=True)


@pytest.fixture
def bilingual(tmp_path: Path) -> httpx.AsyncClient:
    """A site that was built in English and in French."""
    english = files(
        tmp_path / "en", index_html="Hello", pricing_html="Pricing", _404_html="Nothing", assets__fr_js="mot", assets__en_js="word"
    )
    french = files(tmp_path / "fr", index_html="Bonjour", pricing_html="Tarifs", _404_html="Rien")
    (tmp_path / "en/_404.html").rename(tmp_path / "en/404.html")
    (tmp_path / "fr/_404.html").rename(tmp_path / "fr/404.html")
    pages = PageFiles(EachLanguage(english, {Language.fr: french}), tmp_path / "en")
    return httpx.AsyncClient(transport=httpx.ASGITransport(pages), base_url="http://site.test")


@pytest.mark.parametrize(
    ("path", "headers", "text", "language"),
    [
        ("/", {}, "Hello", "en"),
        ("/", {"Accept-Language": "fr-CA,en;q=0.5"}, "Bonjour", "fr"),
        ("/pricing", {"Cookie": "language=fr", "Accept-Language": "en"}, "Tarifs", "fr"),
        ("/pricing", {"Cookie": "language=en", "Accept-Language": "fr"}, "Pricing", "en"),
        ("/pricing", {"Cookie": "language=../../etc"}, "Pricing", "en"),
        ("/gone", {"Cookie": "language=fr"}, "Rien", "fr"),
    ],
)
async def test_a_page_comes_in_its_readers_language(
    bilingual: httpx.AsyncClient, path: str, headers: dict[str, str], text: str, language: str
) -> None:
    answer = await bilingual.get(path, headers=headers)
    assert (answer.text, answer.headers["content-language"]) == (text, language)
    assert {"Cookie", "Accept-Language"} <= set(answer.headers["vary"].split(", "))


async def test_the_scripts_of_both_are_there_for_a_page_that_was_loaded_before_the_choice(bilingual: httpx.AsyncClient) -> None:
    for chosen in ("fr", "en"):
        answers = [await bilingual.get(f"/assets/{each}.js", headers={"Cookie": f"language={chosen}"}) for each in ("en", "fr")]
        assert [each.text for each in answers] == ["word", "mot"]
        assert not any("vary" in each.headers for each in answers)


async def test_where_one_language_was_built_everybody_gets_it(tmp_path: Path) -> None:
    app = EachLanguage(files(tmp_path, index_html="Hello"), {})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site.test") as site:
        answer = await site.get("/", headers={"Cookie": "language=fr"})
    assert (answer.text, answer.headers["content-language"]) == ("Hello", "en")
