"""What stands around every page: the head of the document, the place for toasts, and what is shown when a page breaks."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from autodoctor.ui import theme
from autodoctor.ui.components import buttons, layout, states, text
from autodoctor.ui.installable import manifest, offline
from autodoctor.words import _, spoken

MARK = "/favicon.svg"
SMALL_MARK, TOUCH_MARK = "/favicon.ico", "/apple-touch-icon.png"


def app_settings() -> dict[str, Any]:
    """The settings of `rx.App` that have to do with looks. The lost connection is told by `states.connection_banner`."""
    return {
        "html_lang": spoken().value,
        "head_components": _head(),
        "app_wraps": {(55, "ErrorBoundary"): lambda stateful: _boundary(stateful=stateful)},
        "hydrate_fallback": _coming,
        "toaster": rx.toast.provider(position="bottom-right", rich_colors=False, close_button=True),
    }


def _head() -> list[rx.Component]:
    dark, light = "(prefers-color-scheme: dark)", "(prefers-color-scheme: light)"
    return [
        rx.el.link(rel="icon", href=SMALL_MARK, sizes="32x32"),
        rx.el.link(rel="icon", href=MARK, type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href=TOUCH_MARK),
        rx.el.link(rel="manifest", href=manifest.ADDRESS),
        rx.el.meta(name="theme-color", content=theme.LIGHT["surface"], custom_attrs={"media": light}),
        rx.el.meta(name="theme-color", content=theme.DARK["surface"], custom_attrs={"media": dark}),
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.script(offline.REGISTER),
    ]


def _boundary(*, stateful: bool) -> rx.Component:
    props: dict[str, Any] = {} if stateful else {"on_error": rx.noop()}
    return ErrorBoundary.create(fallback_render=_broken(), **props)


def _coming() -> rx.Component:
    """Until the page of an address that was not built beforehand is there (a session's)."""
    return rx.el.main(states.skeleton_card(), class_name="page-main")


def _broken() -> rx.Component:
    """Plain elements only: whatever broke the page must not break this one."""
    return rx.el.main(
        rx.el.title(layout.window_title(_("This page broke"))),  # stands in the head: the broken page took its own along
        layout.narrow(
            text.heading1(_("This page broke")),
            text.body(_("That is our fault, and we have been told. What you sent before is safe.")),
            layout.row(
                buttons.link_button(_("Load it again"), href=""),
                buttons.link_button(_("To the start"), href="/", kind="secondary"),
            ),
        ),
        class_name="page-main",
    )
