"""A number in front of the tab's title, for who looks at another tab."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class TitleCount(rx.Component):
    """Nothing on the page itself; 0 takes the number away."""

    library = library("title_count.jsx")
    tag = "TitleCount"

    count: rx.Var[int]


title_count = TitleCount.create
