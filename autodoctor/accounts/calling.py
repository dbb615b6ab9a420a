"""Who is calling, for the doors: the tokens of a request or a socket looked up, and the use of their logins marked (R5)."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from sqlalchemy.exc import OperationalError

from autodoctor.accounts import tokens
from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading, unit_of_work

log = structlog.get_logger(__name__)


async def callers_with(found: Iterable[str], *, is_use: bool = True) -> tuple[Caller, ...]:
    """Who these tokens stand for, in their order; those that stand for nobody are left out.

    `is_use` is false for what a page does by itself: that keeps no login from ending unused. A mark that can't be written at this
    moment is no reason to refuse anybody; the next call writes it.
    """
    async with reading() as db:
        callers = await tokens.identify_each(db, found)
    unmarked = [caller for caller in callers if is_use and tokens.wants_a_mark(caller)]
    if unmarked:
        try:
            async with unit_of_work() as db:
                await tokens.mark_used(db, unmarked)
        except OperationalError:
            log.warning("the use of a login wasn't marked", logins=len(unmarked))
    return callers
