"""Where our own scripts stand: all in one folder of the built site, so that they can import one another by `./name`."""

from __future__ import annotations

import reflex as rx

_HELPERS = ("http.js", "upload.js", "outgoing.js", "attachments.js", "fields.js", "forms.js", "drafts.js", "chime.js", "ring.js")


def library(name: str) -> str:
    """The import path of a script beside this file, with the helpers it may import placed beside it."""
    for helper in _HELPERS:
        rx.asset(helper, shared=True)
    return rx.asset(name, shared=True).importable_path
