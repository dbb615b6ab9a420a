"""The figures of this installation, for Prometheus (issue 7, item 10; docs/operations.md says what each means)."""

from __future__ import annotations

import asyncio
import hmac

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from fastapi.security.utils import get_authorization_scheme_param
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from autodoctor.api.errors import problems
from autodoctor.api.standing import Lookout
from autodoctor.core import meters
from autodoctor.core.errors import NotFound, Unauthenticated
from autodoctor.core.settings import get_settings
from autodoctor.words import _

router = APIRouter(tags=["operations"])


@router.get("/metrics", response_class=PlainTextResponse, responses=problems(401, 404))
async def scrape_metrics(request: Request) -> PlainTextResponse:
    """Every figure, in Prometheus' text format. A scraper sends METRICS_TOKEN as bearer token; where none is set, this is open in
    development and not there in production. A database that is down is a figure too.
    """
    _require_token(request)
    standing = await _lookout_of(request).standing()
    told = await asyncio.to_thread(meters.exposition, standing)
    return PlainTextResponse(told, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"})


def _require_token(request: Request) -> None:
    wanted = get_settings().metrics_token
    if not wanted:
        if get_settings().is_production:
            raise NotFound
        return
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), wanted.encode()):
        raise Unauthenticated(_("This needs the token that METRICS_TOKEN is set to."))


def _lookout_of(request: Request) -> Lookout:
    """One for the whole application."""
    state = request.app.state
    if not hasattr(state, "lookout"):
        state.lookout = Lookout()
    return state.lookout
