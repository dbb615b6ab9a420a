"""Tabs, with the roles and keys that people know."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


def _opened(name: rx.Var[str]) -> list[rx.Var[str]]:
    return [name]


class Tabs(rx.Component):
    """One child for each of `names`; `on_open` hears the key of each tab that is opened. With `param` the address names the open one by its
    key. `keys` are the same in every language; left out, they are the names."""

    library = library("tabs.jsx")
    tag = "Tabs"

    names: rx.Var[list[str]]
    keys: rx.Var[list[str]]
    label: rx.Var[str]
    param: rx.Var[str]
    on_open: rx.EventHandler[_opened]


tabs = Tabs.create
