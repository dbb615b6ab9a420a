"""The left pane: vehicle, problem and files."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.trouble_codes import trouble_codes
from autodoctor.ui.room.messages import file_preview
from autodoctor.words import _


def case_pane(case: Any) -> rx.Component:
    """What the conversation is about, in the order in which a mechanic asks."""
    return rx.el.div(
        rx.el.h2(case.title, class_name="pane-title"),
        case_facts(case),
        rx.el.h3(_("The problem"), class_name="pane-heading"),
        problem(case),
        rx.el.h3(_("Files"), class_name="pane-heading"),
        file_list(case),
        class_name="pane-content",
    )


def case_facts(case: Any) -> rx.Component:
    """What is known of the vehicle and its owner."""
    return rx.cond(case.facts.length() > 0, rx.el.dl(rx.foreach(case.facts, _fact), class_name="pane-facts"))


def problem(case: Any) -> rx.Component:
    """What is wrong, in the customer's words."""
    return rx.cond(
        case.concern != "",
        rx.fragment(
            rx.el.p(case.concern, class_name="pane-words"),
            rx.cond(case.details != "", rx.el.p(case.details, class_name="pane-words")),
            trouble_codes(codes=case.codes),
        ),
        rx.el.p(_("Not described yet."), class_name="pane-muted"),
    )


def file_list(case: Any) -> rx.Component:
    """The files of both sides, oldest first."""
    return rx.cond(
        case.files.length() > 0,
        rx.el.ul(rx.foreach(case.files, lambda file: rx.el.li(file_preview(file))), class_name="pane-files"),
        rx.el.p(_("Nothing has been sent yet."), class_name="pane-muted"),
    )


def _fact(fact: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.value), class_name="pane-fact")
