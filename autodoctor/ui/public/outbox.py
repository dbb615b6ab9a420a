"""`/dev/outbox`: the mailbox of a development machine, where nothing is really sent (PRODUCT section 8)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.public.missing import nothing_here
from autodoctor.ui.public.outbox_state import OutboxState
from autodoctor.words import _

mailbox: Any = OutboxState


def outbox_page() -> rx.Component:
    return layout.page(
        rx.match(
            mailbox.phase,
            ("loading", states.skeleton_list()),
            ("missing", nothing_here()),
            _mailbox(),
        ),
        audience="public",
        title=_("Development mailbox"),
    )


def _mailbox() -> rx.Component:
    return layout.section(
        layout.row(text.heading1(_("Development mailbox")), buttons.secondary(_("Look again"), on_click=OutboxState.load)),
        text.body(_("Every mail that this server wrote, newest first. None was sent to anybody.")),
        rx.cond(
            mailbox.mails.length() > 0,
            rx.el.ul(rx.foreach(mailbox.mails, _mail), class_name="plain-list"),
            states.empty(_("No mails yet"), _("Sign up, and the first one is here."), buttons.link_button(_("Sign up"), href="/signup")),
        ),
    )


def _mail(mail: Any) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            rx.el.article(
                text.heading2(mail.subject),
                text.muted(*text.filled(_("To {receiver} · {time}"), receiver=mail.receiver, time=local_time(at=mail.at, look="moment"))),
                rx.el.p(mail.text, class_name="mail-text"),
                rx.foreach(mail.links, lambda link: plain(link, href=link, class_name="link mail-link")),
                class_name="stack",
            ),
        ),
    )
