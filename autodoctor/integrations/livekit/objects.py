"""What LiveKit tells us, as much of it as we use."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from livekit import api

from autodoctor.core.settings import get_settings

_RECORDED = "egress_ended"
_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True)
class Recorded:
    """A finished recording: where it is in our storage, how long it plays, and its size in bytes."""

    path: str
    seconds: int
    size: int


@dataclass(frozen=True)
class RoomEvent:
    """`kind` is LiveKit's own word (`room_started`, `participant_joined`, …); `identity` is "" for what concerns nobody; `recorded` are
    the files of a recording that has ended."""

    id: str
    kind: str
    room: str
    identity: str
    recorded: tuple[Recorded, ...] = ()


def read_event(event: api.WebhookEvent) -> RoomEvent:
    """An event of LiveKit's in our words. What the recorder tells names its room elsewhere than the rest."""
    room = event.room.name or event.egress_info.room_name
    return RoomEvent(id=event.id, kind=event.event, room=room, identity=event.participant.identity, recorded=_recorded(event))


def _recorded(event: api.WebhookEvent) -> tuple[Recorded, ...]:
    """By the paths that our storage knows; none when the recording failed."""
    if event.event != _RECORDED:
        return ()
    folder = urlsplit(get_settings().storage_url).path.strip("/")
    files = event.egress_info.file_results
    return tuple(
        Recorded(each.filename.removeprefix(f"{folder}/" if folder else ""), round(each.duration / _NANOSECONDS), each.size)
        for each in files
        if each.size > 0
    )
