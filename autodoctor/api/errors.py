"""Errors as RFC 9457 problem+json (API.md, conventions)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import structlog
from asgi_correlation_id import correlation_id
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from autodoctor.access.table import ROUTES
from autodoctor.api import faults, refused
from autodoctor.core.errors import FieldError, Refusal, ValidationFailed
from autodoctor.words import N_, _

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
NO_JSON = N_("The body isn't valid JSON.")


class ProblemField(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """The body of every error answer."""

    type: str = Field(default="about:blank", description="kind of problem")
    title: str
    status: int
    detail: str = Field(description="what went wrong and what to do, in the user's words")
    code: str = Field(description="stable word for programs")
    error: str = Field(description="the same text as `detail`")
    errors: list[ProblemField] | None = Field(default=None, description="422 only: the wrong fields")


def problem(
    status: int, code: str, detail: str, *, errors: list[FieldError] | None = None, headers: dict[str, str] | None = None
) -> Response:
    """An error answer with its body."""
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "error": detail,
    }
    if errors is not None:
        body["errors"] = [{"field": each.field, "message": each.message} for each in errors]
    # ASCII with escapes: a message may quote half a character, which no encoding has
    return Response(json.dumps(body), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer these errors, for the OpenAPI document."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {status: {"content": content, "description": HTTPStatus(status).phrase} for status in statuses}


def install(app: FastAPI) -> None:
    """Make every refusal of this application a problem+json answer, and describe it. What nobody foresaw: see `unexpected`."""
    _describe(app)
    app.exception_handler(Refusal)(_refusal)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)


def _describe(app: FastAPI) -> None:
    """Put the schema that `problems` refers to into the OpenAPI document, what is true of every route that reads a body, and what
    the table of permissions says: whoever it doesn't admit is refused."""
    write = app.openapi

    def with_problem() -> dict[str, Any]:
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts = schema.pop("$defs")
        document = write()
        document.setdefault("components", {}).setdefault("schemas", {}).update(parts | {Problem.__name__: schema})
        for path, verbs in document["paths"].items():
            for verb, operation in verbs.items():
                also = [413] if "requestBody" in operation else []
                also += [] if ROUTES[f"{verb.upper()} {path}"].is_open else [401, 403]
                for status in also:
                    operation["responses"].setdefault(str(status), problems(status)[status])
        return document

    app.openapi = with_problem


async def _refusal(request: Request, error: Refusal) -> Response:
    refused.note(request, error)
    headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s is not None else {}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    fields = list(error.errors) if isinstance(error, ValidationFailed) else None
    return problem(error.status, error.code, error.detail, errors=fields, headers=headers)


async def _invalid(_request: Request, error: RequestValidationError) -> Response:
    fields = [_field_error(each) for each in error.errors()]
    detail = fields[0].message if len(fields) == 1 else _(ValidationFailed.default_detail)
    return problem(422, "validation", detail, errors=fields)


def _field_error(raw: dict[str, Any]) -> FieldError:
    if raw["type"] == "json_invalid":
        return FieldError("body", _(NO_JSON))
    names = [str(part) for part in raw["loc"] if part not in {"body", "query", "path"}]
    return FieldError(".".join(names) or "body", faults.words_of(raw))


_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "payload_too_large"}
_NOTHING_THERE = {404: N_("There is nothing at this address."), 405: N_("This address doesn't answer to that method.")}
"""Whatever the framework says of it, which is in English."""


async def _http(_request: Request, error: HTTPException) -> Response:
    if isinstance(error.__cause__, ValueError | RecursionError):  # the framework's 400 for a body that it can't read
        return problem(422, "validation", _(NO_JSON), errors=[FieldError("body", _(NO_JSON))])
    if error.status_code == 422:  # a body that nobody wants to read
        return problem(422, "validation", str(error.detail), errors=[FieldError("body", str(error.detail))])
    code = _CODES.get(error.status_code, "http_error")
    detail = _(_NOTHING_THERE[error.status_code]) if error.status_code in _NOTHING_THERE else str(error.detail)
    return problem(error.status_code, code, detail, headers=dict(error.headers or {}))


def unexpected(error: Exception) -> Response:
    """The answer to an error that nobody foresaw. It is logged under the number that the answer names."""
    log.error("unexpected error", exc_info=error)
    number = correlation_id.get()
    if not number:
        return problem(500, "internal", _("Something went wrong on our side. Please try again."))
    words = _("Something went wrong on our side. Please try again; if it stays, tell us this number: {number}", number=number)
    return problem(500, "internal", words)
