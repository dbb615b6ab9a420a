"""The consultation on its way, in each of its phases (L6; DESIGN, Waiting). Values and handlers only."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, dialogs, layout, text
from autodoctor.ui.customer.view import RequestNow, Step
from autodoctor.ui.js.local_time import local_time

MONEY_BACK = (
    "If nobody has accepted after 5 minutes, our team looks for a mechanic for you. If there is none within 2 hours, or you cancel "
    "before one accepts, you get all your money back."
)


def consultation(now: rx.Var[RequestNow], *, on_cancel: Any, cancelling: Any) -> rx.Component:
    """What is happening, what happens next, and what can be done about it."""
    return cards.card(
        layout.stack(
            rx.el.p(now.announcement, class_name="visually-hidden", role="status", aria_live="polite"),
            _title(now),
            steps(now.steps),
            rx.match(
                now.phase,
                ("accepted", _accepted(now)),
                ("describe", _describe(now)),
                _waiting(now),
            ),
            rx.cond(now.phase != "accepted", _way_out(on_cancel, cancelling)),
        ),
    )


def steps(line: rx.Var[list[Step]]) -> rx.Component:
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
        aria_label="Steps of your consultation",
    )


def _title(now: rx.Var[RequestNow]) -> rx.Component:
    return layout.row(
        text.heading2(rx.cond(now.vehicle != "", now.vehicle, now.plan_name)),
        badges.chip(now.plan_name, tone="info"),
        text.muted("Paid ", now.price, " · ", local_time(at=now.paid_at, look="ago")),
    )


def _waiting(now: rx.Var[RequestNow]) -> rx.Component:
    return layout.stack(
        rx.el.div(
            text.muted("Your place in the queue"),
            rx.el.p(now.position, class_name="place-number"),
            class_name="place",
        ),
        text.body(now.wait, ". ", now.online, "."),
        rx.cond(
            now.phase == "unattended",
            text.body("It takes longer than usual. Our team is now looking for a mechanic for you by hand; you don't have to do anything."),
        ),
        rx.cond(
            now.described,
            buttons.link_button("Change the description or add photos", href=_intake_path(now), kind="secondary"),
            buttons.link_button("Tell us about the problem", href=_intake_path(now)),
        ),
        text.muted(MONEY_BACK),
    )


def _describe(now: rx.Var[RequestNow]) -> rx.Component:
    return layout.stack(
        text.body("Mechanics already see that you are waiting. They can only judge it once they know what is wrong."),
        buttons.link_button("Tell us about the problem", href=_intake_path(now)),
        text.body("Your place in the queue: ", now.position, ". ", now.wait, ". ", now.online, "."),
        text.muted(MONEY_BACK),
    )


def _accepted(now: rx.Var[RequestNow]) -> rx.Component:
    return layout.stack(
        text.heading3(now.mechanic_name, " has accepted your request."),
        text.body("The clock starts when both of you are in the room."),
        buttons.link_button("Join session", href=now.room_path),
    )


def _way_out(on_cancel: Any, cancelling: Any) -> rx.Component:
    return dialogs.confirm(
        buttons.quiet("Cancel request", loading=cancelling),
        title="Cancel this request?",
        text="Mechanics no longer see it, and you get all your money back. This can't be undone.",
        confirm="Cancel request",
        dismiss="Keep waiting",
        on_confirm=on_cancel,
    )


def _intake_path(now: rx.Var[RequestNow]) -> rx.Var[str]:
    return "/intake?session_id=" + now.session_id
