"""How many requests are answered, how, and how long it takes: by the route as it is declared, never by what stands in its place."""

from __future__ import annotations

from prometheus_client import Counter, Histogram
from starlette.types import Scope

from autodoctor.core.meters import REGISTRY

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PAGES = "/{path}"

REQUESTS = Counter(
    "autodoctor_http_requests",
    "Answered requests; status 0 where nobody waited for the answer.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
SECONDS = Histogram(
    "autodoctor_http_request_seconds",
    "From a request's head to the end of its answer.",
    ["method", "route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)


def count(scope: Scope, status: int, took_s: float) -> None:
    """A request is over. `scope` is as routing has left it."""
    method = scope["method"] if scope["method"] in _METHODS else "other"
    route = route_of(scope)
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(took_s)


def route_of(scope: Scope) -> str:
    """The declared path of the route that answered; pages and their files are all one."""
    path = getattr(scope.get("route"), "path_format", _PAGES)
    return path if path == _PAGES else scope.get("root_path", "") + path
