"""The REST API as one FastAPI application (API.md): routes, errors, request ids, its own documentation."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import structlog
from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI, Request, Response

from autodoctor import __version__
from autodoctor.api import (
    admin,
    chat,
    checkout,
    contact,
    customer_profile,
    customers,
    dev,
    errors,
    files,
    health,
    intake,
    mechanics,
    requests,
    sessions,
    vehicles,
    vin,
    webhooks,
)
from autodoctor.core.settings import get_settings

log = structlog.get_logger("access")

ROUTERS = (
    customers,
    customer_profile,
    vehicles,
    mechanics,
    admin,
    requests,
    sessions,
    chat,
    checkout,
    webhooks,
    files,
    intake,
    vin,
    contact,
    health,
)


def create_api() -> FastAPI:
    """The application that answers everything under /api. Development's own routes are left out in production."""
    app = FastAPI(title="Auto Doctor", version=__version__, docs_url="/api/docs", redoc_url=None, openapi_url="/api/openapi.json")
    errors.install(app)
    for module in ROUTERS:
        app.include_router(module.router)
    if not get_settings().is_production:
        app.include_router(dev.router)
    app.middleware("http")(_access_log)
    app.add_middleware(CorrelationIdMiddleware)
    return app


async def _access_log(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """One line a request: what was asked and answered, never what was in it."""
    started = time.perf_counter()
    response = await call_next(request)
    took_ms = round((time.perf_counter() - started) * 1000, 1)
    log.info("request", method=request.method, path=request.url.path, status=response.status_code, ms=took_ms)
    return response
