"""What somebody wrote, with the addresses in it as links (M2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class LinkedText(rx.Component):
    """A paragraph. Only http and https become links, and the page that they open learns nothing of ours."""

    library = library("linked_text.jsx")
    tag = "LinkedText"

    text: rx.Var[str]


linked_text = LinkedText.create
