"""Small marks: a word on a coloured ground. Colours stand for state and nothing else (DESIGN, Material)."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from autodoctor.ui.components.classes import joined

Tone = Literal["neutral", "info", "good", "soon", "now"]

STATUS: dict[str, tuple[str, Tone]] = {
    "scheduled": ("Scheduled", "info"),
    "pending": ("Looking for a mechanic", "info"),
    "unattended": ("Looking for a mechanic", "soon"),
    "waiting": ("Mechanic is ready", "good"),
    "accepted": ("Mechanic is ready", "good"),
    "live": ("Live", "good"),
    "completed": ("Completed", "neutral"),
    "cancelled": ("Cancelled", "neutral"),
    "expired": ("Expired, refunded", "neutral"),
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
