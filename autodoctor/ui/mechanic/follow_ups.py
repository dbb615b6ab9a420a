"""Follow-up questions that wait for an answer (M7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _


def follow_ups(questions: Any) -> rx.Component:
    """The one that closes first on top."""
    return layout.section(
        text.heading2(_("Follow-up questions"), id="follow-ups"),
        rx.el.ul(rx.foreach(questions, _question), class_name="plain-list", aria_labelledby="follow-ups"),
    )


def _question(question: Any) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    text.heading3(question.title),
                    text.muted(
                        *text.filled(
                            _("{customer} · {ago} · open until {moment}"),
                            customer=question.who,
                            ago=local_time(at=question.asked_at, look="ago"),
                            moment=local_time(at=question.until, look="moment"),
                        )
                    ),
                    text.body(question.text),
                ),
                buttons.link_button(_("Answer"), href="/mechanic/sessions/" + question.session_id),
            ),
        ),
        custom_attrs={"data-follow-up": question.session_id},
    )
