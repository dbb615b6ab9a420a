"""Whether somebody is at the page, or the page runs by itself: only the first keeps a login from ending unused (R5).

What a page does without its reader is called `beat` (a sign of life) or `hear` (a push) in every state.
"""

from __future__ import annotations

from contextvars import ContextVar

from reflex.app import App
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate

_BY_ITSELF = {"beat", "hear"}
_is_attended: ContextVar[bool] = ContextVar("is_attended", default=True)


class Attention(Middleware):
    """Before each event: notes whether its reader asked for it."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        _is_attended.set(event.name.rpartition(".")[2] not in _BY_ITSELF)
        return None


def is_attended() -> bool:
    """Whether the event that runs now was asked for by somebody."""
    return _is_attended.get()
