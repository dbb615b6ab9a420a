"""`/admin/sessions/[id]`: what happened, who took part, its money and giving some of it back, what stays of it, and ending it by hand
(P4, section 7).
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.payments.by_hand import LONGEST_REASON
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.money_parts import table, tiles
from autodoctor.ui.admin.session_record import by_hand, what_stays
from autodoctor.ui.admin.session_state import AdminSessionState
from autodoctor.ui.components import badges, buttons, cards, dialogs, layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.components.missing import missing
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.words import _

BEAT_S = 60

session: Any = AdminSessionState

facts = session.facts


def admin_session_page() -> rx.Component:
    """Everything about one session."""
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=session.beat.temporal),
        rx.match(
            session.phase,
            ("found", _found()),
            ("failed", states.error_box(_("We couldn't read this session."), session.load)),
            ("missing", missing(_("We couldn't find this session"), _("It may have been deleted."), _back())),
            states.skeleton_cards(),
        ),
        title=_("Session"),
        figures=session.figures,
    )


def _back() -> rx.Component:
    return buttons.link_button(_("Back to the sessions"), href="/admin/sessions", kind="secondary")


def _found() -> rx.Component:
    return layout.section(
        layout.row(text.heading1(facts.title), badges.status_chip(facts.status), badges.chip(facts.plan_name)),
        _people(),
        by_hand(),
        _money(),
        _refund(),
        what_stays(),
        text.heading2(_("What happened")),
        rx.el.ol(rx.foreach(session.events, _event), class_name="runs"),
        layout.row(_back()),
    )


def _people() -> rx.Component:
    return rx.el.dl(
        _figure(_("Customer"), facts.customer_name, _mail(facts.customer_email)),
        _figure(_("Mechanic"), facts.mechanic_name, _mail(facts.mechanic_email)),
        _figure(_("Paid on"), local_time(at=facts.booked_at, look="moment")),
        rx.cond(facts.ended_at != "", _figure(_("Ended"), local_time(at=facts.ended_at, look="moment"))),
        rx.cond(facts.took != "", _figure(_("Length"), facts.took)),
        _figure(_("Session"), facts.id),
        class_name="figures",
    )


def _figure(name: str, *values: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(name), *(rx.el.dd(value) for value in values))


def _mail(address: Any) -> rx.Component:
    return rx.cond(address != "", plain(address, href="mailto:" + address, class_name="link mail-link"))


def _money() -> rx.Component:
    return rx.fragment(
        text.heading2(_("Money")),
        rx.cond(session.books.length() > 0, tiles(session.books)),
        text.heading3(_("Payments")),
        table(session.payments, label=_("Payments"), title=_("Customer"), words=_("Paid for"), nothing=_("Nothing was paid.")),
        text.heading3(_("Refunds")),
        table(session.refunds, label=_("Refunds"), title=_("Customer"), words=_("Of what, and why"), nothing=_("Nothing goes back.")),
        text.heading3(_("The mechanic's share")),
        table(session.payouts, label=_("Payouts"), title=_("Mechanic"), words=_("Share"), nothing=_("Nothing is earned yet.")),
        rx.cond(
            session.disputes.length() > 0,
            rx.fragment(
                text.heading3(_("Disputes")),
                table(session.disputes, label=_("Disputes"), title=_("Customer"), words=_("The bank's reason"), nothing=""),
            ),
        ),
    )


def _refund() -> rx.Component:
    return cards.card(
        text.heading2(_("Give money back")),
        rx.cond(session.note != "", states.notice(session.note)),
        rx.cond(session.is_disputed, text.muted(_("A payment is disputed: what goes back of it waits until the bank has decided."))),
        _form(),
    )


def _form() -> rx.Component:
    """Two fields, what they would do, and a question before it is done."""
    ask = dialogs.confirm(
        buttons.primary(_("Refund…"), disabled=session.preview.words == ""),
        title=_("Refund {amount}?", amount=session.preview.amount),
        text=_("{what} The customer is mailed the reason. This can't be undone.", what=session.preview.words),
        confirm=_("Refund {amount}", amount=session.preview.amount),
        on_confirm=session.give_back,
    )
    amount = rx.el.input(
        id="refund-amount",
        class_name="field-input",
        input_mode="decimal",
        auto_complete="off",
        max_length=20,
        on_change=session.set_amount,
        custom_attrs={"aria-describedby": "refund-amount-help refund-preview"},
    )
    reason = rx.el.input(
        id="refund-reason", class_name="field-input", auto_complete="off", max_length=LONGEST_REASON, on_change=session.set_reason
    )
    return rx.el.div(
        _field(_("Amount in US dollars"), "refund-amount", amount, _("Left empty: all that is left.")),
        _field(_("Why"), "refund-reason", reason, _("The customer reads it in the mail.")),
        rx.el.p(session.preview.words, session.preview.problem, id="refund-preview", role="status", class_name="body"),
        rx.cond(session.problem != "", rx.el.p(session.problem, role="alert", class_name="form-problem")),
        rx.el.div(ask),
        key=session.drawn,
        class_name="form",
    )


def _field(label: str, name: str, control: rx.Component, words: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="field-label"),
        control,
        rx.el.p(words, id=f"{name}-help", class_name="field-help"),
        class_name="field",
    )


def _event(event: Any) -> rx.Component:
    return rx.el.li(local_time(at=event.at, look="moment"), " · ", event.words, text.muted(event.why))
