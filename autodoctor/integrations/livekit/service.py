"""LiveKit, the only module that knows its SDK: rooms, tokens, and the proof that an event is LiveKit's own.

A token opens one room for one identity, in one role, for a short while (M3). Rooms are made by the server alone: a token of a room
that was deleted opens nothing (docs/decisions/0011).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from enum import StrEnum

import aiohttp
import structlog
from livekit import api
from livekit.api.twirp_client import TwirpError, TwirpErrorCode

from autodoctor.core.errors import ProviderUnavailable, Refusal
from autodoctor.core.settings import get_settings
from autodoctor.integrations.livekit.objects import RoomEvent, read_event
from autodoctor.words import N_

log = structlog.get_logger(__name__)

PATIENCE_S = 5
LONGEST_EVENT = 1_000_000


class Role(StrEnum):
    """What somebody may do in a room."""

    participant = "participant"
    guest = "guest"
    """As a participant: a third person whom a party has invited (M8)."""
    observer = "observer"
    """Sees and hears, is seen and heard by nobody."""


_SOURCES = ["camera", "microphone", "screen_share", "screen_share_audio"]


class VideoUnavailable(ProviderUnavailable):
    default_detail = N_("Video can't be reached just now. The chat goes on; we try again by ourselves.")


class BadLiveKitSignature(Refusal):
    status, code = 400, "bad_signature"
    default_detail = "This event isn't signed by our video server."


def token(*, room: str, identity: str, name: str, role: Role, ttl_s: int) -> str:
    """The key to one room for one identity. LiveKit refuses it elsewhere, and to come in after `ttl_s` seconds."""
    settings = get_settings()
    grants = api.VideoGrants(
        room_join=True,
        room=room,
        can_publish=role is not Role.observer,
        can_publish_sources=None if role is Role.observer else _SOURCES,
        can_publish_data=False,  # what is said is said in our chat, where it is kept
        can_subscribe=True,
        can_update_own_metadata=False,
        hidden=role is Role.observer,
    )
    made = api.AccessToken(settings.livekit_api_key, settings.livekit_api_secret)
    return made.with_identity(identity).with_name(name).with_grants(grants).with_ttl(timedelta(seconds=ttl_s)).to_jwt()


async def create_room(room: str, *, max_participants: int, empty_timeout_s: int, departure_timeout_s: int) -> None:
    """Open a room; one that is open stays as it is. It closes by itself when nobody has come, or the last one left, for so long.

    Raises VideoUnavailable.
    """
    wanted = api.CreateRoomRequest(
        name=room, max_participants=max_participants, empty_timeout=empty_timeout_s, departure_timeout=departure_timeout_s
    )
    async with calling() as client:
        await client.room.create_room(wanted)


async def delete_room(room: str) -> None:
    """Close a room and show everybody out. One that isn't open is nothing. Raises VideoUnavailable."""
    async with calling() as client, _may_be_gone():
        await client.room.delete_room(api.DeleteRoomRequest(room=room))


async def remove_participant(room: str, identity: str) -> None:
    """Show one person out. Somebody who isn't there is nothing. Raises VideoUnavailable."""
    async with calling() as client, _may_be_gone():
        await client.room.remove_participant(api.RoomParticipantIdentity(room=room, identity=identity))


async def is_up() -> bool:
    """Whether LiveKit answers."""
    try:
        async with calling() as client:
            await client.room.list_rooms(api.ListRoomsRequest(names=["none"]))
    except VideoUnavailable:
        return False
    return True


def verify_event(body: bytes, authorization: str | None) -> RoomEvent:
    """The event in a webhook's raw body. Raises BadLiveKitSignature for one that isn't signed with our secret, over this very body."""
    settings = get_settings()
    if not settings.livekit_configured or not authorization or len(body) > LONGEST_EVENT:
        raise BadLiveKitSignature
    verifier = api.TokenVerifier(settings.livekit_api_key, settings.livekit_api_secret)
    try:
        event = api.WebhookReceiver(verifier).receive(body.decode(), authorization.removeprefix("Bearer ").strip())
    except Exception as error:  # the SDK raises a plain Exception for a wrong hash, and its libraries' own for the rest
        raise BadLiveKitSignature from error
    if not event.id:
        raise BadLiveKitSignature
    return read_event(event)


@asynccontextmanager
async def calling() -> AsyncIterator[api.LiveKitAPI]:
    """A client for one use, so that no connection outlives the loop that opened it. LiveKit's errors become ours."""
    settings = get_settings()
    if not settings.livekit_configured:
        raise VideoUnavailable
    patience = aiohttp.ClientTimeout(total=PATIENCE_S)
    try:
        async with api.LiveKitAPI(
            settings.livekit_url, settings.livekit_api_key, settings.livekit_api_secret, timeout=patience, failover=False
        ) as client:
            yield client
    except TwirpError as error:
        log.error(  # noqa: TRY400 - its words say it
            "livekit refused", code=error.code, words=error.message
        )
        raise VideoUnavailable from error
    except (aiohttp.ClientError, TimeoutError) as error:
        log.warning("livekit doesn't answer", error=repr(error))
        raise VideoUnavailable from error


@asynccontextmanager
async def _may_be_gone() -> AsyncIterator[None]:
    try:
        yield
    except TwirpError as error:
        if error.code != TwirpErrorCode.NOT_FOUND:
            raise
