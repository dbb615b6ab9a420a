"""The one accepted job: it pushes everything else aside until it is done or let go."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, dialogs, layout, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.mechanic.cards import photo_strip, words
from autodoctor.words import _


def job_panel(job: Any, *, on_let_go: Any) -> rx.Component:
    """Who, what, how to reach them, and the way into the room."""
    return cards.card(
        rx.el.div(
            layout.stack(
                text.muted(_("Your session")),
                text.heading2(job.title),
                layout.row(
                    badges.chip(job.plan_name, tone="info"),
                    _presence(job),
                    text.muted(*text.filled(_("You earn {amount}"), amount=job.earn)),
                ),
            ),
            layout.row(
                buttons.link_button(_("Join session"), href=job.room_path, class_name="button-large"),
                rx.cond(~job.is_live, _let_go(job, on_let_go)),
            ),
            class_name="job-head",
        ),
        _contact(job),
        words(job),
        photo_strip(job.photos, job.title),
        custom_attrs={"data-job": job.session_id},
    )


def _presence(job: Any) -> rx.Component:
    return rx.cond(
        job.customer_here,
        badges.chip(_("The customer is in the room"), tone="good"),
        badges.chip(*text.filled(_("Accepted {ago}"), ago=local_time(at=job.accepted_at, look="ago"))),
    )


def _contact(job: Any) -> rx.Component:
    return rx.el.dl(
        _line(_("Name"), job.name, job.name),
        _line(_("Phone"), job.phone, plain(job.phone, href="tel:" + job.phone, class_name="link")),
        _line(_("Email"), job.email, plain(job.email, href="mailto:" + job.email, class_name="link")),
        _line(_("City"), job.city, job.city),
        class_name="figures",
    )


def _line(name: str, value: Any, shown: Any) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(name), rx.el.dd(shown)))


def _let_go(job: Any, on_let_go: Any) -> rx.Component:
    return dialogs.confirm(
        buttons.quiet(_("Let go")),
        title=_("Let this session go?"),
        text=_(
            "It goes back to the other mechanics at once, and you won't be offered it again. The customer sees that we look for "
            "somebody else."
        ),
        confirm=_("Let go"),
        dismiss=_("Keep it"),
        on_confirm=on_let_go(job.request_id),
    )
