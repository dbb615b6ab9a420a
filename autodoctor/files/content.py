"""What a file really is, told from its content: names and headers are somebody's word only (M5)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import puremagic

from autodoctor.files import pictures
from autodoctor.files.refusals import UnsupportedMedia
from autodoctor.files.rules import Kind, kind_of
from autodoctor.words import N_

_HEAD_BYTES = 4096
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_SAME_TYPE = {"image/heif": "image/heic", "image/heic-sequence": "image/heic", "image/heif-sequence": "image/heic"}
_WHITE_SPACE = "\t\n\r\f"


class NotWhatItSays(UnsupportedMedia):
    default_detail = N_("The file's content isn't what its name says. Please send the original photo, video or document.")


@dataclass(frozen=True)
class Prepared:
    """A checked file, ready to be stored, with its real type; pictures come with a thumbnail."""

    file: Path
    type: str
    thumbnail: Path | None = None


async def prepare(source: Path, announced: str) -> Prepared:
    """Check a file against the type it was announced as; redraw a picture, bring a text to UTF-8.

    The kind must be right (a picture is a picture), the exact type follows the content: many a `.jpg` is a WebP. Files
    that this makes stand beside `source`. Raises UnsupportedMedia.
    """
    if kind_of(announced) is Kind.text:
        await asyncio.to_thread(_bring_to_utf8, source)
        return Prepared(source, announced)
    found = await asyncio.to_thread(_binary_types, source)
    real = next((each for each in _ORDER if each in found and kind_of(each) is kind_of(announced)), None)
    if real is None:
        raise NotWhatItSays
    if kind_of(real) is not Kind.image:
        return Prepared(source, real)
    redrawn = await pictures.redraw(source, real)
    return Prepared(redrawn.picture, redrawn.type, redrawn.thumbnail)


_ORDER = (
    "image/heic",
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "application/pdf",
    "video/quicktime",
    "video/mp4",
    "video/webm",
)


def _binary_types(source: Path) -> set[str]:
    """Every type whose marks the beginning of the file bears."""
    with source.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    try:
        found = {match.mime_type or "" for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):  # unknown, or empty
        return set()
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return {"image/heic"}
    return {_SAME_TYPE.get(each, each) for each in found}


def _bring_to_utf8(source: Path) -> None:
    """Texts are small (2 MB), so this one is read whole. Raises NotWhatItSays for anything with control characters in it."""
    text = _decode(source.read_bytes())
    if any(letter < " " and letter not in _WHITE_SPACE for letter in text):
        raise NotWhatItSays
    source.write_text(text, encoding="utf-8")


def _decode(raw: bytes) -> str:
    encodings = ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotWhatItSays
