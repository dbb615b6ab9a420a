"""LiveKit's recorder (Egress): a service of its own that writes a room's picture and sound into a bucket."""

from __future__ import annotations

from urllib.parse import urlsplit

from livekit import api

from autodoctor.core.settings import get_settings
from autodoctor.integrations.livekit.service import calling


async def start(room: str, *, path: str) -> None:
    """Record a room into `path` of our bucket; one that is being recorded stays as it is. Raises VideoUnavailable."""
    async with calling() as client:
        running = await client.egress.list_egress(api.ListEgressRequest(room_name=room, active=True))
        if running.items:
            return
        await client.egress.start_room_composite_egress(_request(room, path))


def _request(room: str, path: str) -> api.RoomCompositeEgressRequest:
    settings = get_settings()
    bucket = urlsplit(settings.storage_url)
    folder = bucket.path.strip("/")
    target = api.S3Upload(
        access_key=settings.aws_access_key_id,
        secret=settings.aws_secret_access_key,
        region=settings.aws_region,
        endpoint=settings.aws_endpoint_url,
        bucket=bucket.hostname or "",
        force_path_style=bool(settings.aws_endpoint_url),
    )
    where = f"{folder}/{path}" if folder else path
    output = api.EncodedFileOutput(file_type=api.EncodedFileType.MP4, filepath=where, s3=target)
    return api.RoomCompositeEgressRequest(room_name=room, layout="grid", file_outputs=[output])
