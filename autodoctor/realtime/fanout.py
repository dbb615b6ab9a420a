"""What is pushed to whom: the one table from committed facts to topics, and from a topic to the sockets that listen."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import structlog

from autodoctor.accounts.facts import LoginsEnded, MechanicChanged, PayoutAccountChanged
from autodoctor.chat.facts import FollowUpWritten, MessageSent, MessagesRead
from autodoctor.core.outbox import ParkedChanged
from autodoctor.intake.facts import IntakeAttached, IntakeMoved
from autodoctor.matching.facts import RequestChanged, RequestPassed
from autodoctor.payments.facts import FailingEventChanged, KeptChanged, PaymentSettled, RefundMoved, RefundSettled, TipPaid
from autodoctor.payouts.facts import BooksCompared, PayoutChanged
from autodoctor.realtime import meters, topics
from autodoctor.realtime.boards import Board
from autodoctor.realtime.hints import CHANGED, ENDED, MESSAGE, PAPERS, READ, RESYNC, Hint
from autodoctor.realtime.listeners import Listener, Listeners
from autodoctor.realtime.logins import Logins
from autodoctor.realtime.sockets import Sockets
from autodoctor.reports.facts import PapersChanged
from autodoctor.scheduling.facts import BookingChanged
from autodoctor.sessions.facts import SessionChanged

log = structlog.get_logger(__name__)


def _of_request(fact: RequestChanged) -> list[Hint]:
    concerned = [topics.board, topics.queue, topics.customer(fact.customer_id)]
    return _changed(*concerned, *([topics.mechanic(fact.mechanic_id)] if fact.mechanic_id else []))


def _of_passing(fact: RequestPassed) -> list[Hint]:
    return _changed(topics.mechanic(fact.mechanic_id))


def _of_session(fact: SessionChanged) -> list[Hint]:
    return _changed(topics.session(fact.session_id), topics.queue, *_parties(fact.customer_id, fact.mechanic_id))


def _parties(customer_id: uuid.UUID | None, mechanic_id: uuid.UUID | None) -> list[str]:
    parties = [topics.customer(customer_id)] if customer_id else []
    return parties + ([topics.mechanic(mechanic_id)] if mechanic_id else [])


def _of_message(fact: MessageSent) -> list[Hint]:
    return [Hint(topics.session(fact.session_id), MESSAGE, {"seq": fact.seq})]


def _of_follow_up(fact: FollowUpWritten) -> list[Hint]:
    return _changed(*_parties(fact.customer_id, fact.mechanic_id))


def _of_reading(fact: MessagesRead) -> list[Hint]:
    return [Hint(topics.session(fact.session_id), READ)]


def _of_intake(fact: IntakeAttached) -> list[Hint]:
    return _changed(topics.board, topics.queue, topics.session(fact.session_id))


def _of_moved_intake(_fact: IntakeMoved) -> list[Hint]:
    return _changed(topics.queue)


def _of_refund(fact: RefundSettled) -> list[Hint]:
    return _changed(topics.customer(fact.customer_id), topics.session(fact.session_id), *_books(fact.session_id))


def _of_kept(fact: KeptChanged) -> list[Hint]:
    return _changed(topics.session(fact.session_id), *_books(fact.session_id))


def _of_tip(fact: TipPaid) -> list[Hint]:
    return _changed(topics.session(fact.session_id))


def _of_money(fact: PaymentSettled | RefundMoved) -> list[Hint]:
    return _changed(*_books(fact.session_id))


def _of_payout(fact: PayoutChanged) -> list[Hint]:
    return [*_changed(*_books(fact.session_id)), *_earnings(fact.mechanic_id)]


def _of_account(fact: PayoutAccountChanged) -> list[Hint]:
    return [*_changed(topics.money), *_earnings(fact.mechanic_id)]


def _earnings(mechanic_id: uuid.UUID) -> list[Hint]:
    return [Hint(topics.earnings, CHANGED, {"of": str(mechanic_id)}), Hint(topics.earnings_of(mechanic_id), CHANGED)]


def _books(session_id: uuid.UUID) -> list[str]:
    return [topics.money, topics.money_of(session_id)]


def _of_books(_fact: object) -> list[Hint]:
    return _changed(topics.money)


def _of_booking(fact: BookingChanged) -> list[Hint]:
    return _changed(topics.customer(fact.customer_id), *([topics.mechanic(fact.mechanic_id)] if fact.mechanic_id else []))


def _of_papers(fact: PapersChanged) -> list[Hint]:
    return [Hint(topics.session(fact.session_id), PAPERS)]


def _of_mechanic(fact: MechanicChanged) -> list[Hint]:
    return _changed(topics.mechanic(fact.mechanic_id), topics.queue)


def _of_logins(fact: LoginsEnded) -> list[Hint]:
    return [Hint(topics.logins, ENDED, {"ids": [str(each) for each in fact.login_ids]})]


def _changed(*concerned: str) -> list[Hint]:
    return [Hint(topic, CHANGED) for topic in concerned]


HINTS: Mapping[type, Callable[[Any], list[Hint]]] = {
    RequestChanged: _of_request,
    RequestPassed: _of_passing,
    SessionChanged: _of_session,
    MessageSent: _of_message,
    MessagesRead: _of_reading,
    FollowUpWritten: _of_follow_up,
    IntakeAttached: _of_intake,
    IntakeMoved: _of_moved_intake,
    MechanicChanged: _of_mechanic,
    RefundSettled: _of_refund,
    KeptChanged: _of_kept,
    TipPaid: _of_tip,
    PaymentSettled: _of_money,
    RefundMoved: _of_money,
    PayoutChanged: _of_payout,
    PayoutAccountChanged: _of_account,
    FailingEventChanged: _of_books,
    ParkedChanged: _of_books,
    BooksCompared: _of_books,
    BookingChanged: _of_booking,
    PapersChanged: _of_papers,
    LoginsEnded: _of_logins,
}
"""Every fact that somebody may be looking at, and the topics it concerns. Facts that aren't here reach no screen."""


def hints_of(fact: object) -> list[Hint]:
    """The hints that a committed fact gives."""
    give = HINTS.get(type(fact))
    return give(fact) if give else []


class Fanout:
    """Hands each hint to the sockets of this worker that listen to its topic."""

    def __init__(self, sockets: Sockets, boards: Mapping[str, Board]) -> None:
        self._sockets, self._boards = sockets, boards
        self.listeners = Listeners()
        self.logins = Logins()

    async def deliver(self, hint: Hint) -> None:
        """Wake whom it concerns. One socket's failure is logged and holds nobody up."""
        if hint.topic == topics.logins:
            await self.shut(self.logins.pages_of(uuid.UUID(each) for each in hint.data["ids"]))
        for board in self._boards.values():
            if board.hears(hint.topic) or hint.kind == RESYNC:
                board.changed(hint.data.get("of", ""))
        for listener in self.listeners.everybody() if hint.topic == topics.everybody else self.listeners.of(hint.topic):
            await self._wake(listener, hint)

    async def hush(self, token: str) -> None:
        """Nothing is pushed to this page any more."""
        self.listeners.drop(token)
        self.logins.drop(token)
        for board in self._boards.values():
            await board.leave(token)

    async def shut(self, tokens: Iterable[str]) -> None:
        """Nothing more reaches these pages, and each asks anew who is looking at it: what has no login any more leads to the door."""
        for token in tokens:
            await self.hush(token)
            if self._sockets.sid(token) is not None:
                try:
                    await self._sockets.load_again(token)
                except Exception:
                    log.exception("a page wasn't told that its login has ended")

    async def _wake(self, listener: Listener, hint: Hint) -> None:
        if self._sockets.sid(listener.token) is None:
            self.listeners.drop(listener.token)
            return
        try:
            await self._sockets.run(listener.token, listener.handler, kind=hint.kind, data=hint.data)
            meters.delivered("hint")
        except Exception:
            meters.failed("hint")
            log.exception("a hint wasn't handed on", topic=hint.topic, kind=hint.kind)
