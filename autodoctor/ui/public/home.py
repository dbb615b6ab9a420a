"""The home page: one sentence, one button, the product itself, and proof (DESIGN, Home)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, layout, text
from autodoctor.ui.public.home_state import HomeState
from autodoctor.ui.public.plans import plan_cards
from autodoctor.ui.public.reviews import review_list
from autodoctor.ui.public.sample import sample_conversation

proof: Any = HomeState

_STEPS = (
    ("Choose a plan", "From $9.99, paid once. You get it all back if nobody can take your request."),
    ("Say what is wrong", "In your own words, with photos or a video of the noise. Two minutes are enough."),
    ("Talk to a mechanic", "The first one who is free accepts. You talk in a room of your own, and everything stays there to read again."),
)
_QUESTIONS = (
    (
        "Who are the mechanics?",
        "People who repair cars for a living. We look at every account by hand before it can take a request, and customers rate each "
        "session.",
    ),
    (
        "What if nobody is free?",
        "After five minutes our team looks for a mechanic for you. If none accepts within two hours you get all your money back, "
        "without asking.",
    ),
    (
        "Can a car be judged from afar?",
        "Often, yes: what it sounds like, when it happens and what the codes say tells a mechanic most of it. Where it takes a lift and "
        "a wrench, "
        "you hear so, and what to ask the shop for.",
    ),
    (
        "Do I need the VIN?",
        "It helps, because it says exactly which engine and gearbox you have. Year, make and model do too.",
    ),
    (
        "Who sees what I send?",
        "You and your mechanic. Before one accepts, mechanics see your first name, your city, the vehicle, the problem and its photos.",
    ),
    (
        "Is it safe to drive?",
        "Ask that first, and if you doubt it, don't. When something smokes, burns or you can't brake, stop and call roadside help "
        "instead of us.",
    ),
)


def home_page() -> rx.Component:
    return layout.page(
        _hero(),
        _steps(),
        layout.section(text.heading2("Three plans, no subscription"), plan_cards()),
        _reviews(),
        _questions(),
        rx.el.div(_start(), class_name="thumb"),
        audience="public",
        title="Auto Doctor",
    )


def _hero() -> rx.Component:
    return rx.el.section(
        layout.stack(
            rx.el.h1("Something is wrong with your car. Ask a mechanic now.", class_name="heading1 hero-title"),
            text.body("A certified mechanic reads what you see, hear and smell, asks the right questions, and tells you what to do next."),
            _start(),
            _proof(),
            class_name="hero-words",
        ),
        sample_conversation(),
        class_name="hero",
    )


def _start() -> rx.Component:
    return buttons.link_button("Get started", href="/pricing", class_name="button-large")


def _proof() -> rx.Component:
    """Filled in by what is true right now; its place is kept free, so that nothing jumps."""
    return rx.el.p(
        rx.cond(proof.online != "", rx.el.span(proof.online, class_name="proof-online")),
        rx.cond(proof.wait != "", rx.el.span(proof.wait)),
        rx.cond(proof.rating != "", rx.el.span(proof.rating)),
        class_name="proof",
    )


def _steps() -> rx.Component:
    return layout.section(
        text.heading2("How it works"),
        rx.el.ol(*(rx.el.li(text.heading3(name), text.body(words)) for name, words in _STEPS), class_name="how"),
    )


def _reviews() -> rx.Component:
    return rx.cond(
        proof.reviews.length() > 0,
        layout.section(
            text.heading2("What customers say"),
            text.muted(proof.rating),
            review_list(proof.reviews),
        ),
    )


def _questions() -> rx.Component:
    return layout.section(
        text.heading2("Questions"),
        rx.el.div(*(_question(asked, answer) for asked, answer in _QUESTIONS), class_name="questions"),
    )


def _question(asked: str, answer: str) -> rx.Component:
    return rx.el.details(rx.el.summary(asked), text.body(answer), class_name="question")
