"""`/api/health` and the development mailbox."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from autodoctor import __version__
from autodoctor.api import dev, errors, health
from autodoctor.core.db import dispose_engine, unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.jobs.leader import Leader
from autodoctor.notifications.service import send_mail
from tests.conftest import Clock
from tests.production import PRODUCTION
from tests.servers import redis_server


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    errors.install(app)
    app.include_router(health.router)
    app.include_router(dev.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        yield client


async def test_health_names_every_dependency_in_words(database: str, client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "version": __version__,
        "checks": {"database": "ok", "redis": "not_configured", "livekit": "not_configured", "stripe": "sandbox", "scheduler": "down"},
    }


async def test_health_sees_that_a_worker_leads_the_jobs(database: str, client: httpx.AsyncClient) -> None:
    await Leader().campaign()
    assert (await client.get("/api/health")).json()["checks"]["scheduler"] == "ok"


async def test_health_is_503_without_a_database(settings_env: pytest.MonkeyPatch, client: httpx.AsyncClient) -> None:
    settings_env.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    get_settings.cache_clear()
    answer = await client.get("/api/health")
    await dispose_engine()
    assert (answer.status_code, answer.json()["status"], answer.json()["checks"]["database"]) == (503, "down", "down")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_health_tells_whether_redis_answers(
    database: str, settings_env: pytest.MonkeyPatch, client: httpx.AsyncClient, fixed_clock: Clock
) -> None:
    with redis_server() as url:
        settings_env.setenv("REDIS_URL", url)
        get_settings.cache_clear()
        assert (await client.get("/api/health")).json()["checks"]["redis"] == "ok"
    settings_env.setenv("REDIS_URL", "redis://127.0.0.1:1")
    get_settings.cache_clear()
    answer = await client.get("/api/health")
    assert (answer.status_code, answer.json()["checks"]["redis"]) == (200, "down")


async def test_a_mail_can_be_read_right_after_its_commit(database: str, client: httpx.AsyncClient, fixed_clock: Clock) -> None:
    link = "http://localhost:3000/auth/callback?code=abc"
    async with unit_of_work() as db:
        for to in ("ana@example.com", "bob@example.com"):
            await send_mail(db, template="verify_email", to=to, key=f"verify:{to}", name="Ana", link=link)
    answer = await client.get("/api/dev/outbox", params={"to": "ana@example.com"})
    (mail,) = answer.json()["items"]
    assert set(mail) == {"to", "subject", "text", "html", "links", "createdAt"}
    assert (mail["to"], mail["links"], mail["createdAt"]) == ("ana@example.com", [link], "2026-03-02T09:00:00Z")


async def test_an_address_that_no_database_can_keep_is_refused(database: str, client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/dev/outbox", params={"to": "a\x00b"})).status_code == 422


async def test_the_mailbox_does_not_exist_in_production(settings_env: pytest.MonkeyPatch, client: httpx.AsyncClient) -> None:
    for name, value in PRODUCTION.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    answer = await client.get("/api/dev/outbox")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
