"""Facts and who hears of them.

A service records a fact inside its transaction. Subscribers of higher capabilities run at once, in the same transaction (a
cancelled request writes its refund); listeners run after the commit (pushes). A listener's failure is logged and harms
nobody: every screen can be rebuilt from the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

log = structlog.get_logger(__name__)

Fact = Any  # a frozen dataclass of the capability that states it
Subscriber = Callable[[AsyncSession, Any], Awaitable[None]]
Listener = Callable[[Fact], Awaitable[None]]

_subscribers: dict[type, list[Subscriber]] = defaultdict(list)
_listeners: list[Listener] = []


def subscribe(fact_type: type) -> Callable[[Subscriber], Subscriber]:
    """Decorator: run this in the transaction that records such a fact. Its failure fails the transaction."""

    def register(subscriber: Subscriber) -> Subscriber:
        if subscriber not in _subscribers[fact_type]:
            _subscribers[fact_type].append(subscriber)
        return subscriber

    return register


def listen(listener: Listener) -> None:
    """Hear of every fact after its commit."""
    if listener not in _listeners:
        _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


async def record(db: AsyncSession, fact: Fact) -> None:
    """State a fact: subscribers act on it now, listeners hear of it when the transaction is committed."""
    db.info.setdefault("facts", []).append(fact)
    for subscriber in _subscribers[type(fact)]:
        await subscriber(db, fact)


def count(db: AsyncSession) -> int:
    """How many facts this transaction has stated so far."""
    return len(db.info.get("facts", []))


def withdraw_after(db: AsyncSession, stated: int) -> None:
    """Forget the facts after the first `stated` ones: what they tell of was rolled back."""
    del db.info.get("facts", [])[stated:]


def take(db: AsyncSession) -> list[Fact]:
    return db.info.pop("facts", [])


async def dispatch(facts: list[Fact]) -> None:
    for fact in facts:
        for listener in list(_listeners):
            try:
                await listener(fact)
            except Exception:
                log.exception("a listener failed", fact=type(fact).__name__)
