"""Lists that go on behind a row which the address names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from autodoctor.core.errors import ValidationFailed
from autodoctor.core.paging import Page
from autodoctor.sessions.listing import SessionFilter
from autodoctor.sessions.queries import SessionView
from autodoctor.ui.past_asked import PastAsked, PastFrame, past_frame

Item = TypeVar("Item")


async def page_behind(before: str, listed: Callable[[str | None], Awaitable[Page[Item]]]) -> Page[Item]:
    """The page of a list behind a cursor, "" for its beginning, which is also what an address that was mended by hand shows."""
    try:
        return await listed(before or None)
    except ValidationFailed:
        return await listed(None)


async def past_page(
    asked: PastAsked, listed: Callable[[SessionFilter, str | None], Awaitable[Page[SessionView]]]
) -> tuple[list[SessionView], PastFrame]:
    """Somebody's past sessions as the address asks for them, and what stands around them. Days in the wrong order are told."""
    wanted = asked.wanted()
    try:
        page = await page_behind(asked.before, lambda cursor: listed(wanted, cursor))
    except ValidationFailed as refusal:
        return [], past_frame(asked, next_cursor=None, problem=refusal.detail)
    return page.items, past_frame(asked, next_cursor=page.next_cursor, problem="")
