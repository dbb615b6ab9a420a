"""Delivering the outbox: claimed in one transaction, delivered outside any, marked in another.

A process that dies in between leaves the entry claimed for a minute; then it is delivered again, with the same key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from autodoctor.core import clock, outbox, stopping
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.telemetry import lines_of_job
from autodoctor.notifications import delivery as mails
from autodoctor.payments import booking_checkout, refunding
from autodoctor.payments.refunds import REFUND
from autodoctor.payouts import sending
from autodoctor.payouts.service import REVERSAL, TRANSFER
from autodoctor.video import recording, showing_out
from autodoctor.video import service as video

log = structlog.get_logger(__name__)

Handler = Callable[[OutboxEntry], Awaitable[None]]

HANDLERS: Mapping[str, Handler] = {
    "mail": mails.deliver,
    REFUND: refunding.deliver,
    TRANSFER: sending.deliver_transfer,
    REVERSAL: sending.deliver_reversal,
    "expire_checkout": booking_checkout.close,
    video.CLOSE_ROOM: video.close_room,
    recording.START_RECORDING: recording.start,
    showing_out.SHOW_OUT: showing_out.remove,
}
"""Who brings an entry of this kind into the world. A handler raises when it should be tried again."""

PATIENCE_S = 30
"""Longest time for one delivery: well within the minute for which it is claimed."""


async def deliver_due(handlers: Mapping[str, Handler] = HANDLERS) -> datetime | None:
    """Deliver what waits and say when the next entry will be due."""
    due = await _next_due()
    if due is not None and due <= clock.now():  # looking costs no write transaction
        await deliver_waiting(handlers)
        due = await _next_due()
    return due


async def _next_due() -> datetime | None:
    async with reading() as db:
        return await outbox.next_due(db)


async def deliver_waiting(handlers: Mapping[str, Handler] = HANDLERS) -> int:
    """Deliver everything that is due, a batch at a time. Answers how many entries were taken up. A worker that stops takes up no more."""
    count = 0
    while not stopping.is_stopping() and (entries := await _claim()):
        await asyncio.gather(*(_deliver(entry, handlers) for entry in entries))
        count += len(entries)
    return count


async def _claim() -> list[OutboxEntry]:
    async with unit_of_work() as db:
        return await outbox.claim_due(db)


async def _deliver(entry: OutboxEntry, handlers: Mapping[str, Handler]) -> None:
    with lines_of_job("outbox"):
        await _bring(entry, handlers)


async def _bring(entry: OutboxEntry, handlers: Mapping[str, Handler]) -> None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            await handlers[entry.kind](entry)
    except Exception as error:
        log.warning("delivery failed", kind=entry.kind, key=entry.key, attempts=entry.attempts, error=repr(error))
        async with unit_of_work() as db:
            await outbox.mark_failed(db, entry, repr(error))
    else:
        async with unit_of_work() as db:
            await outbox.mark_delivered(db, entry.id)
