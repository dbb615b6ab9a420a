"""LiveKit's words, as its server would send them: signed over their very body."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid

import pytest
from google.protobuf.json_format import MessageToJson
from livekit import api

from autodoctor.core.settings import get_settings
from autodoctor.video import rules, service
from autodoctor.video.rules import Identity

KEY, SECRET = "a-key", "a-secret-that-is-long-enough-for-everybody"


def configure(settings_env: pytest.MonkeyPatch) -> None:
    """There is a LiveKit, though nobody answers there."""
    for name, value in {"URL": "ws://127.0.0.1:1", "API_KEY": KEY, "API_SECRET": SECRET}.items():
        settings_env.setenv(f"LIVEKIT_{name}", value)
    get_settings.cache_clear()


def event(kind: str, session_id: uuid.UUID, who: Identity | None = None, *, event_id: str | None = None) -> bytes:
    """An event's body."""
    told = api.WebhookEvent(event=kind, id=event_id or f"EV_{secrets.token_hex(6)}")
    told.room.name = rules.room_of(session_id)
    if who:
        told.participant.identity = str(who)
    return MessageToJson(told).encode()


def party(user_id: uuid.UUID) -> Identity:
    return Identity("party", user_id)


def sign(body: bytes, *, key: str = KEY, secret: str = SECRET) -> str:
    """What stands in the header `Authorization`."""
    return api.AccessToken(key, secret).with_sha256(base64.b64encode(hashlib.sha256(body).digest()).decode()).to_jwt()


async def tell(body: bytes) -> None:
    """It arrives."""
    await service.receive(body, sign(body))
