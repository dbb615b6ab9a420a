"""What the room draws: small flat records, made from what the capabilities answer."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FileLine:
    """A file as it is drawn. `kind` is `image`, `pdf` or `file`; `thumb_url` is empty where there is no picture of it."""

    name: str
    url: str
    thumb_url: str
    kind: str
    size: str


@dataclass(frozen=True)
class MessageLine:
    """One message. `at` is ISO 8601 in UTC, `previous_at` the message before it ("" for the first)."""

    id: str
    seq: int
    mine: bool
    author: str
    text: str
    at: str
    previous_at: str
    files: list[FileLine] = field(default_factory=list)


@dataclass(frozen=True)
class Fact:
    """One line of the vehicle's card."""

    name: str
    value: str


@dataclass(frozen=True)
class CaseView:
    """What the conversation is about: the vehicle, the problem in the customer's words, and their files."""

    title: str = ""
    facts: list[Fact] = field(default_factory=list)
    concern: str = ""
    details: str = ""
    files: list[FileLine] = field(default_factory=list)


@dataclass(frozen=True)
class RoomHead:
    """The top bar and what of it changes. `status` is the session's; `remaining_seconds` is -1 before it is live."""

    status: str = ""
    plan_name: str = ""
    has_video: bool = False
    is_mechanic: bool = False
    other_name: str = ""
    other_here: bool = False
    other_came: bool = False
    remaining_seconds: int = -1
    ends_at: str = ""
    closed_words: str = ""


def size_words(size: int) -> str:
    """A size in bytes, in words."""
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def kind_of(media_type: str) -> str:
    """How a file of this type is drawn."""
    if media_type.startswith("image/"):
        return "image"
    return "pdf" if media_type == "application/pdf" else "file"
