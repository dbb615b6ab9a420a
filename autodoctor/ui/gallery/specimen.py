"""How a component is shown: by its name, what it is for, and once in each state that it can be in."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from autodoctor.ui.components import layout, text


@dataclass(frozen=True)
class Specimen:
    """`of` is the component: the function that pages call. `states` has it once for each state, by what that is called in words.

    `is_wide`: it takes the page's width.
    """

    of: Any
    states: Mapping[str, rx.Component]
    is_wide: bool = False


@dataclass(frozen=True)
class Section:
    """Components that belong together."""

    title: str
    specimens: Sequence[Specimen]

    @property
    def anchor(self) -> str:
        """Where the list of contents leads to."""
        return self.title.lower().replace(" ", "-").replace(",", "")


def name_of(component: Any) -> str:
    """As pages write it, its module first: `buttons.primary`."""
    if inspect.isfunction(component):
        module, name = component.__module__, component.__name__
    else:  # `local_time = LocalTime.create`
        module = component.__self__.__module__
        name = next(name for name, value in vars(sys.modules[module]).items() if inspect.ismethod(value) and value == component)
    return f"{module.rpartition('.')[2]}.{name}"


def drawn(section: Section) -> rx.Component:
    """A section of the gallery."""
    specimens = rx.el.div(*(_specimen(each) for each in section.specimens), class_name="specimens")
    return layout.section(text.heading2(section.title), specimens, id=section.anchor)


def _specimen(each: Specimen) -> rx.Component:
    name = name_of(each.of)
    return rx.el.article(
        text.heading3(rx.el.code(name)),
        text.muted(_purpose(each.of)),
        rx.el.div(
            *(rx.el.figure(rx.el.figcaption(words), rx.el.div(shown), class_name="specimen-state") for words, shown in each.states.items()),
            class_name="specimen-states",
        ),
        aria_label=name,
        class_name="specimen",
        custom_attrs={"data-specimen": name, "data-wide": "yes" if each.is_wide else "no"},
    )


def _purpose(component: Any) -> str:
    """The first paragraph of what the code says of it."""
    return (inspect.getdoc(getattr(component, "__self__", component)) or "").partition("\n\n")[0].replace("\n", " ").replace("`", "")
