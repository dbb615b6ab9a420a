"""What no route answers under /api: 404, or 405 where only the method is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def remaining(routes: Sequence[BaseRoute]) -> APIRouter:
    """A router for everything under /api that `routes` don't answer; include it after them.

    Without it the pages' server, which is mounted behind the API, would answer a program with a page.
    """
    router = APIRouter()

    @router.api_route("/api/{rest:path}", methods=_ALL_METHODS, include_in_schema=False)
    async def nothing_here(request: Request) -> None:
        allowed: set[str] = set()
        for route in routes:
            if route.matches(request.scope)[0] is Match.PARTIAL:
                allowed |= getattr(route, "methods", set())
        if allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
        raise HTTPException(404)

    return router
