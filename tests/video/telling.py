"""LiveKit's words, as its server would send them: signed over their very body."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid

import sqlalchemy as sa
from livekit import api
from sqlmodel import col

from autodoctor.core.db import reading
from autodoctor.sessions.models import SessionEvent
from autodoctor.video import service

KEY, SECRET = "a-key", "a-secret-of-at-least-thirty-two-characters"


def event(kind: str, session_id: uuid.UUID, identity: str = "", *, event_id: str | None = None) -> bytes:
    """An event's body."""
    told = {"event": kind, "id": event_id or f"EV_{uuid.uuid4().hex}", "room": {"name": f"session-{session_id}"}, "createdAt": "1"}
    return json.dumps({**told, "participant": {"identity": identity}} if identity else told).encode()


def signed(body: bytes, *, key: str = KEY, secret: str = SECRET, over: bytes | None = None) -> str:
    """What stands in the header `Authorization`."""
    digest = base64.b64encode(hashlib.sha256(over or body).digest()).decode()
    return api.AccessToken(key, secret).with_sha256(digest).to_jwt()


async def tell(body: bytes) -> None:
    """It arrives."""
    await service.receive(body, signed(body))


async def noted(session_id: uuid.UUID) -> list[str]:
    """What the session's history says of its video, in order."""
    async with reading() as db:
        query = sa.select(col(SessionEvent.reason)).where(col(SessionEvent.session_id) == session_id, col(SessionEvent.entity) == "video")
        return list(await db.scalars(query.order_by(col(SessionEvent.created_at))))
