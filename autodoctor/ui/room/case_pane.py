"""The left pane: vehicle, problem and files."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.room.messages import file_preview
from autodoctor.ui.room.view import CaseView, Fact


def case_pane(case: rx.Var[CaseView]) -> rx.Component:
    """What the conversation is about, in the order in which a mechanic asks."""
    return rx.el.div(
        rx.el.h2(case.title, class_name="pane-title"),
        rx.el.dl(rx.foreach(case.facts, _fact), class_name="pane-facts"),
        rx.cond(
            case.concern != "",
            rx.fragment(
                rx.el.h3("The problem", class_name="pane-heading"),
                rx.el.p(case.concern, class_name="pane-words"),
                rx.cond(case.details != "", rx.el.p(case.details, class_name="pane-words")),
            ),
            rx.el.p("The problem hasn't been described yet.", class_name="pane-muted"),
        ),
        rx.el.h3("Files", class_name="pane-heading"),
        rx.cond(
            case.files.length() > 0,
            rx.el.ul(rx.foreach(case.files, lambda file: rx.el.li(file_preview(file))), class_name="pane-files"),
            rx.el.p("Nothing has been sent yet.", class_name="pane-muted"),
        ),
        class_name="pane-content",
    )


def _fact(fact: rx.Var[Fact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.value), class_name="pane-fact")
