"""The token that names a page's state can't be guessed.

Reflex's client makes it of the clock and `Math.random`, which whoever has seen some of its numbers can continue. Whoever had the token of
a page could have its state sent to themselves when its socket is closed (docs/security.md).
"""

from __future__ import annotations

from typing import Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

from autodoctor.ui.one_port import CLIENT

_GUESSABLE = "let r = Math.random() * 16;"
_RANDOM = "let r = crypto.getRandomValues(new Uint8Array(1))[0] % 16;"
"""Also where the page came by http, where browsers have no `crypto.randomUUID`."""


class PageTokens(Plugin):
    """Changes one line of Reflex 0.10.1's client (`generateUUID`); a version that has it no more stops the build."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        context["add_modify_task"](CLIENT, make_random)


def make_random(source: str) -> str:
    """The client's source with the browser's cryptographic random numbers. Raises ValueError when it can't be done."""
    if _RANDOM in source:
        return source
    if source.count(_GUESSABLE) != 1:
        raise ValueError(f"{CLIENT} is not as expected: is this another version of Reflex than the pinned one?")
    return source.replace(_GUESSABLE, _RANDOM)
