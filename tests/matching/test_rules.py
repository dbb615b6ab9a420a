"""The life of a request as data, and who gets money back (section 4, P4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from autodoctor.accounts.rules import first_name
from autodoctor.matching import rules
from autodoctor.matching.rules import REQUEST_TRANSITIONS, CloseReason, RequestStatus
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus, sources_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_request_moves_as_the_product_says() -> None:
    assert {one.value: {each.value for each in targets} for one, targets in REQUEST_TRANSITIONS.items()} == {
        "pending": {"accepted", "unattended", "expired", "cancelled"},
        "unattended": {"accepted", "expired", "cancelled"},
        "accepted": {"pending", "cancelled", "completed"},
        "expired": set(),
        "cancelled": set(),
        "completed": set(),
    }


def test_a_session_moves_as_the_product_says() -> None:
    assert {one.value: {each.value for each in targets} for one, targets in SESSION_TRANSITIONS.items()} == {
        "scheduled": {"pending", "cancelled"},
        "pending": {"waiting", "cancelled"},
        "waiting": {"live", "pending", "cancelled"},
        "live": {"completed", "pending", "cancelled"},
        "completed": set(),
        "cancelled": set(),
    }


def test_what_leads_to_a_status_is_read_from_the_table() -> None:
    assert sources_of(REQUEST_TRANSITIONS, RequestStatus.accepted) == {RequestStatus.pending, RequestStatus.unattended}
    assert sources_of(SESSION_TRANSITIONS, SessionStatus.completed) == {SessionStatus.live}


@pytest.mark.parametrize(
    ("reason", "kept_policy", "refund_policy"),
    [
        (CloseReason.expired, True, True),
        (CloseReason.cancelled_while_waiting, True, True),
        (CloseReason.mechanic_no_show, True, True),
        (CloseReason.by_administrator, True, True),
        (CloseReason.customer_no_show, False, True),
        (CloseReason.cancelled_after_accept, False, False),
    ],
)
def test_who_gets_the_money_back(reason: CloseReason, kept_policy: bool, refund_policy: bool) -> None:
    assert rules.is_refunded(reason, no_show_is_refunded=False) is kept_policy
    assert rules.is_refunded(reason, no_show_is_refunded=True) is refund_policy


@pytest.mark.parametrize(
    ("customer", "mechanic", "reason"),
    [
        (False, True, CloseReason.customer_no_show),
        (True, False, CloseReason.mechanic_no_show),
        (False, False, CloseReason.mechanic_no_show),
    ],
)
def test_a_no_show_is_the_customers_only_where_the_mechanic_came(customer: bool, mechanic: bool, reason: CloseReason) -> None:
    assert rules.no_show_reason(customer_came=customer, mechanic_came=mechanic) is reason


def test_a_request_that_comes_back_has_fifteen_minutes_at_least() -> None:
    two_hours = timedelta(hours=2)
    assert rules.expires_at(NOW, NOW, after=two_hours) == NOW + two_hours
    assert rules.expires_at(NOW, NOW + timedelta(minutes=118), after=two_hours) == NOW + timedelta(minutes=133)
    assert rules.expires_at(NOW, NOW + timedelta(minutes=30), after=two_hours) == NOW + two_hours
    assert rules.expires_at(NOW, NOW, after=timedelta(seconds=8)) == NOW + timedelta(seconds=8)


def test_a_wait_is_told_from_three_matches_on() -> None:
    assert rules.expected_wait([30, 90]) is None
    assert rules.expected_wait([600, 30, 90]) == 90
    assert rules.expected_wait([600, 30, 90, 120], waited_s=30) == 90
    assert rules.expected_wait([600, 30, 90, 120], waited_s=90) is None


@pytest.mark.parametrize(("name", "first"), [("Robin Sample", "Robin"), ("  ", "Customer"), (None, "Customer")])
def test_mechanics_see_first_names(name: str | None, first: str) -> None:
    assert first_name(name) == first
