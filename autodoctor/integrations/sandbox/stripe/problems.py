"""Refusals in Stripe's own form."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError


class StripeProblem(Exception):
    """An error answer: https://docs.stripe.com/api/errors"""

    def __init__(
        self, message: str, *, status: int = 400, kind: str = "invalid_request_error", code: str | None = None, param: str | None = None
    ) -> None:
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message, "param": param}}
        super().__init__(message)


def missing(what: str, object_id: str, *, param: str, status: int = 404) -> StripeProblem:
    return StripeProblem(f"No such {what}: '{object_id}'", status=status, code="resource_missing", param=param)


def invalid(error: ValidationError) -> StripeProblem:
    """The first thing that is wrong with a call's parameters, as Stripe would say it."""
    first: Any = error.errors()[0]
    param = _bracketed(first["loc"])
    match first["type"]:
        case "extra_forbidden":
            return StripeProblem(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)
        case "missing":
            return StripeProblem(f"Missing required param: {param}.", code="parameter_missing", param=param)
    return StripeProblem(f"Invalid {param}: {first['msg']}", code="parameter_invalid", param=param)


def _bracketed(location: tuple[int | str, ...]) -> str:
    first, *rest = location or ("",)
    return str(first) + "".join(f"[{part}]" for part in rest)
