"""What the matching capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from autodoctor.matching.rules import CloseReason, RequestStatus


@dataclass(frozen=True)
class RequestChanged:
    """A request exists, has a new status, or its description was filled in."""

    request_id: uuid.UUID
    session_id: uuid.UUID
    customer_id: uuid.UUID
    mechanic_id: uuid.UUID | None
    status: RequestStatus


@dataclass(frozen=True)
class RequestMatched:
    """A mechanic was found for a request, `after_s` seconds from its payment, or from the time it was booked for."""

    request_id: uuid.UUID
    after_s: float


@dataclass(frozen=True)
class RequestPassed:
    """A mechanic passed on a request, or took that back: it leaves their screens, and theirs only, or comes back to them."""

    request_id: uuid.UUID
    mechanic_id: uuid.UUID


@dataclass(frozen=True)
class SessionOrphaned:
    """A session that had lost its request was ended: what was paid goes back, in the same transaction (L3, P4)."""

    session_id: uuid.UUID


@dataclass(frozen=True)
class RequestClosed:
    """A request has ended without a consultation. `is_refunded`: what was paid goes back, in the same transaction (P4)."""

    request_id: uuid.UUID
    session_id: uuid.UUID
    customer_id: uuid.UUID
    status: RequestStatus
    reason: CloseReason
    is_refunded: bool
