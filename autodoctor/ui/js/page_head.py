"""What the document says of itself, for pages whose address says what they are about only when they are open."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class PageHead(rx.Component):
    """Nothing on the page itself; a `title` of "" leaves everything as it is. With `hidden` search engines leave the page out."""

    library = library("page_head.jsx")
    tag = "PageHead"

    title: rx.Var[str]
    description: rx.Var[str]
    hidden: rx.Var[bool]


page_head = PageHead.create
