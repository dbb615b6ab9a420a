"""What a door refuses and somebody may be trying, in the log (docs/security.md, OWASP ASVS 5.0, 16.3.2 and 16.3.3)."""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import Request

from autodoctor.accounts.identity import Caller
from autodoctor.api.callers import get_origin
from autodoctor.core.errors import Refusal, ValidationFailed
from autodoctor.core.ids import parse_id

log = structlog.get_logger("security")

_TOLD = {400, 401, 403, 410, 413, 415, 429}
"""No access, a wrong signature, a link that is over, more than is allowed, a file that isn't what it says."""
_PROOFS = {"currentPassword", "totp"}
"""Fields that prove again who somebody is."""


def note(request: Request, refusal: Refusal) -> None:
    """Who asked, from where, for what, and why not. The route is named as it is declared, so that no token of a path gets in."""
    callers: tuple[Caller, ...] = getattr(request.state, "everybody", ())
    if not _is_told(refusal, callers):
        return
    log.warning(
        "refused",
        code=refusal.code,
        status=refusal.status,
        method=request.method,
        route=getattr(request.scope.get("route"), "path_format", None),
        **_named_in(request),
        user_ids=[str(caller.user_id) for caller in callers],
        address=get_origin(request).ip_address,
    )


def _is_told(refusal: Refusal, callers: tuple[Caller, ...]) -> bool:
    if isinstance(refusal, ValidationFailed):
        return any(each.field in _PROOFS for each in refusal.errors)
    return refusal.status in _TOLD or (refusal.status == 404 and bool(callers))  # somebody else's things read as not there


def _named_in(request: Request) -> dict[str, Any]:
    return {name: str(value) for name, value in request.path_params.items() if name.endswith("_id") and parse_id(value)}
