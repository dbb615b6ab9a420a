"""Pictures are drawn anew before they are kept: what comes out holds pixels and nothing else.

That removes places and times of recording, and makes a hostile picture harmless. Work happens in two threads of its own, so that
a handful of large photos at once can't take the machine's memory.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pillow_heif
import structlog
from PIL import Image, ImageOps

from autodoctor.files.refusals import UnsupportedMedia
from autodoctor.words import N_

log = structlog.get_logger(__name__)
pillow_heif.register_heif_opener()

LONGEST_EDGE = 4096
THUMBNAIL_EDGE = 480
THUMBNAIL_TYPE = "image/webp"

_MEGAPIXEL = 1_000_000
_MOST_PIXELS = 50 * _MEGAPIXEL
_MOST_PIXELS_JPEG = 120 * _MEGAPIXEL  # a JPEG is opened at a fraction of its size, so phones' largest photos fit too
Image.MAX_IMAGE_PIXELS = _MOST_PIXELS_JPEG

_READ_AS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF", "image/heic": "HEIF"}
_KEPT_AS = {"image/heic": "image/jpeg"}
_WRITING = {"JPEG": {"quality": 88}, "PNG": {"optimize": False}, "WEBP": {"quality": 88}, "GIF": {}}
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")


class PictureUnreadable(UnsupportedMedia):
    default_detail = N_("We can't read this picture: the file is damaged or isn't really a picture. Please try another one.")


class PictureTooLarge(UnsupportedMedia):
    default_detail = N_("This picture has too many pixels. Please send a smaller version.")


@dataclass(frozen=True)
class Redrawn:
    """A redrawn picture and its thumbnail (WebP), as local files, and the picture's type now."""

    picture: Path
    thumbnail: Path
    type: str


async def redraw(source: Path, media_type: str) -> Redrawn:
    """Draw a picture anew, upright, at most 4096 pixels long, first frame only, without metadata; HEIC becomes JPEG.

    Raises PictureUnreadable, PictureTooLarge.
    """
    return await asyncio.get_running_loop().run_in_executor(_threads, _redraw, source, media_type)


def _redraw(source: Path, media_type: str) -> Redrawn:
    kept_as = _KEPT_AS.get(media_type, media_type)
    picture_file, thumbnail_file = source.with_suffix(".picture"), source.with_suffix(".thumb")
    try:
        picture = _read(source, _READ_AS[media_type])
        _write(picture, picture_file, _READ_AS[kept_as])
        picture.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
        _write(picture, thumbnail_file, "WEBP")
    except UnsupportedMedia:
        raise
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except Exception as error:  # a damaged or hostile file makes its reader fail in any way it likes
        log.info("a picture can't be read", type=media_type, error=repr(error))
        raise PictureUnreadable from error
    return Redrawn(picture_file, thumbnail_file, kept_as)


def _read(source: Path, read_as: str) -> Image.Image:
    """The first frame, upright and small enough. Shrunk before anything else: a phone's 50 megapixels are 150 MB for every copy."""
    with Image.open(source, formats=(read_as,)) as opened:
        most = _MOST_PIXELS_JPEG if read_as == "JPEG" else _MOST_PIXELS
        if opened.width * opened.height > most:
            raise PictureTooLarge
        shrink = max(1.0, max(opened.size) / LONGEST_EDGE)
        opened.draft("RGB", (int(opened.width / shrink), int(opened.height / shrink)))
        opened.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        ImageOps.exif_transpose(opened, in_place=True)
        picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    picture.info.clear()  # colour profiles, comments and Exif would otherwise be written again
    return picture


def _write(picture: Image.Image, target: Path, write_as: str) -> None:
    drawn = picture.convert("RGB") if write_as == "JPEG" and picture.mode != "RGB" else picture
    drawn.save(target, format=write_as, **_WRITING[write_as])
