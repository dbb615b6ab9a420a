"""A front end that is built once and served on any port.

Reflex bakes the port of the API into the front end. Here one port serves everything, so the websocket follows the page: the
same build works on every port, behind every proxy, and for every test's server.
"""

from __future__ import annotations

from typing import Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

CLIENT = "utils/state.js"
_BAKED_IN = "endpoint.hostname = frontend_hostname;"
_FOLLOWS_THE_PAGE = "endpoint.hostname = frontend_hostname; endpoint.port = window.location.port;"
_HTTPS_BAKED_IN = 'endpoint.port = "";'
_HTTPS_FOLLOWS = "endpoint.port = window.location.port;"


class OnePort(Plugin):
    """Changes two lines of Reflex 0.10.1's client (`getBackendURL`); a version that has them no more stops the build."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        context["add_modify_task"](CLIENT, follow_the_page)


def follow_the_page(source: str) -> str:
    """The client's source with the page's own port in place of the built one. Raises ValueError when it can't be done."""
    if _FOLLOWS_THE_PAGE in source:
        return source
    if _BAKED_IN not in source or _HTTPS_BAKED_IN not in source:
        raise ValueError(f"{CLIENT} is not as expected: is this another version of Reflex than the pinned one?")
    return source.replace(_BAKED_IN, _FOLLOWS_THE_PAGE).replace(_HTTPS_BAKED_IN, _HTTPS_FOLLOWS)
