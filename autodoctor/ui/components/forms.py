"""Forms that speak to the REST API (docs/decisions/0004), and their fields.

A field's name is the API's; its answer's words stand beside it. What was typed stays when it is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from autodoctor.ui.js import api_form as js

Method = Literal["POST", "PUT", "PATCH", "DELETE"]


def api_form(
    url: Any,
    *children: Any,
    submit: Any,
    next: Any = "",  # noqa: A002 - the word the pages use
    method: Method = "POST",
    draft_key: Any = "",
    kind: str = "primary",
    on_done_text: Any = "",
    next_from_query: bool = False,
    done: rx.Component | None = None,
    on_done: Any = None,
) -> rx.Component:
    """Sends its fields to `url` as JSON; then goes to `next`, shows `done` in its place, or says `on_done_text`.

    `next_from_query` lets the page's own `?next=` win over `next`; neither leads to another site. With a `draft_key` what is typed
    survives a reload. `on_done` is an event handler to run besides.
    """
    props: dict[str, Any] = {} if on_done is None else {"on_done": on_done}
    return js.ApiForm.create(
        rx.el.div(*children, class_name="form-fields"),
        *([done] if done is not None else []),
        url=url,
        submit=submit,
        next_path=next,
        method=method,
        draft_key=draft_key,
        kind=kind,
        done_text=on_done_text,
        next_from_query=next_from_query,
        has_done=done is not None,
        **props,
    )


def field(
    label: Any,
    name: str,
    type: str = "text",  # noqa: A002 - HTML's word
    required: bool = False,
    default: Any = "",
    help: Any = "",  # noqa: A002 - the word the pages use
    autocomplete: str = "",
    inputmode: str = "",
    sends: str = "",
) -> rx.Component:
    """One line. It sends its text, or with `sends="words"` the list of what stands between commas."""
    return js.Field.create(
        label=label,
        name=name,
        kind=type,
        required=required,
        initial=default,
        help=help,
        autocomplete=autocomplete,
        inputmode=inputmode,
        sends=sends,
    )


def text_area(label: Any, name: str, required: bool = False, default: Any = "", help: Any = "") -> rx.Component:  # noqa: A002
    """Several lines."""
    return js.TextArea.create(label=label, name=name, required=required, initial=default, help=help)


def checkbox(label: Any, name: str, *more: Any, required: bool = False, default: Any = False, help: Any = "") -> rx.Component:  # noqa: A002
    """A box to tick: sends true or false. `more` stands below its label, a link for instance."""
    return js.Check.create(*more, label=label, name=name, required=required, initial=default, help=help)


def select(
    label: Any,
    name: str,
    options: Sequence[str | tuple[str, str]],
    required: bool = False,
    default: Any = "",
    help: Any = "",  # noqa: A002
) -> rx.Component:
    """One of several: each option a text, or the value that is sent and the text that is read."""
    pairs = [each if isinstance(each, tuple) else (each, each) for each in options]
    choices = [{"value": value, "label": words} for value, words in pairs]
    return js.Select.create(label=label, name=name, options=choices, required=required, initial=default, help=help)


def hidden(name: str, value: Any) -> rx.Component:
    """A value that is sent and not seen."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def sent(name: str) -> rx.Component:
    """Inside `done`: what the reader had typed into the field `name`."""
    return js.Sent.create(name=name)
