"""The consultation on its way, in each of its phases (L6; DESIGN, Waiting). Values and handlers only."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, dialogs, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _

MONEY_BACK = _(
    "If nobody has accepted after 5 minutes, our team looks for a mechanic for you. If there is none within 2 hours, or you cancel "
    "before one accepts, you get all your money back."
)


def consultation(now: Any, *, on_cancel: Any) -> rx.Component:
    """What is happening, what happens next, and what can be done about it. `now` is a `RequestNow`."""
    return cards.card(
        rx.el.p(now.announcement, class_name="visually-hidden", role="status"),
        _title(now),
        steps(now.steps),
        rx.cond(now.phase == "accepted", _accepted(now, on_cancel), _looking(now, on_cancel)),
    )


def steps(line: Any) -> rx.Component:
    """Paid, described, matching, join: the step that is on now is marked for screen readers too."""
    return rx.el.ol(
        rx.foreach(
            line,
            lambda step: rx.el.li(
                rx.el.span(class_name="steps-dot", aria_hidden="true"),
                step.name,
                custom_attrs={"data-state": step.state, "aria-current": rx.cond(step.state == "now", "step", "false")},
            ),
        ),
        class_name="steps",
        aria_label=_("Steps of your consultation"),
    )


def _title(now: Any) -> rx.Component:
    return layout.row(
        text.heading2(rx.cond(now.vehicle != "", now.vehicle, now.plan_name)),
        rx.cond(now.vehicle != "", badges.chip(now.plan_name, tone="info")),
        text.muted(_("Paid {price}", price=now.price), " · ", local_time(at=now.paid_at, look="ago")),
    )


def _looking(now: Any, on_cancel: Any) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            text.muted(_("Your place in the queue")),
            rx.el.p(now.position, class_name="place-number"),
            text.body(now.wait, " ", now.online),
            class_name="place",
        ),
        rx.match(
            now.phase,
            ("describe", text.body(_("Mechanics see that you are waiting. They can judge it once they know what is wrong."))),
            (
                "unattended",
                text.body(_("It takes longer than usual. Our team now looks for a mechanic for you; you don't have to do anything.")),
            ),
            rx.fragment(),
        ),
        layout.row(
            rx.cond(
                now.described,
                buttons.link_button(_("Change the description or add photos"), href=_intake_path(now), kind="secondary"),
                buttons.link_button(_("Tell us about the problem"), href=_intake_path(now)),
            ),
            _way_out(now, on_cancel),
        ),
        text.muted(MONEY_BACK),
    )


def _accepted(now: Any, on_cancel: Any) -> rx.Component:
    is_running = _("Your session with {name} is running.", name=now.mechanic_name)
    return rx.fragment(
        layout.stack(
            text.heading2(rx.cond(now.is_live, is_running, _("{name} has accepted your request.", name=now.mechanic_name))),
            text.body(rx.cond(now.is_live, _("The clock is counting."), _("The clock starts when both of you are in the room."))),
        ),
        layout.row(
            buttons.link_button(_("Join session"), href=now.room_path, class_name="button-large"),
            rx.cond(
                now.described, rx.fragment(), buttons.link_button(_("Tell us about the problem"), href=_intake_path(now), kind="secondary")
            ),
            rx.cond(now.is_live, rx.fragment(), _way_out(now, on_cancel)),
        ),
    )


def _way_out(now: Any, on_cancel: Any) -> rx.Component:
    return dialogs.confirm(
        buttons.quiet(_("Cancel request")),
        title=_("Cancel this request?"),
        text=rx.cond(
            now.phase == "accepted",
            _(
                "A mechanic has already accepted and is waiting for you. If you cancel now, your payment isn't refunded. "
                "This can't be undone."
            ),
            _("Mechanics no longer see it, and you get all your money back. This can't be undone."),
        ),
        confirm=_("Cancel request"),
        dismiss=_("Keep waiting"),
        on_confirm=on_cancel,
    )


def _intake_path(now: Any) -> Any:
    return "/intake?session_id=" + now.session_id
