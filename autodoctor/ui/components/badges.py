"""Small marks: a word on a coloured ground. Colours stand for state and nothing else (DESIGN, Material)."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from autodoctor.ui.components.classes import joined
from autodoctor.words import _

Tone = Literal["neutral", "info", "good", "soon", "now"]

STATUS: dict[str, tuple[str, Tone]] = {
    "scheduled": (_("Scheduled"), "info"),
    "pending": (_("Looking for a mechanic"), "info"),
    "unattended": (_("Looking for a mechanic"), "soon"),
    "waiting": (_("Mechanic is ready"), "good"),
    "accepted": (_("Mechanic is ready"), "good"),
    "live": (_("Live"), "good"),
    "completed": (_("Completed"), "neutral"),
    "cancelled": (_("Cancelled"), "neutral"),
    "expired": (_("Expired, refunded"), "neutral"),
}
"""The word and the tone of each status of a session or a request."""


def chip(*children: Any, tone: Tone = "neutral", **props: Any) -> rx.Component:
    """A word or two."""
    attributes = {**props.pop("custom_attrs", {}), "data-tone": tone}
    return rx.el.span(*children, custom_attrs=attributes, **joined("chip", props))


def status_chip(status: Any) -> Any:
    """The status of a session or a request, in the reader's words."""
    if isinstance(status, str):
        words, tone = STATUS.get(status, (status, "neutral"))
        return chip(words, tone=tone)
    known = [(name, chip(words, tone=tone)) for name, (words, tone) in STATUS.items()]
    return rx.match(status, *known, chip(status))
