"""Buttons. Their words are verbs."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from autodoctor.ui.components.anchors import anchor
from autodoctor.ui.components.classes import joined

Kind = Literal["primary", "secondary", "quiet"]


def primary(label: Any, *, on_click: Any = None, loading: Any = False, disabled: Any = False, **props: Any) -> rx.Component:
    """The one thing to do here."""
    return _button("primary", label, on_click, loading, disabled, props)


def secondary(label: Any, *, on_click: Any = None, loading: Any = False, disabled: Any = False, **props: Any) -> rx.Component:
    """Something else to do here."""
    return _button("secondary", label, on_click, loading, disabled, props)


def quiet(label: Any, *, on_click: Any = None, loading: Any = False, disabled: Any = False, **props: Any) -> rx.Component:
    """Something that few want to do."""
    return _button("quiet", label, on_click, loading, disabled, props)


def link_button(*label: Any, href: Any, kind: Kind = "primary", **props: Any) -> rx.Component:
    """A link that looks like a button: it goes somewhere."""
    return anchor(*label, href=href, **joined(f"button button-{kind}", props))


def _button(kind: Kind, label: Any, on_click: Any, loading: Any, disabled: Any, props: dict[str, Any]) -> rx.Component:
    """While `loading` it keeps its name and its focus and does nothing."""
    is_loading = rx.Var.create(loading).bool()
    attributes = {
        **props.pop("custom_attrs", {}),
        "data-loading": rx.cond(is_loading, "yes", "no"),
        "aria-disabled": rx.cond(is_loading, "true", "false"),
    }
    if on_click is not None:
        props["on_click"] = on_click
    return rx.el.button(
        label,
        type=props.pop("type", "button"),
        disabled=disabled,
        custom_attrs=attributes,
        **joined(f"button button-{kind}", props),
    )
