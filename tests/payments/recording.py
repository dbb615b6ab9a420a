"""A proxy before Stripe's mock server that notes what is sent: each request's method, path and the names of its parameters."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from autodoctor.integrations.stripe.calls import Call


@dataclass
class Recorder:
    """What is sent while `name` is set counts as sent by the function of that name.

    The first page of a list says that there is another one, so that it is asked for too.
    """

    behind: str
    name: str = ""
    sent: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    """The idempotency keys of all requests."""

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/v1/{path:path}", self._pass_on, methods=["GET", "POST"])])

    def calls(self) -> set[Call]:
        return {Call(*each, frozenset(names)) for each, names in self.sent.items()}

    async def _pass_on(self, request: Request) -> Response:
        body = await request.body()
        names = {_plain(name) for name, _ in parse_qsl(body.decode() or request.url.query, keep_blank_values=True)}
        which = (self.name, request.method, _template(request.url.path))
        self.sent.setdefault(which, set()).update(names)
        self.keys.add(request.headers.get("idempotency-key", ""))
        headers = {name: request.headers[name] for name in ("authorization", "content-type") if name in request.headers}
        async with httpx.AsyncClient(base_url=self.behind, timeout=10) as client:
            answer = await client.request(request.method, request.url.path, params=request.url.query, content=body, headers=headers)
        return Response(self._with_more(answer, names), answer.status_code, media_type="application/json")

    def _with_more(self, answer: httpx.Response, names: set[str]) -> bytes:
        found = answer.json()
        if found.get("object") == "list" and "starting_after" not in names:
            found["has_more"] = True
        return json.dumps(found).encode()


def _plain(name: str) -> str:
    """Without the numbers of list items and the names inside `metadata`: `line_items[0][price]` → `line_items[][price]`."""
    name = re.sub(r"\[\d+\]", "[]", name)
    return re.sub(r"(^|\[)metadata(\]?)\[[^\]]*\]$", r"\1metadata\2", name)


def _template(path: str) -> str:
    """With `{id}` for an id, which begins with Stripe's short word for its kind: `/v1/refunds/re_1` → `/v1/refunds/{id}`."""
    return re.sub(r"/(cs|re|tr|acct|du|pi)_[^/]+", "/{id}", path)
