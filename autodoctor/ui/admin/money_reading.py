"""What each view of the administrators' money shows, read once for everybody who looks at it (docs/decisions/0003)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import structlog
from reflex.state import StateUpdate

from autodoctor.core import clock, outbox
from autodoctor.core.db import reading
from autodoctor.core.errors import ValidationFailed
from autodoctor.core.paging import Page
from autodoctor.payments import admin_queries
from autodoctor.payments import figures as money_figures
from autodoctor.payments.disputes import DECIDED
from autodoctor.payments.models import RefundStatus
from autodoctor.payouts import admin_queries as payout_queries
from autodoctor.payouts import reconciliation_queries
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.realtime.sockets import as_update
from autodoctor.ui.admin import figures_view, money_lines, trouble_view
from autodoctor.ui.admin.money_address import Asked, asked_in, days_of
from autodoctor.ui.admin.money_lines import Line
from autodoctor.ui.admin.money_state import MoneyState
from autodoctor.ui.admin.sheets import Books, Sheet
from autodoctor.ui.amounts import money
from autodoctor.words import _, _n

log = structlog.get_logger(__name__)

AT_MOST = 100
"""So many of what somebody should look at stand above a list."""
_DONE = frozenset(PayoutStatus) - payout_queries.OPEN


async def read_money(view: str) -> StateUpdate:
    """A view, as every page that shows it takes it; one that can't be read says so."""
    asked = asked_in(view)
    try:
        async with reading() as db:
            values = await _READS[asked.tab](db, asked)
    except Exception:
        log.exception("a view of the money can't be read", view=view)
        return as_update(MoneyState, shown=view, has_failed=True)
    return as_update(MoneyState, shown=view, has_failed=False, **values)


async def _overview(db: Any, asked: Asked) -> dict[str, Any]:
    span = days_of(asked.span, clock.now().date())
    lines, standing = await money_figures.moved(db, span), await money_figures.standing(db, span.until)
    return {"overview": figures_view.overview(span, money_figures.flows(lines), standing, money_figures.by_day(lines, span))}


async def _payments(db: Any, asked: Asked) -> dict[str, Any]:
    page = await _page(asked, lambda cursor: admin_queries.payments(db, cursor=cursor))
    newest = page.items[0] if page.items else None
    news = _("The newest payment: {amount} by {name}.", amount=money(newest.amount_cents), name=newest.customer_name) if newest else ""
    return _sheet(asked, page, map(money_lines.payment_line, page.items), news=news)


async def _refunds(db: Any, asked: Asked) -> dict[str, Any]:
    failed = await admin_queries.refunds(db, status=RefundStatus.failed, limit=AT_MOST)
    page = await _page(asked, lambda cursor: admin_queries.refunds(db, cursor=cursor))
    top = [money_lines.refund_line(each) for each in failed.items]
    news = _n("{n} refund: failed.", "{n} refunds: failed.", len(top)) if top else _("No refund has failed.")
    lines = map(money_lines.refund_line, page.items)
    return _sheet(asked, page, lines, top=top, top_is_cut=failed.next_cursor is not None, news=news)


async def _disputes(db: Any, asked: Asked) -> dict[str, Any]:
    undecided = await admin_queries.undecided_disputes(db, AT_MOST)
    page = await _page(asked, lambda cursor: admin_queries.disputes(db, statuses=DECIDED, cursor=cursor))
    news = _n("{n} payment: disputed.", "{n} payments: disputed.", len(undecided)) if undecided else _("No payment is disputed.")
    top = _dispute_lines(undecided)
    return _sheet(asked, page, _dispute_lines(page.items), top=top, top_is_cut=len(top) == AT_MOST, news=news)


async def _payouts(db: Any, asked: Asked) -> dict[str, Any]:
    owed = [figures_view.owed_tile(each) for each in await admin_queries.owed(db)]
    waiting = await payout_queries.payouts(db, statuses=payout_queries.OPEN, limit=AT_MOST)
    page = await _page(asked, lambda cursor: payout_queries.payouts(db, statuses=_DONE, cursor=cursor))
    top = [money_lines.payout_line(each) for each in waiting.items]
    news = _n("{n} share: not sent yet.", "{n} shares: not sent yet.", len(top)) if top else _("Every share has gone out.")
    lines = map(money_lines.payout_line, page.items)
    return _sheet(asked, page, lines, tiles=owed, top=top, top_is_cut=waiting.next_cursor is not None, news=news)


async def _stuck(db: Any, asked: Asked) -> dict[str, Any]:
    page = await _page(asked, lambda cursor: admin_queries.failing_events(db, cursor=cursor))
    parked = await outbox.parked(db, limit=AT_MOST)
    top = [trouble_view.parked_line(each) for each in parked.items]
    lines = [trouble_view.event_line(each) for each in page.items]
    news = _("Failed events: {events}. Not delivered: {entries}.", events=len(lines), entries=len(top))
    return _sheet(asked, page, lines, top=top, top_is_cut=parked.next_cursor is not None, news=news)


async def _reconciliation(db: Any, _asked: Asked) -> dict[str, Any]:
    runs = [trouble_view.run_line(each) for each in await reconciliation_queries.latest(db)]
    differences = [trouble_view.difference_line(each) for each in await reconciliation_queries.open_differences(db)]
    open_ones = _n("{n} difference: open.", "{n} differences: open.", len(differences))
    news = open_ones if differences else _("Our books and Stripe's say the same.")
    return {"books": Books(runs, differences, news)}


_READS: Mapping[str, Callable[[Any, Asked], Awaitable[dict[str, Any]]]] = {
    "overview": _overview,
    "payments": _payments,
    "refunds": _refunds,
    "disputes": _disputes,
    "payouts": _payouts,
    "events": _stuck,
    "reconciliation": _reconciliation,
}


async def _page(asked: Asked, read: Callable[[str | None], Awaitable[Page[Any]]]) -> Page[Any]:
    """Behind the row that the address names; from the beginning where it names none of ours."""
    try:
        return await read(asked.before or None)
    except ValidationFailed:
        return await read(None)


def _sheet(asked: Asked, page: Page[Any], lines: Iterable[Line], **more: Any) -> dict[str, Any]:
    older = asked.href(before=page.next_cursor) if page.next_cursor else ""
    return {"sheet": Sheet(lines=list(lines), older=older, newest=asked.href() if asked.before else "", **more)}


def _dispute_lines(rows: Sequence[admin_queries.DisputeRow]) -> list[Line]:
    now = clock.now()
    return [money_lines.dispute_line(each, now) for each in rows]
