"""The sandbox as one small application, mounted at /dev/stripe (P8)."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import connecting, dashboard, paying, protocol

MOUNTED_AT = "/dev/stripe"


class SandboxRefused(RuntimeError):
    """Somebody tried to run the sandbox where real money is at stake."""


def create_sandbox() -> Starlette:
    """Raises SandboxRefused in production, and wherever a real Stripe key is configured."""
    settings = get_settings()
    if settings.is_production or not settings.uses_stripe_sandbox:
        raise SandboxRefused("The payment sandbox runs only outside production, and only without STRIPE_SECRET_KEY.")
    return Starlette(
        routes=[
            Route("/v1/{path:path}", protocol.answer, methods=["GET", "POST"]),
            Route("/checkout/{checkout_id}", paying.show, methods=["GET"]),
            Route("/checkout/{checkout_id}", paying.act, methods=["POST"]),
            Route("/connect/{token}", connecting.show, methods=["GET"]),
            Route("/connect/{token}", connecting.act, methods=["POST"]),
            Route("/", dashboard.show, methods=["GET"]),
            Route("/", dashboard.act, methods=["POST"]),
        ]
    )
