"""The sandbox as one small application, mounted at /dev/stripe (P8)."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import pages, protocol, service
from autodoctor.integrations.sandbox.stripe.delivery import deliver_due
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction

MOUNTED_AT = "/dev/stripe"
WAIT_FOR_WEBHOOK_S = 4
"""How long a payer waits for the webhook. What isn't acknowledged by then is delivered later."""


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
            Route("/checkout/{checkout_id}", _show, methods=["GET"]),
            Route("/checkout/{checkout_id}", _act, methods=["POST"]),
        ]
    )


async def _show(request: Request) -> Response:
    """The payment page."""
    async with transaction() as state:
        checkout = await _find(state, request)
        notes = await state.notes(checkout["id"]) if checkout else {}
    if checkout is None:
        return _page(pages.unknown(), 404)
    if checkout["status"] != "open":
        return _page(_closed(checkout))
    return _page(pages.payment(checkout, notes["line_items"], is_declined="declined" in request.query_params))


async def _act(request: Request) -> Response:
    """One of the page's buttons."""
    action = (await request.form()).get("action")
    async with transaction() as state:
        checkout = await _find(state, request)
        if checkout and checkout["status"] == "open" and action == "pay":
            checkout = await service.pay(state, checkout)
            outcome = _see_other(_success_url(checkout))
        else:
            outcome = _refuse_or_leave(request, checkout, action)
    await _tell_briefly()
    return outcome


def _refuse_or_leave(request: Request, checkout: Body | None, action: object) -> Response:
    if checkout is None:
        return _page(pages.unknown(), 404)
    if action == "leave" and checkout["cancel_url"]:
        return _see_other(checkout["cancel_url"])
    if checkout["status"] != "open":
        return _page(_closed(checkout), 409)
    if action == "decline":
        return _see_other(f"{request.url.path}?declined=1")
    return _page(pages.not_understood(), 400)


async def _find(state: State, request: Request) -> Body | None:
    await service.expire_overdue(state)
    return await state.get(service.CHECKOUT, request.path_params["checkout_id"])


async def _tell_briefly() -> None:
    """Deliver what just happened, but keep nobody waiting: the deliveries go on by themselves."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(WAIT_FOR_WEBHOOK_S):
            await deliver_due()


def _closed(checkout: Body) -> str:
    return pages.paid(checkout, _success_url(checkout)) if checkout["status"] == "complete" else pages.expired(checkout)


def _success_url(checkout: Body) -> str:
    return checkout["success_url"].replace("{CHECKOUT_SESSION_ID}", checkout["id"])


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _see_other(url: str) -> Response:
    return RedirectResponse(url, status_code=303)
