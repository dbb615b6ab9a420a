"""The words and phases of the customer's pages."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from autodoctor.accounts.queries import CustomerProfile
from autodoctor.intake.queries import IntakeView
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import CloseReason, RequestStatus
from autodoctor.payments.models import RefundStatus
from autodoctor.payments.queries import RefundView
from autodoctor.plans.catalog import PlanCode, SessionType
from autodoctor.ui.customer import intake_state, view

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "is_described", "phase"),
    [
        (RequestStatus.pending, False, "describe"),
        (RequestStatus.pending, True, "waiting"),
        (RequestStatus.unattended, False, "unattended"),
        (RequestStatus.unattended, True, "unattended"),
        (RequestStatus.accepted, False, "accepted"),
    ],
)
def test_the_phase_follows_from_the_request(status: RequestStatus, is_described: bool, phase: str) -> None:
    assert view.phase_of(status, is_described=is_described) == phase


@pytest.mark.parametrize(
    ("described", "accepted", "states"),
    [
        (False, False, ["done", "now", "next", "next"]),
        (True, False, ["done", "done", "now", "next"]),
        (True, True, ["done", "done", "done", "now"]),
        (False, True, ["done", "next", "done", "now"]),
    ],
)
def test_one_step_is_on_now(described: bool, accepted: bool, states: list[str]) -> None:
    assert [step.state for step in view.steps_of(described=described, accepted=accepted)] == states


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "There were too few requests lately to tell how long it takes."),
        (89, "Going by the last day, a mechanic accepts in about a minute."),
        (140, "Going by the last day, a mechanic accepts in about 2 minutes."),
    ],
)
def test_the_wait_is_told_as_far_as_it_is_known(seconds: int | None, words: str) -> None:
    assert view.wait_words(seconds) == words


@pytest.mark.parametrize(("count", "start"), [(0, "No mechanic is online"), (1, "1 mechanic is online."), (3, "3 mechanics are online.")])
def test_mechanics_online_in_words(count: int, start: str) -> None:
    assert view.online_words(count).startswith(start)


@pytest.mark.parametrize(("cents", "words"), [(0, "isn't refunded"), (999, "$9.99 goes back")])
def test_a_cancelled_request_says_what_becomes_of_the_money(cents: int, words: str) -> None:
    assert words in view.cancelled_words(cents)


def a_request(status: RequestStatus, reason: CloseReason | None) -> SessionRequest:
    return SessionRequest(
        session_id=uuid.uuid4(),
        customer_id=uuid.uuid4(),
        session_type=SessionType.chat,
        plan_code="chat10",
        status=status,
        closed_at=NOW,
        close_reason=reason,
    )


@pytest.mark.parametrize("reason", sorted(set(CloseReason) - {CloseReason.cancelled_while_waiting, CloseReason.cancelled_after_accept}))
def test_every_end_that_the_customer_did_not_choose_is_told_and_ordered_again(reason: CloseReason) -> None:
    told = view.closed(a_request(RequestStatus.cancelled, reason), RefundView(999, "usd", RefundStatus.requested))
    assert told.title
    assert "Quick Chat" in told.words
    assert told.money_words == "$9.99 is on its way back to the card you paid with."
    assert told.rebook_path == "/api/checkout?plan=chat10"


def test_what_the_customer_chose_or_had_is_not_told_again() -> None:
    for reason in (CloseReason.cancelled_while_waiting, CloseReason.cancelled_after_accept, None):
        assert view.closed(a_request(RequestStatus.cancelled, reason), None).at == ""
    assert view.closed(None, None).at == ""


@pytest.mark.parametrize(
    ("refund", "words"),
    [
        (None, "isn't refunded"),
        (RefundView(999, "usd", RefundStatus.requested), "is on its way back"),
        (RefundView(999, "usd", RefundStatus.waiting), "as soon as your bank"),
        (RefundView(999, "usd", RefundStatus.succeeded), "$9.99 is refunded"),
        (RefundView(999, "usd", RefundStatus.failed), "another way"),
    ],
)
def test_the_money_is_told_as_far_as_it_has_come(refund: RefundView | None, words: str) -> None:
    assert words in view.refund_words(refund)


PROFILE = CustomerProfile(uuid.uuid4(), NOW, "robin@example.com", "Robin Sample", None, None, True, NOW, True, True, None)


def an_intake(**values: object) -> IntakeView:
    blank = dict.fromkeys(IntakeView.__dataclass_fields__)
    return IntakeView(**{**blank, "id": uuid.uuid4(), "created_at": NOW, "files": [], **values})  # type: ignore[arg-type]


def test_an_empty_form_knows_its_customer() -> None:
    start = intake_state.filled(intake_state.for_checkout(None), PROFILE, None)
    assert (start.name, start.email, start.phone, start.next_path) == ("Robin Sample", "robin@example.com", "", "/pricing")


def test_what_was_told_before_stands_in_the_form_again() -> None:
    told = an_intake(name="R. Sample", concern="A knocking noise", year="2003")
    start = intake_state.filled(intake_state.for_checkout(PlanCode.video15), PROFILE, told)
    assert (start.name, start.concern, start.year, start.make) == ("R. Sample", "A knocking noise", "2003", "")
    assert start.next_path == "/api/checkout?plan=video15"


def test_what_was_free_is_not_given_back() -> None:
    assert "nothing to give back" in view.cancelled_words(0, is_free=True)
    assert "nothing to give back" in view.called_off_words(0)
    told = view.closed(a_request(RequestStatus.expired, CloseReason.expired), None, is_free=True)
    assert "nothing to give back" in told.money_words
