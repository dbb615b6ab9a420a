"""Which files we take, how large, how many, and what they may be called (M5). Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from babel.numbers import format_decimal

from autodoctor.words import N_, _, spoken

MAX_PER_INTAKE = 10
MAX_PER_SESSION = 50
MAX_PER_MESSAGE = 10
MAX_LOOSE_PER_DAY = 40
"""Uploads of one person that belong to nothing yet: a form is filled in, and photos are chosen anew, a few times."""

_MB = 1024 * 1024
_LONGEST_NAME = 120


class Kind(StrEnum):
    image = "image"
    pdf = "pdf"
    video = "video"
    text = "text"


TOO_LARGE = {
    Kind.image: N_("This image has {size}; we take up to {most}."),
    Kind.pdf: N_("This pdf has {size}; we take up to {most}."),
    Kind.video: N_("This video has {size}; we take up to {most}."),
    Kind.text: N_("This text has {size}; we take up to {most}."),
}
"""What is said of a file that is larger than its kind may be."""

MAX_BYTES = {Kind.image: 15 * _MB, Kind.pdf: 15 * _MB, Kind.video: 100 * _MB, Kind.text: 2 * _MB}

ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "image/gif": ("gif",),
    "application/pdf": ("pdf",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov", "qt"),
    "video/webm": ("webm",),
    "text/plain": ("txt", "log"),
    "text/csv": ("csv",),
}
"""Every type we take, with its usual endings, the first for new names."""

_OTHER_NAMES = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/heif": "image/heic", "video/x-m4v": "video/mp4"}
_BY_ENDING = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}
_SHOWN_IN_PLACE = {"image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"}
_UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*%;]')
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def kind_of(media_type: str) -> Kind:
    """The kind of a type we take."""
    if media_type == "application/pdf":
        return Kind.pdf
    return Kind(media_type.split("/")[0])


def declared_type(file_name: str, media_type: str) -> str | None:
    """The type that a browser announces, by its own word or, where it has none for it, by the ending; None when we don't take it."""
    plain = media_type.split(";")[0].strip().lower()
    plain = _OTHER_NAMES.get(plain, plain)
    if plain in ENDINGS:
        return plain
    is_vague = plain in {"", "application/octet-stream", "application/vnd.ms-excel", "text/x-log"}
    return _BY_ENDING.get(ending_of(file_name)) if is_vague else None


def ending_of(file_name: str) -> str:
    return file_name.rpartition(".")[2].lower() if "." in file_name else ""


def size_words(size: int) -> str:
    """A size in bytes, as it is read."""
    if size < _MB:
        return _("{size} KB", size=max(1, round(size / 1024)))
    return _("{size} MB", size=format_decimal(size / _MB, format="0.0", locale=spoken().locale))


def clean_name(file_name: str) -> str:
    """A name to show and to save under: no folders, no invisible or misleading characters, of sensible length."""
    last = re.split(r"[/\\]", file_name)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    tidy = " ".join(_UNSAFE_IN_NAMES.sub("_", seen).split()).strip(". ")
    if len(tidy) <= _LONGEST_NAME:
        return tidy or "file"
    ending = ending_of(tidy)[:10]
    return f"{tidy[: _LONGEST_NAME - len(ending) - 1].rstrip('. ')}.{ending}" if ending else tidy[:_LONGEST_NAME]


def fitting_name(file_name: str, media_type: str) -> str:
    """A cleaned name whose ending says what the content is: `IMG_1.heic` kept as JPEG is `IMG_1.jpg`, `a.sh` that is a PNG `a.sh.png`."""
    endings = ENDINGS[media_type]
    if ending_of(file_name) in endings:
        return file_name
    stem = file_name.rpartition(".")[0] if ending_of(file_name) in _BY_ENDING else file_name
    return f"{stem or 'file'}.{endings[0]}"


def is_shown_in_place(media_type: str) -> bool:
    """Whether a browser may show it as a page of its own; everything else is saved."""
    return media_type in _SHOWN_IN_PLACE


@dataclass(frozen=True)
class ByteRange:
    """A part of a file: `start` up to, not including, `end`."""

    start: int
    end: int


class RangeNotSatisfiable(Exception):
    """The asked part lies beyond the file's end."""


def read_range(header: str | None, size: int) -> ByteRange | None:
    """The one part that a Range header asks for; None means the whole file, also for what we don't understand (RFC 9110, 14.2).

    Raises RangeNotSatisfiable.
    """
    found = _RANGE.fullmatch((header or "").replace(" ", ""))
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(size, int(found[2]) + 1 if found[2] else size)
        if found[2] and int(found[2]) < int(found[1]):
            return None
    if start >= size or start >= end:
        raise RangeNotSatisfiable
    return ByteRange(start, end)
