"""Refusals: every "no" of the product is a class with a status, a stable machine word and the user's words.

The API turns them into problem+json (API.md, conventions), the pages into a sentence with a way on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeVar

from autodoctor.words import N_, _

T = TypeVar("T")


@dataclass(frozen=True)
class FieldError:
    """One wrong field: its name as the API spells it, and what to do about it."""

    field: str
    message: str


class Refusal(Exception):
    """Base of all refusals. `detail` is written for the person who reads it, in their language: it is said when the refusal is made. What a
    class says by default is marked by `N_`."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    default_detail: ClassVar[str] = N_("This can't be done.")

    def __init__(self, detail: str | None = None, *, retry_after_s: int | None = None) -> None:
        self.detail = detail or _(self.default_detail)
        self.retry_after_s = retry_after_s
        super().__init__(self.detail)


class Unauthenticated(Refusal):
    status, code = 401, "unauthenticated"
    default_detail = N_("Please log in first.")


class Forbidden(Refusal):
    status, code = 403, "forbidden"
    default_detail = N_("You don't have access to this.")


class NotFound(Refusal):
    status, code = 404, "not_found"
    default_detail = N_("We couldn't find that.")


class InvalidTransition(Refusal):
    status, code = 409, "invalid_transition"
    default_detail = N_("That is no longer possible: the status has changed meanwhile.")


class ValidationFailed(Refusal):
    """Input that can't be accepted. `errors` names each field."""

    status, code = 422, "validation"
    default_detail = N_("Please check the marked fields.")

    def __init__(self, *errors: FieldError, detail: str | None = None) -> None:
        self.errors = errors
        super().__init__(detail or (errors[0].message if len(errors) == 1 else None))


class RateLimited(Refusal):
    status, code = 429, "rate_limited"
    default_detail = N_("Too many attempts. Please wait a moment and try again.")


class ProviderUnavailable(Refusal):
    status, code = 503, "provider_unavailable"
    default_detail = N_("A service we depend on isn't answering. Nothing was changed. Please try again in a minute.")


class Impossible(Exception):
    """Something that this program relies on isn't so: a mistake of ours, never the visitor's."""


def sure(value: T | None, because: str) -> T:
    """The value, which is never None because of this. Raises Impossible, which, unlike `assert`, no option of Python switches off."""
    if value is None:
        raise Impossible(f"not so: {because}")
    return value
