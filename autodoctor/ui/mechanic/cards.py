"""Requests as cards, and what of them a mechanic sees before and after accepting (L5; DESIGN, Mechanic's dashboard)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, layout, text
from autodoctor.ui.js.instant import instant_button
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.offer_bar import offer_bar
from autodoctor.ui.js.trouble_codes import trouble_codes
from autodoctor.ui.room.messages import file_preview
from autodoctor.words import _


def request_card(card: Any, *, answered: Any, on_accept: Any, on_pass: Any) -> rx.Component:
    """One request that may be taken: an article named by its vehicle."""
    name = "request-" + card.id
    return rx.el.article(
        rx.el.header(
            text.heading3(card.title, id=name),
            rx.el.p(rx.el.span(_("you earn"), " "), card.earn, class_name="request-earn"),
            class_name="request-head",
        ),
        _about(card),
        words(card),
        photo_strip(card.photos, card.title),
        offer_bar(remaining_ms=card.remaining_ms, total_ms=card.total_ms),
        rx.el.footer(
            instant_button(
                label=_("Accept"),
                waiting_label=_("Accepting…"),
                large=True,
                about=card.title,
                answered=answered,
                on_press=on_accept(card.id),
            ),
            instant_button(
                label=_("Pass"),
                waiting_label=_("Passing…"),
                kind="quiet",
                about=card.title,
                answered=answered,
                on_press=on_pass(card.id),
            ),
            class_name="request-foot",
        ),
        aria_labelledby=name,
        class_name="card request",
        key=card.id,
    )


def _about(card: Any) -> rx.Component:
    return layout.row(
        rx.el.p(card.who, class_name="request-who"),
        badges.chip(card.plan_name, tone="info"),
        rx.cond(card.is_overdue, badges.chip(_("Unattended"), tone="now")),
        text.muted(local_time(at=card.since, look="ago")),
        class_name="row request-about",
    )


def words(case: Any) -> rx.Component:
    """The concern as the customer told it, with the trouble codes in it."""
    return rx.cond(
        case.concern != "",
        layout.stack(
            rx.el.p(case.concern, class_name="request-words"),
            rx.cond(case.details != "", rx.el.p(case.details, class_name="request-words request-details")),
            trouble_codes(codes=case.codes),
        ),
        text.muted(_("The card fills in by itself as soon as the description is sent. You can take it now.")),
    )


def photo_strip(photos: Any, about: Any) -> rx.Component:
    """Photos and videos in one row; each opens."""
    return rx.cond(
        photos.length() > 0,
        rx.el.ul(
            rx.foreach(photos, lambda photo: rx.el.li(file_preview(photo))),
            class_name="request-photos",
            aria_label=_("Photos: {vehicle}", vehicle=about),
        ),
    )
