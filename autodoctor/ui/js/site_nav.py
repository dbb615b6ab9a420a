"""The header's links and the way out."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class NavLinks(rx.Component):
    """`links`: `{"label", "href"}`; that of the page in view is marked."""

    library = library("site_nav.jsx")
    tag = "NavLinks"

    links: rx.Var[list[dict[str, str]]]


class LogOut(rx.Component):
    """Posts to `url`, then goes to `after`."""

    library = library("site_nav.jsx")
    tag = "LogOut"

    url: rx.Var[str]
    after: rx.Var[str]


nav_links = NavLinks.create
log_out = LogOut.create
