"""`/terms`, `/privacy`, `/waiver`: three texts, one look."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import layout, text
from autodoctor.ui.public.legal_texts import PRIVACY, TERMS, WAIVER, LegalText, Part
from autodoctor.words import _


def terms_page() -> rx.Component:
    return _page(TERMS)


def privacy_page() -> rx.Component:
    return _page(PRIVACY)


def waiver_page() -> rx.Component:
    return _page(WAIVER)


def _page(legal: LegalText) -> rx.Component:
    return layout.page(
        layout.reading(
            text.heading1(legal.title),
            text.muted(legal.since),
            text.body(legal.lead),
            *(_part(part) for part in legal.parts),
            text.muted(*text.filled(_("Questions? {link}."), link=text.link(_("Write to us"), href="/contact"))),
        ),
        audience="public",
        title=legal.title,
    )


def _part(part: Part) -> rx.Component:
    return layout.stack(text.heading2(part.heading), *(text.body(words) for words in part.paragraphs))
