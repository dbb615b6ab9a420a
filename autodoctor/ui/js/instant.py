"""A button and a switch that answer at once and roll back when the server refuses.

`answered` names the state's last answer: another text with every answer, whatever it was.
"""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


def _flipped(wanted: rx.Var[bool]) -> list[rx.Var[bool]]:
    return [wanted]


class InstantButton(rx.Component):
    """`about` completes its name for those who don't see what it stands beside."""

    library = library("instant.jsx")
    tag = "InstantButton"

    label: rx.Var[str]
    waiting_label: rx.Var[str]
    kind: rx.Var[str]
    large: rx.Var[bool]
    about: rx.Var[str]
    answered: rx.Var[str]
    on_press: rx.EventHandler[rx.event.no_args_event_spec]


class InstantSwitch(rx.Component):
    """Role switch, named by its label."""

    library = library("instant.jsx")
    tag = "InstantSwitch"

    label: rx.Var[str]
    checked: rx.Var[bool]
    answered: rx.Var[str]
    disabled: rx.Var[bool]
    on_flip: rx.EventHandler[_flipped]


instant_button = InstantButton.create
instant_switch = InstantSwitch.create
