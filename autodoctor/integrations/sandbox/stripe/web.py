"""How the sandbox's pages are answered."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.responses import HTMLResponse, RedirectResponse, Response

from autodoctor.integrations.sandbox.stripe.delivery import deliver_due

WAIT_FOR_WEBHOOK_S = 4
"""How long somebody who pressed a button waits for the webhook. What isn't acknowledged by then is delivered later."""


def page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def see_other(url: str) -> Response:
    return RedirectResponse(url, status_code=303)


async def tell_briefly() -> None:
    """Deliver what just happened, but keep nobody waiting: the deliveries go on by themselves."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(WAIT_FOR_WEBHOOK_S):
            await deliver_due()
