"""Headings, paragraphs, links."""

from __future__ import annotations

import re
from typing import Any

import reflex as rx

from autodoctor.ui.components.anchors import anchor
from autodoctor.ui.components.classes import joined


def heading1(*children: Any, **props: Any) -> rx.Component:
    """What the page is about; one a page."""
    return rx.el.h1(*children, **joined("heading1", props))


def heading2(*children: Any, **props: Any) -> rx.Component:
    """A section's name."""
    return rx.el.h2(*children, **joined("heading2", props))


def heading3(*children: Any, **props: Any) -> rx.Component:
    """A name inside a section or card."""
    return rx.el.h3(*children, **joined("heading3", props))


def body(*children: Any, **props: Any) -> rx.Component:
    """A paragraph."""
    return rx.el.p(*children, **joined("body", props))


def muted(*children: Any, **props: Any) -> rx.Component:
    """A paragraph that may be skipped."""
    return rx.el.p(*children, **joined("muted", props))


def link(label: Any, *, href: Any, **props: Any) -> rx.Component:
    """A link inside a text."""
    return anchor(label, href=href, **joined("link", props))


def filled(words: str, **parts: Any) -> tuple[Any, ...]:
    """A sentence as an element's children, with components in it: each `{name}` of its words is the part of that name.

    `text.body(*text.filled(_("We wrote to {email}."), email=rx.el.strong(email)))`
    """
    pieces = re.split(r"\{(\w+)\}", words)
    return tuple(parts[piece] if number % 2 else piece for number, piece in enumerate(pieces) if piece)
