"""`/session/complete?sessionId=…`: thanks, what it was, and the rating (M7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.room.complete_state import CompleteState
from autodoctor.ui.room.papers import pdf_link, recording_links
from autodoctor.ui.room.rating import rated, rating_form
from autodoctor.ui.room.thanks import refund_states, thanks
from autodoctor.words import _

complete: Any = CompleteState

summary = complete.summary


def complete_page() -> rx.Component:
    """The same page for both sides; each sees its own part of it."""
    return layout.page(
        rx.match(
            complete.phase,
            ("loading", states.skeleton_cards()),
            ("not_found", _not_found()),
            ("open", _still_open()),
            _over(),
        ),
        audience="public",
        title=_("Session complete"),
    )


def _not_found() -> rx.Component:
    return missing(
        _("We couldn't find this session"),
        _("Only its customer and its mechanic see it. You may be logged in to another account, or not at all."),
        rx.cond(
            complete.is_logged_in, buttons.link_button(_("To the start page"), href="/"), buttons.link_button(_("Log in"), href="/login")
        ),
    )


def _still_open() -> rx.Component:
    return layout.section(
        text.heading1(_("This session is still going on")),
        buttons.link_button(_("Back to the room"), href=summary.room_path),
    )


def _over() -> rx.Component:
    is_cancelled = summary.status == "cancelled"
    return layout.section(
        text.heading1(rx.cond(is_cancelled, _("This session was cancelled"), _("Session complete"))),
        cards.card(figures(), refund_states(summary)),
        rx.cond(
            summary.rating > 0,
            rated(rx.cond(summary.is_mechanic, _("The customer's rating"), _("Your rating")), summary.rating, summary.review),
            rx.cond(is_cancelled, rx.fragment(), rx.cond(summary.is_mechanic, _rating_to_come(), _rate())),
        ),
        thanks(summary),
        rx.cond(summary.follow_up_until != "", _follow_up()),
        rx.cond(is_cancelled, rx.fragment(), _papers()),
        layout.row(_home(), buttons.link_button(_("See the whole session"), href=summary.session_path, kind="secondary")),
    )


def _follow_up() -> rx.Component:
    until = rx.el.strong(local_time(at=summary.follow_up_until, look="moment"))
    as_mechanic = text.filled(_("Your customer can ask you until {moment}, in the conversation on the session's page."), moment=until)
    may_ask = _("You can ask {name} until {moment}, in the conversation on the session's page.")
    as_customer = text.filled(may_ask, name=summary.other_name, moment=until)
    return cards.card(
        layout.stack(
            text.heading2(_("Follow-up questions")),
            rx.el.p(rx.cond(summary.is_mechanic, rx.fragment(*as_mechanic), rx.fragment(*as_customer))),
            layout.row(buttons.link_button(_("To the conversation"), href=summary.session_path + "#messages", kind="secondary")),
        ),
    )


def _papers() -> rx.Component:
    """What one takes along; the receipt for who paid."""
    return cards.card(
        layout.stack(
            text.heading2(_("To keep")),
            rx.cond(complete.papers.has_report & (complete.papers.report != "finished"), _report_to_come()),
            layout.row(
                rx.cond(complete.papers.pdf_path != "", pdf_link(_("Report as PDF"), complete.papers.pdf_path)),
                pdf_link(_("Transcript as PDF"), summary.transcript_path),
                recording_links(summary.recordings),
                rx.cond(summary.is_mechanic, rx.fragment(), pdf_link(_("Receipt as PDF"), summary.receipt_path)),
            ),
        )
    )


def _report_to_come() -> rx.Component:
    return text.muted(
        rx.cond(
            summary.is_mechanic,
            _("The report isn't finished yet. You can write it on the session's page for 24 hours; then it goes out as it is."),
            _("Your mechanic has 24 hours to finish the report. You get a mail as soon as it is there."),
        )
    )


def figures() -> rx.Component:
    """Who, which car, when, how long, and the money."""
    return rx.el.dl(
        _figure(_("With"), summary.other_name),
        _figure(_("Vehicle"), summary.vehicle),
        _figure(_("Plan"), summary.plan_name),
        rx.cond(summary.ended_at != "", _figure(_("Ended"), local_time(at=summary.ended_at, look="moment"))),
        _figure(_("Length"), summary.took),
        rx.cond(summary.without_video != "", _figure(_("Without video"), summary.without_video)),
        rx.cond(summary.share != "", _figure(_("You earn"), summary.share)),
        rx.cond(summary.cost != "", _figure(_("Paid"), summary.cost)),
        rx.cond(summary.refund != "", _figure(_("Refund"), summary.refund)),
        class_name="figures",
    )


def _figure(name: str, value: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def _rate() -> rx.Component:
    return rating_form(summary.session_id, then="/session/complete?sessionId=" + summary.session_id)


def _rating_to_come() -> rx.Component:
    return text.muted(_("The customer can rate this session now. The rating appears here and in your history."))


def _home() -> rx.Component:
    return rx.cond(
        summary.is_mechanic,
        buttons.link_button(_("Back to requests"), href="/mechanic/dashboard"),
        buttons.link_button(_("Your sessions"), href="/customer/dashboard"),
    )
