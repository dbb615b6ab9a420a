"""The frame of every page, and how things stand in it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.core.cookies import LANGUAGE
from autodoctor.ui.components.anchors import anchor, plain
from autodoctor.ui.components.classes import joined
from autodoctor.ui.components.states import connection_banner
from autodoctor.ui.components.workplaces import HOME, NAV, Audience, palette_pages
from autodoctor.ui.js.keep_focus import focus_keeper
from autodoctor.ui.js.language_switch import language_switch
from autodoctor.ui.js.palette import palette
from autodoctor.ui.js.site_nav import log_out, nav_links
from autodoctor.ui.palette_state import PaletteState
from autodoctor.ui.visitor import VisitorState
from autodoctor.words import OFFERED, _

_LOG_OUT: dict[Audience, tuple[str, str]] = {
    "customer": ("/api/customer/logout", "/"),
    "mechanic": ("/api/mechanics/logout", "/mechanic/login"),
    "admin": ("/api/admin/logout", "/admin/login"),
}
_FOOTER = (
    (_("Pricing"), "/pricing"),
    (_("For mechanics"), "/mechanic/signup"),
    (_("Contact"), "/contact"),
    (_("Terms"), "/terms"),
    (_("Privacy"), "/privacy"),
    (_("Waiver"), "/waiver"),
)

_LANGUAGES = [{"code": each.value, "name": each.own_name} for each in OFFERED]


def page(*children: Any, audience: Audience, title: Any) -> rx.Component:
    """Header with this audience's navigation, the page itself, footer. `title` is what the page is called in the document."""
    return rx.el.div(
        plain(_("Skip to the content"), href="#main", class_name="skip"),
        focus_keeper(),
        connection_banner(),
        _header(audience),
        rx.el.main(*children, id="main", tab_index=-1, custom_attrs={"data-page": title}, class_name="page-main"),
        _footer(),
        class_name="page",
    )


def window_title(title: str) -> str:
    """What a page's tab says: for `title` of `add_page`."""
    return f"{title} · Auto Doctor"


def section(*children: Any, **props: Any) -> rx.Component:
    """A part of a page, with air around it."""
    return rx.el.section(*children, **joined("section", props))


def row(*children: Any, **props: Any) -> rx.Component:
    """Side by side as long as there is room."""
    return rx.el.div(*children, **joined("row", props))


def stack(*children: Any, **props: Any) -> rx.Component:
    """One below the other."""
    return rx.el.div(*children, **joined("stack", props))


def grid(*children: Any, **props: Any) -> rx.Component:
    """Columns of the same width, as many as fit."""
    return rx.el.div(*children, **joined("grid", props))


def narrow(*children: Any, **props: Any) -> rx.Component:
    """A column as wide as a form."""
    return rx.el.div(*children, **joined("section narrow", props))


def reading(*children: Any, **props: Any) -> rx.Component:
    """A column for texts that are read."""
    return rx.el.article(*children, **joined("section reading", props))


def _header(audience: Audience) -> rx.Component:
    ways: list[rx.Component] = [nav_links(links=NAV[audience])]
    if audience == "public":
        ways.append(_own_door())
    else:
        ways += _palette(audience)
        url, after = _LOG_OUT[audience]
        ways.append(log_out(url=url, after=after))
    return rx.el.header(
        rx.el.div(
            anchor(_mark(), "Auto Doctor", href=HOME[audience], class_name="site-name"),
            rx.el.nav(*ways, aria_label=_("Main"), class_name="site-nav"),
            class_name="site-bar",
        ),
        class_name="site-header",
    )


def _palette(audience: Audience) -> list[rx.Component]:
    """Administrators also find sessions and people by it."""
    if audience == "admin":
        finder: Any = PaletteState
        return [palette(pages=palette_pages(audience), can_find=True, answer=finder.answer, on_find=finder.find)]
    return [palette(pages=palette_pages(audience))] if audience == "mechanic" else []


def _own_door() -> rx.Component:
    """The login, or the dashboard of somebody who is logged in."""
    visitor: Any = VisitorState
    known = visitor.dashboard != ""
    return rx.fragment(
        plain(_("Your dashboard"), href=visitor.dashboard, hidden=~known),
        plain(_("Log in"), href="/login", hidden=known, on_mount=VisitorState.look),
    )


def _mark() -> rx.Component:
    """A pulse line that is a car's roof line."""
    return rx.el.svg(
        rx.el.path(
            d="M2 15h4l2.6-6.2A2 2 0 0 1 10.4 7.5h2.2a2 2 0 0 1 1.7 1L17 13l1.4-2.5L20 15h4",
            fill="none",
            stroke="currentColor",
            stroke_width="2.4",
            stroke_linecap="round",
            stroke_linejoin="round",
        ),
        view_box="0 0 26 22",
        width="30",
        height="26",
        aria_hidden="true",
    )


def _footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.p(_("Auto Doctor: a mechanic, when you need one.")),
            rx.el.nav(*(anchor(label, href=href) for label, href in _FOOTER), aria_label=_("More")),
            rx.el.nav(language_switch(languages=_LANGUAGES, cookie=LANGUAGE), aria_label=_("Language"), class_name="languages"),
        ),
        class_name="site-footer",
    )
