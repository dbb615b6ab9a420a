"""What customers have booked with a mechanic, and giving it back (L8)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, dialogs, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _


def booked_jobs(jobs: Any, *, on_give_back: Any) -> rx.Component:
    """The soonest first."""
    return layout.section(
        text.heading2(_("Booked sessions"), id="booked"),
        rx.el.ul(rx.foreach(jobs, lambda job: _card(job, on_give_back)), class_name="plain-list", aria_labelledby="booked"),
    )


def _card(job: Any, on_give_back: Any) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    text.heading3(local_time(at=job.at, look="appointment")),
                    layout.row(badges.chip(job.plan_name, tone="info"), text.muted(*_about(job))),
                    rx.cond(job.concern != "", text.body(job.concern)),
                ),
                layout.row(
                    buttons.link_button(
                        _("Add to calendar"), href="/api/sessions/" + job.id + "/calendar.ics", kind="quiet", download=True
                    ),
                    _give_back(job, on_give_back),
                ),
            ),
        ),
        custom_attrs={"data-booked": job.id},
    )


def _about(job: Any) -> tuple[Any, ...]:
    return text.filled(_("{customer} · {vehicle} · you earn {amount}"), customer=job.who, vehicle=job.title, amount=job.earn)


def _give_back(job: Any, on_give_back: Any) -> rx.Component:
    return dialogs.confirm(
        buttons.quiet(_("Give back")),
        title=_("Give this session back?"),
        text=_("The customer is told at once. At its time the session is offered to every mechanic, you among them. This can't be undone."),
        confirm=_("Give back"),
        dismiss=_("Keep it"),
        on_confirm=on_give_back(job.id),
    )
