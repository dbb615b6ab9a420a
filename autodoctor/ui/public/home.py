"""The home page: one sentence, one button, the product itself, and proof (DESIGN, Home)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.plans.catalog import PLANS
from autodoctor.ui.amounts import money
from autodoctor.ui.components import buttons, cards, layout, text
from autodoctor.ui.installable.manifest import NAME
from autodoctor.ui.public.home_state import HomeState
from autodoctor.ui.public.plans import plan_cards
from autodoctor.ui.public.sample import sample_conversation
from autodoctor.words import _

proof: Any = HomeState

_CHEAPEST = min(plan.price_cents for plan in PLANS.values())
_STEPS = (
    (_("Choose a plan"), _("From {price}, paid once. You get it all back if nobody can take your request.", price=money(_CHEAPEST))),
    (_("Say what is wrong"), _("In your own words, with photos or a video of the noise. Two minutes are enough.")),
    (
        _("Talk to a mechanic"),
        _("The first one who is free accepts. You talk in a room of your own, and everything stays there to read again."),
    ),
)
_QUESTIONS = (
    (
        _("Who are the mechanics?"),
        _(
            "People who repair cars for a living. We look at every account by hand before it can take a request, and customers rate each "
            "session."
        ),
    ),
    (
        _("What if nobody is free?"),
        _(
            "After five minutes our team looks for a mechanic for you. If none accepts within two hours you get all your money back, "
            "without asking."
        ),
    ),
    (
        _("Can a car be judged from afar?"),
        _(
            "Often, yes: what it sounds like, when it happens and what the codes say tells a mechanic most of it. "
            "Where it takes a lift and "
            "a wrench, "
            "you hear so, and what to ask the shop for."
        ),
    ),
    (
        _("Do I need the VIN?"),
        _("It helps, because it says exactly which engine and gearbox you have. Year, make and model do too."),
    ),
    (
        _("Who sees what I send?"),
        _("You and your mechanic. Before one accepts, mechanics see your first name, your city, the vehicle, the problem and its photos."),
    ),
    (
        _("Is it safe to drive?"),
        _(
            "Ask that first, and if you doubt it, don't. When something smokes, burns or you can't brake, stop and call roadside help "
            "instead of us."
        ),
    ),
)


def home_page() -> rx.Component:
    return layout.page(
        _hero(),
        _steps(),
        layout.section(text.heading2(_("Three plans, no subscription")), plan_cards()),
        _reviews(),
        _questions(),
        rx.el.div(_start(), class_name="thumb"),
        audience="public",
        title=NAME,
    )


def _hero() -> rx.Component:
    return rx.el.section(
        layout.stack(
            rx.el.h1(_("Something is wrong with your car. Ask a mechanic now."), class_name="heading1 hero-title"),
            text.body(
                _("A certified mechanic reads what you see, hear and smell, asks the right questions, and tells you what to do next.")
            ),
            _start(),
            _proof(),
            class_name="hero-words",
        ),
        sample_conversation(),
        class_name="hero",
    )


def _start() -> rx.Component:
    return buttons.link_button(_("Get started"), href="/pricing", class_name="button-large")


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
        text.heading2(_("How it works")),
        rx.el.ol(*(rx.el.li(text.heading3(name), text.body(words)) for name, words in _STEPS), class_name="how"),
    )


def _reviews() -> rx.Component:
    return rx.cond(
        proof.reviews.length() > 0,
        layout.section(
            text.heading2(_("What customers say")),
            text.muted(proof.rating),
            rx.el.ul(rx.foreach(proof.reviews, _review), class_name="reviews"),
        ),
    )


def _review(praise: Any) -> rx.Component:
    filled = rx.foreach([1, 2, 3, 4, 5], lambda each: rx.cond(each <= praise.rating, "★", "☆"))
    return rx.el.li(
        cards.card(
            rx.el.p(
                rx.el.span(filled, aria_hidden="true", class_name="stars"),
                rx.el.span(*text.filled(_("{rating} of 5 stars"), rating=praise.rating), class_name="visually-hidden"),
            ),
            text.body(praise.words),
            text.muted(praise.name, " · ", praise.about),
        ),
    )


def _questions() -> rx.Component:
    return layout.section(
        text.heading2(_("Questions")),
        rx.el.div(*(_question(asked, answer) for asked, answer in _QUESTIONS), class_name="questions"),
    )


def _question(asked: str, answer: str) -> rx.Component:
    return rx.el.details(rx.el.summary(asked), text.body(answer), class_name="question")
