"""The REST API as one FastAPI application (API.md): routes, errors, request ids, its own documentation."""

from __future__ import annotations

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import APIRouter, Depends, FastAPI
from fastapi_offline import FastAPIOffline

from autodoctor import __version__, subscribers  # noqa: F401 - connects them
from autodoctor.api import (
    admin,
    admin_intakes,
    admin_mechanics,
    admin_money,
    admin_overview,
    admin_requests,
    admin_sessions,
    admin_stuck,
    availability,
    chat,
    checkout,
    contact,
    customer_profile,
    customer_requests,
    customers,
    debug,
    dev,
    document,
    earnings,
    errors,
    files,
    guests,
    health,
    intake,
    logins,
    mechanic_bookings,
    mechanic_payouts,
    mechanic_requests,
    mechanics,
    metrics,
    missing,
    papers,
    passwords,
    personal_data,
    reports,
    schedule,
    second_factor,
    sessions,
    statements,
    time_off,
    trouble_codes,
    vehicles,
    video,
    vin,
    webhooks,
)
from autodoctor.api.callers import doorkeeper, permission_of
from autodoctor.api.middleware import AccessLog, BodyLimit
from autodoctor.api.tongue import Tongue
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.app import MOUNTED_AT, create_sandbox

MODULES = (
    customers,
    customer_profile,
    customer_requests,
    vehicles,
    mechanics,
    mechanic_requests,
    mechanic_bookings,
    schedule,
    availability,
    time_off,
    earnings,
    mechanic_payouts,
    statements,
    admin,
    admin_overview,
    admin_requests,
    admin_sessions,
    admin_intakes,
    admin_mechanics,
    admin_money,
    admin_stuck,
    debug,
    logins,
    passwords,
    personal_data,
    second_factor,
    sessions,
    guests,
    reports,
    papers,
    chat,
    video,
    vin,
    trouble_codes,
    files,
    intake,
    contact,
    checkout,
    webhooks,
    health,
    metrics,
)


def create_api() -> FastAPI:
    """The application that answers everything under /api. Development's own routes are left out in production."""
    app = FastAPIOffline(
        title="Auto Doctor",
        version=__version__,
        description=document.DESCRIPTION,
        openapi_tags=[{"name": name, "description": words} for name, words in document.TAGS.items()],
        license_info={"name": "Apache 2.0", "identifier": "Apache-2.0"},
        generate_unique_id_function=document.operation_id,
        docs_url="/api/docs",
        redoc_url=None,
        static_url="/api/docs/files",
        swagger_ui_oauth2_redirect_url="/api/docs/oauth2-redirect",
        openapi_url="/api/openapi.json",
        dependencies=[Depends(doorkeeper)],
    )
    errors.install(app)
    document.describe(app)
    routers = [module.router for module in MODULES]
    if not get_settings().is_production:
        routers.append(dev.router)
    for router in routers:
        _require_permissions(router)
        app.include_router(router)
    if get_settings().uses_stripe_sandbox:
        app.mount(MOUNTED_AT, create_sandbox())
    app.include_router(missing.remaining([route for router in routers for route in router.routes]))
    app.add_middleware(BodyLimit)
    app.add_middleware(AccessLog)
    app.add_middleware(CorrelationIdMiddleware)
    app.add_middleware(Tongue)
    return app


def _require_permissions(router: APIRouter) -> None:
    """Nobody is let through by a route that was forgotten in the table: there is no application then."""
    for route in router.routes:
        for method in getattr(route, "methods", ()):
            permission_of(route, method)
