"""A file in a conversation or a list, looked at in place (M2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class FilePreview(rx.Component):
    """`kind`: `image`, `video`, `pdf` or `file`; `thumb_url` is "" where there is no picture of it. `size` in words."""

    library = library("file_preview.jsx")
    tag = "FilePreview"

    name: rx.Var[str]
    url: rx.Var[str]
    thumb_url: rx.Var[str]
    kind: rx.Var[str]
    size: rx.Var[str]


shown_file = FilePreview.create
