"""`/session/complete?sessionId=…`: thanks, what it was, and the rating (M7)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, cards, forms, layout, states, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.room.complete_state import CompleteState
from autodoctor.ui.room.rating import rating, stars


def complete_page() -> rx.Component:
    """The same page for both sides; each sees its own part of it."""
    return layout.page(
        rx.match(
            CompleteState.phase,
            ("loading", states.skeleton_card()),
            ("not_found", states.empty("We couldn't find this session", "It may belong to another account.", None)),
            ("open", _still_open()),
            _over(),
        ),
        audience="public",
        title="Session complete",
    )


def _still_open() -> rx.Component:
    return layout.section(
        text.heading1("This session is still going on"),
        buttons.link_button("Back to the room", href=CompleteState.room_path),
    )


def _over() -> rx.Component:
    return layout.section(
        text.heading1(rx.cond(CompleteState.cancelled, "This session was cancelled", "Thank you")),
        cards.card(_figures()),
        rx.cond(
            CompleteState.is_mechanic,
            _for_mechanic(),
            rx.cond(CompleteState.cancelled, rx.fragment(), rx.cond(CompleteState.rating > 0, _rated(), _rate())),
        ),
        layout.row(buttons.link_button("See the whole session", href=CompleteState.session_path, kind="secondary"), _home()),
    )


def _figures() -> rx.Component:
    return rx.el.dl(
        _figure("With", CompleteState.other_name),
        _figure("Vehicle", CompleteState.vehicle),
        _figure("Ended", local_time(at=CompleteState.ended_at, look="moment")),
        _figure("Length", CompleteState.length),
        rx.cond(CompleteState.is_mechanic, _figure("You earn", CompleteState.share), _figure("Paid", CompleteState.cost)),
        class_name="figures",
    )


def _figure(name: str, value: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def _for_mechanic() -> rx.Component:
    return rx.cond(
        CompleteState.rating > 0,
        _rated(),
        text.muted("The customer can rate this session now. You see the rating in your history."),
    )


def _rate() -> rx.Component:
    return cards.card(
        text.heading2("How was it?"),
        forms.api_form(
            "/api/sessions/" + CompleteState.session_id + "/review",
            rating("rating"),
            forms.text_area("Review", "review", help="What helped, what didn't. Other customers read this with your first name."),
            submit="Submit review",
            next="/session/complete?sessionId=" + CompleteState.session_id,
        ),
    )


def _rated() -> rx.Component:
    return cards.card(
        text.heading2(rx.cond(CompleteState.is_mechanic, "The customer's rating", "Your rating")),
        stars(CompleteState.rating),
        rx.cond(CompleteState.review != "", text.body(CompleteState.review)),
    )


def _home() -> rx.Component:
    return rx.cond(
        CompleteState.is_mechanic,
        buttons.link_button("Back to requests", href="/mechanic/dashboard"),
        buttons.link_button("Your sessions", href="/customer/dashboard"),
    )
