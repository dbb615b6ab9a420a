"""Stripe's stand-ins: the sandbox on a real port, and Stripe's own mock server."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.app import MOUNTED_AT, create_sandbox
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import VerifiedEvent
from tests.servers import free_port, stripe_mock_server
from tests.serving import serving


@pytest.fixture(scope="session")
def stripe_mock() -> Iterator[str]:
    """The address of Stripe's mock server."""
    with stripe_mock_server() as url:
        if url is None:
            pytest.skip("no stripe-mock: scripts/test builds it where Go is installed, or set STRIPE_MOCK_BIN")
        yield url


@dataclass
class Shop:
    """A server with the sandbox, and a webhook that answers `status` and keeps what it acknowledged.

    `letters` are all the webhooks it was sent: their bodies and signatures, for a test to deliver itself.
    """

    url: str
    port: int
    status: int = 200
    received: list[VerifiedEvent] = field(default_factory=list)
    letters: list[tuple[bytes, str]] = field(default_factory=list)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        app = Starlette(routes=[Mount(MOUNTED_AT, create_sandbox()), Route("/api/stripe/webhook", self._webhook, methods=["POST"])])
        async with serving(app, self.port):
            yield

    async def _webhook(self, request: Request) -> Response:
        body, signature = await request.body(), request.headers["stripe-signature"]
        event = stripe.verify_event(body, signature)
        self.letters.append((body, signature))
        if self.status == 200:
            self.received.append(event)
        return Response(json.dumps({"received": True}), status_code=self.status)

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.received]


@pytest.fixture
def closed_shop(settings_env: pytest.MonkeyPatch) -> Shop:
    """A shop that a test opens itself."""
    port = free_port()
    shop = Shop(f"http://127.0.0.1:{port}", port)
    settings_env.setenv("APP_URL", shop.url)
    get_settings.cache_clear()
    return shop


@pytest.fixture
async def shop(closed_shop: Shop) -> AsyncIterator[Shop]:
    async with closed_shop.open():
        yield closed_shop


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The calls that Stripe's mock server took, for whoever reads the output."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", []):
            if name == "stripe_calls" and report.when == "call":
                terminalreporter.section("calls to Stripe, each taken by its own mock server")
                terminalreporter.write_line(str(value))
