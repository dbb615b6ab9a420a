"""A form that sends JSON to a route of the REST API, and its fields (docs/decisions/0004). Pages use `components/forms.py`."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class ApiForm(rx.Component):
    """First child: the fields. Second child, with `has_done`: what stands in the form's place when it was sent."""

    library = library("api_form.jsx")
    tag = "ApiForm"

    url: rx.Var[str]
    submit: rx.Var[str]
    method: rx.Var[str]
    next_path: rx.Var[str]
    next_from_query: rx.Var[bool]
    draft_key: rx.Var[str]
    kind: rx.Var[str]
    done_text: rx.Var[str]
    has_done: rx.Var[bool]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class _Labelled(rx.Component):
    library = library("api_form.jsx")

    label: rx.Var[str]
    name: rx.Var[str]
    required: rx.Var[bool]
    help: rx.Var[str]


class Field(_Labelled):
    """One line; `kind` is HTML's type. `sends`: "words" for a list of what stands between commas."""

    tag = "Field"

    kind: rx.Var[str]
    initial: rx.Var[str]
    autocomplete: rx.Var[str]
    inputmode: rx.Var[str]
    sends: rx.Var[str]


class TextArea(_Labelled):
    """Several lines."""

    tag = "TextArea"

    initial: rx.Var[str]


class Check(_Labelled):
    """A box to tick."""

    tag = "Check"

    initial: rx.Var[bool]


class Select(_Labelled):
    """One of `options`, each `{"value", "label"}`."""

    tag = "Select"

    initial: rx.Var[str]
    options: rx.Var[list[dict[str, str]]]


class Sent(rx.Component):
    """What was sent under `name`."""

    library = library("api_form.jsx")
    tag = "Sent"

    name: rx.Var[str]
