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
            ("failed", states.error_box("We couldn't read this session.", session.load)),
            ("missing", missing("We couldn't find this session", "It may have been deleted.", _back())),
            states.skeleton_cards(),
        ),
        title="Session",
        figures=session.figures,
    )


def _back() -> rx.Component:
    return buttons.link_button("Back to the sessions", href="/admin/sessions", kind="secondary")


def _found() -> rx.Component:
    return layout.section(
        layout.row(text.heading1(facts.title), badges.status_chip(facts.status), badges.chip(facts.plan_name)),
        _people(),
        by_hand(),
        _money(),
        _refund(),
        what_stays(),
        text.heading2("What happened"),
        rx.el.ol(rx.foreach(session.events, _event), class_name="runs"),
        layout.row(_back()),
    )


def _people() -> rx.Component:
    return rx.el.dl(
        _figure("Customer", facts.customer_name, _mail(facts.customer_email)),
        _figure("Mechanic", facts.mechanic_name, _mail(facts.mechanic_email)),
        _figure("Paid on", local_time(at=facts.booked_at, look="moment")),
        rx.cond(facts.ended_at != "", _figure("Ended", local_time(at=facts.ended_at, look="moment"))),
        rx.cond(facts.took != "", _figure("Length", facts.took)),
        _figure("Session", facts.id),
        class_name="figures",
    )


def _figure(name: str, *values: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(name), *(rx.el.dd(value) for value in values))


def _mail(address: Any) -> rx.Component:
    return rx.cond(address != "", plain(address, href="mailto:" + address, class_name="link mail-link"))


def _money() -> rx.Component:
    return rx.fragment(
        text.heading2("Money"),
        rx.cond(session.books.length() > 0, tiles(session.books)),
        text.heading3("Payments"),
        table(session.payments, label="Payments", title="Customer", words="Paid for", nothing="Nothing was paid."),
        text.heading3("Refunds"),
        table(session.refunds, label="Refunds", title="Customer", words="Of what, and why", nothing="Nothing goes back."),
        text.heading3("The mechanic's share"),
        table(session.payouts, label="Payouts", title="Mechanic", words="Share", nothing="Nothing is earned yet."),
        rx.cond(
            session.disputes.length() > 0,
            rx.fragment(
                text.heading3("Disputes"),
                table(session.disputes, label="Disputes", title="Customer", words="The bank's reason", nothing=""),
            ),
        ),
    )


def _refund() -> rx.Component:
    return cards.card(
        text.heading2("Give money back"),
        rx.cond(session.note != "", states.notice(session.note)),
        rx.cond(session.is_disputed, text.muted("A payment is disputed: what goes back of it waits until the bank has decided.")),
        _form(),
    )


def _form() -> rx.Component:
    """Two fields, what they would do, and a question before it is done."""
    ask = dialogs.confirm(
        buttons.primary("Refund…", disabled=session.preview.words == ""),
        title="Refund " + session.preview.amount + "?",
        text=session.preview.words + " The customer is mailed the reason. This can't be undone.",
        confirm="Refund " + session.preview.amount,
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
        _field("Amount in US dollars", "refund-amount", amount, "Left empty: all that is left."),
        _field("Why", "refund-reason", reason, "The customer reads it in the mail."),
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
