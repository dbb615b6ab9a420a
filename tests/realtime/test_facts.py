"""Facts reach the right topics, and no others."""

from __future__ import annotations

import uuid

import pytest

from autodoctor.accounts.facts import MechanicChanged, PayoutAccountChanged
from autodoctor.chat.facts import MessageSent
from autodoctor.core.deadlines import DeadlineSet
from autodoctor.core.outbox import ParkedChanged
from autodoctor.intake.facts import IntakeAttached, IntakeMoved
from autodoctor.matching.facts import RequestChanged, RequestPassed
from autodoctor.matching.rules import RequestStatus
from autodoctor.payments.facts import FailingEventChanged, KeptChanged, PaymentSettled, RefundMoved, RefundSettled, TipPaid
from autodoctor.payouts.facts import BooksCompared, PayoutChanged
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.realtime import topics
from autodoctor.realtime.fanout import hints_of
from autodoctor.realtime.hints import LOOK_AGAIN, Hint
from autodoctor.scheduling.facts import BookingChanged
from autodoctor.sessions.facts import SessionChanged
from autodoctor.sessions.rules import SessionStatus

REQUEST, SESSION, CUSTOMER, MECHANIC, MESSAGE, INTAKE = (uuid.uuid4() for _ in range(6))
BOOKS = {topics.money, topics.money_of(SESSION)}
EARNINGS = {topics.earnings, topics.earnings_of(MECHANIC)}

CASES = {
    "a new request": (
        RequestChanged(REQUEST, SESSION, CUSTOMER, None, RequestStatus.pending),
        {topics.board, topics.queue, topics.customer(CUSTOMER)},
    ),
    "a taken request": (
        RequestChanged(REQUEST, SESSION, CUSTOMER, MECHANIC, RequestStatus.accepted),
        {topics.board, topics.queue, topics.customer(CUSTOMER), topics.mechanic(MECHANIC)},
    ),
    "a request that a mechanic passed on": (RequestPassed(REQUEST, MECHANIC), {topics.mechanic(MECHANIC)}),
    "a session of two": (
        SessionChanged(SESSION, CUSTOMER, MECHANIC, SessionStatus.live),
        {topics.session(SESSION), topics.queue, topics.customer(CUSTOMER), topics.mechanic(MECHANIC)},
    ),
    "a session whose people are gone": (
        SessionChanged(SESSION, None, None, SessionStatus.completed),
        {topics.session(SESSION), topics.queue},
    ),
    "a message": (MessageSent(SESSION, MESSAGE, CUSTOMER, 7), {topics.session(SESSION)}),
    "a description": (IntakeAttached(INTAKE, SESSION), {topics.board, topics.queue, topics.session(SESSION)}),
    "a description that is moved on": (IntakeMoved(INTAKE), {topics.queue}),
    "a mechanic who comes online": (MechanicChanged(MECHANIC), {topics.mechanic(MECHANIC), topics.queue}),
    "money that went back": (RefundSettled(SESSION, CUSTOMER), {topics.customer(CUSTOMER), topics.session(SESSION), *BOOKS}),
    "money that is promised back": (KeptChanged(SESSION), {topics.session(SESSION), *BOOKS}),
    "money that came in": (PaymentSettled(SESSION, uuid.uuid4()), BOOKS),
    "a refund that waits for a bank": (RefundMoved(SESSION), BOOKS),
    "a share that goes out": (PayoutChanged(uuid.uuid4(), SESSION, MECHANIC, PayoutStatus.sending), BOOKS | EARNINGS),
    "an account that can receive": (PayoutAccountChanged(MECHANIC), {topics.money, *EARNINGS}),
    "an event that failed": (FailingEventChanged("evt_1"), {topics.money}),
    "a mail that couldn't be delivered": (ParkedChanged(), {topics.money}),
    "a comparison with Stripe": (BooksCompared(), {topics.money}),
    "a tip": (TipPaid(SESSION, uuid.uuid4()), {topics.session(SESSION)}),
    "a booked session": (BookingChanged(SESSION, CUSTOMER, MECHANIC), {topics.customer(CUSTOMER), topics.mechanic(MECHANIC)}),
    "nothing that a screen shows": (DeadlineSet(), set()),
}


@pytest.mark.parametrize(("fact", "concerned"), CASES.values(), ids=CASES)
def test_a_fact_concerns_these_topics(fact: object, concerned: set[str]) -> None:
    hints = hints_of(fact)
    assert {hint.topic for hint in hints} == concerned
    assert len(hints) == len(concerned)


def test_a_message_tells_its_number_and_not_its_words() -> None:
    assert hints_of(MessageSent(SESSION, MESSAGE, CUSTOMER, 7)) == [Hint(topics.session(SESSION), "message", {"seq": 7})]


@pytest.mark.parametrize("hint", [LOOK_AGAIN, Hint("session:1", "typing", {"by": "ü"})])
def test_a_hint_survives_its_way_between_workers(hint: Hint) -> None:
    assert Hint.from_json(hint.to_json().encode()) == hint
