"""What a customer has booked for later: when, with whom, and what can still be done about it (L8)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, dialogs, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _


def booked(sessions: Any, *, on_cancel: Any) -> rx.Component:
    """The soonest first."""
    return layout.section(
        text.heading2(_("Booked"), id="booked"),
        rx.el.ul(rx.foreach(sessions, lambda session: _card(session, on_cancel)), class_name="plain-list", aria_labelledby="booked"),
    )


def _card(session: Any, on_cancel: Any) -> rx.Component:
    return rx.el.li(
        cards.card(
            layout.stack(
                text.heading3(local_time(at=session.at, look="appointment")),
                layout.row(badges.chip(session.plan_name, tone="info"), text.muted(session.about)),
            ),
            layout.row(
                buttons.link_button(
                    rx.cond(session.is_described, _("Change the description"), _("Tell us about the problem")),
                    href="/intake?session_id=" + session.id,
                    kind="secondary",
                ),
                buttons.link_button(
                    _("Add to calendar"), href="/api/sessions/" + session.id + "/calendar.ics", kind="quiet", download=True
                ),
                rx.cond(session.can_move, buttons.link_button(_("Move"), href="/customer/schedule?move=" + session.id, kind="quiet")),
                _call_off(session, on_cancel),
            ),
        ),
        custom_attrs={"data-booked": session.id},
    )


def _call_off(session: Any, on_cancel: Any) -> rx.Component:
    return dialogs.confirm(
        buttons.quiet(_("Cancel booking")),
        title=_("Cancel this booking?"),
        text=_(
            "The time becomes free for others, and {price} goes back to the card you paid with. This can't be undone.",
            price=session.price,
        ),
        confirm=_("Cancel booking"),
        dismiss=_("Keep it"),
        on_confirm=on_cancel(session.id),
    )
