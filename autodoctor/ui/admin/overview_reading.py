"""What the administrators' overview shows, read once for everybody who looks at it (docs/decisions/0003)."""

from __future__ import annotations

from typing import Any

import structlog
from reflex.state import StateUpdate

from autodoctor.core import clock
from autodoctor.core.db import reading
from autodoctor.matching.metrics import has_begun
from autodoctor.payments.metrics import metrics_of
from autodoctor.payouts.attention import attention
from autodoctor.realtime.sockets import as_update
from autodoctor.ui.admin.needs_view import needs, needs_words
from autodoctor.ui.admin.overview_address import days_of
from autodoctor.ui.admin.overview_state import OverviewState
from autodoctor.ui.admin.overview_view import days
from autodoctor.ui.admin.view import figure_rows

log = structlog.get_logger(__name__)

REST_S = 2.0
"""Reading it takes many queries: in a burst of changes it is read no more often than this."""


async def read_overview(view: str) -> StateUpdate:
    """A span, as every page that shows it takes it; one that can't be read says so."""
    try:
        values = await _read(view)
    except Exception:
        log.exception("the overview can't be read", view=view)
        return as_update(OverviewState, shown=view, has_failed=True)
    return as_update(OverviewState, shown=view, has_failed=False, **values)


async def _read(view: str) -> dict[str, Any]:
    now = clock.now()
    span = days_of(view, now.date())
    async with reading() as db:
        pressing, found, is_new = await attention(db), await metrics_of(db, span), not await has_begun(db)
    rows = needs(pressing, now)
    return {
        "figures": figure_rows(found.today),
        "needs": rows,
        "news": needs_words(rows),
        "days": days(span, found, is_new=is_new),
    }
