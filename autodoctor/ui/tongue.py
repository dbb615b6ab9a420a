"""In which language a page is spoken to: that of its socket's cookies and headers, the same by which its file was chosen."""

from __future__ import annotations

from collections.abc import Mapping

import reflex as rx
from reflex.event import Event
from reflex.state import BaseState, StateUpdate

from autodoctor.core.cookies import language_of
from autodoctor.words import Language, speaks


class Tongue(rx.Middleware):
    """Before each event, whoever sent it: its page, a push, the clock. An event runs in a task of its own, so this ends with it."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        speaks(language_of_page(state))
        return None


def language_of_page(state: BaseState) -> Language:
    """Of the page that a state belongs to."""
    return language_in(state.router.headers.raw_headers)


def language_in(headers: Mapping[str, str]) -> Language:
    """What these headers ask for; their names are written small."""
    return language_of(headers.get("cookie", ""), headers.get("accept-language", ""))
