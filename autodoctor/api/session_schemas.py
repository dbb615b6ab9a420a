"""Bodies and answers of the session routes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from autodoctor.api.linked_files import LinkedFile
from autodoctor.api.schemas import AS_NUMBER, ApiModel, Success, Text, Whole
from autodoctor.plans.catalog import SessionType
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.rules import SessionStatus

Stars = Annotated[int, Field(ge=1, le=5), AS_NUMBER]


class SessionOut(ApiModel):
    """A session as its parties see it."""

    id: uuid.UUID
    created_at: datetime
    plan: str
    type: SessionType
    status: SessionStatus
    customer_id: uuid.UUID | None
    customer_name: str | None
    mechanic_id: uuid.UUID | None
    mechanic_name: str | None
    intake_id: uuid.UUID | None
    started_at: datetime | None
    ends_at: datetime | None = Field(description="when the clock ends it; null before it is live")
    ended_at: datetime | None
    follow_up_ends_at: datetime | None = Field(description="until when both may still write after the end; null where the plan has none")
    duration_minutes: int | None
    remaining_seconds: int | None = Field(description="counted by the server; null before it is live")
    session_notes: str | None
    rating: int | None
    review: str | None
    reviewed_at: datetime | None
    price_cents: int
    extended_minutes: int = Field(description="bought beside the plan's length")
    extended_cents: int = Field(description="what they cost, beside `priceCents`")
    currency: str
    vehicle_info: dict[str, Any]
    message_count: int


class SessionList(ApiModel):
    items: list[SessionOut]
    next_cursor: str | None


class SessionAnswer(Success):
    session: SessionOut


class SessionNamed(ApiModel):
    session_id: uuid.UUID


class CheckoutUrl(ApiModel):
    checkout_url: str = Field(description="where ten more minutes are paid for; the same as long as that page is open")


class TipBody(ApiModel):
    amount_cents: Whole = Field(ge=100, le=20_000, description="in US cents; all of it is the mechanic's")


class TipUrl(ApiModel):
    checkout_url: str = Field(description="where the tip is paid")


class EndBody(ApiModel):
    session_notes: Text | None = Field(default=None, max_length=10_000, description="the mechanic's last word on the notes")
    rating: Stars | None = Field(default=None, description="the customer's, at once; see also `review`")


class ReviewBody(ApiModel):
    rating: Stars
    review: Text | None = Field(default=None, max_length=2000)


class NotesBody(ApiModel):
    session_notes: Text = Field(max_length=10_000)


class ParticipantOut(ApiModel):
    user_id: uuid.UUID
    role: ParticipantRole
    name: str | None
    joined_at: datetime | None = Field(description="first time in the room")
    seen_at: datetime | None = Field(description="last sign of life from the room")
    is_here: bool
    last_read_seq: int


class IntakeOut(ApiModel):
    """What the customer told about vehicle and problem, contact details included."""

    id: uuid.UUID
    created_at: datetime
    name: str | None
    email: str | None
    phone: str | None
    city: str | None
    vin: str | None
    year: str | None
    make: str | None
    model: str | None
    odometer: str | None
    plate: str | None
    concern: str | None
    details: str | None
    files: list[LinkedFile]
