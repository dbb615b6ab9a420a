"""Photos and videos of a form, uploaded while the rest is being filled in (section 5, M5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class PhotoUpload(rx.Component):
    """Fills the hidden field `name` of the enclosing form with the list of uploaded paths.

    `target` is what the upload is signed for (`{"sessionId": …}`), `draft_key` lets the list survive a reload, `initial` are
    files that are there already (`[{"filePath", "name", "preview"}]`).
    """

    library = library("photo_upload.jsx")
    tag = "PhotoUpload"

    name: rx.Var[str]
    label: rx.Var[str]
    help: rx.Var[str]
    max_files: rx.Var[int]
    draft_key: rx.Var[str]
    target: rx.Var[dict[str, str]]
    initial: rx.Var[list[dict[str, str]]]


photo_upload = PhotoUpload.create
