"""Tabs, with the roles and keys that people know."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


def _opened(name: rx.Var[str]) -> list[rx.Var[str]]:
    return [name]


class Tabs(rx.Component):
    """One child for each of `names`, which are the same in every language: readers see `labels`, if there are any. `on_open` hears the name
    of each tab that is opened. With `param` the address names the open one."""

    library = library("tabs.jsx")
    tag = "Tabs"

    names: rx.Var[list[str]]
    labels: rx.Var[list[str]]
    label: rx.Var[str]
    param: rx.Var[str]
    on_open: rx.EventHandler[_opened]


tabs = Tabs.create
