"""The words of the mechanic's pages."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from autodoctor.matching.queries import Card
from autodoctor.matching.rules import RequestStatus
from autodoctor.plans.catalog import SessionType
from autodoctor.sessions.queries import Rating
from autodoctor.ui.mechanic.view import card_view, rating_words, title_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_card(**changes: Any) -> Card:
    values: dict[str, Any] = {
        "request_id": uuid.uuid4(),
        "session_id": uuid.uuid4(),
        "created_at": NOW,
        "offered_at": NOW,
        "expires_at": NOW + timedelta(minutes=5),
        "customer_name": "Robin",
        "city": None,
        "plan_code": "chat10",
        "session_type": SessionType.chat,
        "status": RequestStatus.pending,
        "vehicle": {},
        "concern": None,
        "details": None,
        "files": [],
        "share_cents": 800,
        "is_described": False,
        "first_for": "",
    }
    return Card(**(values | changes))


@pytest.mark.parametrize(
    ("vehicle", "is_described", "title"),
    [
        ({"year": 2003, "make": "Honda", "model": "Accord", "vin": "1HG"}, True, "2003 Honda Accord"),
        ({"year": None, "make": "Honda", "model": None}, True, "Honda"),
        ({}, True, "Vehicle not named"),
        ({"vin": "1HGCM82633A004352"}, True, "Vehicle not named"),
        ({}, False, "Still describing the problem"),
    ],
)
def test_a_card_is_named_by_its_vehicle_as_far_as_it_is_known(vehicle: dict[str, Any], is_described: bool, title: str) -> None:
    assert title_of(vehicle, is_described=is_described) == title


def test_what_is_left_of_an_offer_is_measured_by_the_servers_clock_and_may_be_less_than_nothing() -> None:
    left = [card_view(a_card(), NOW + timedelta(minutes=minutes)).remaining_ms for minutes in (0, 4, 7)]
    assert left == [300_000, 60_000, -120_000]


def test_what_is_not_known_is_not_drawn() -> None:
    card = card_view(a_card(customer_name="Robin", city=None), NOW)
    assert (card.who, card.concern, card.details, card.codes, card.photos) == ("Robin", "", "", [], [])


def test_codes_in_concern_and_details_are_found() -> None:
    codes = card_view(a_card(concern="P0420 on the dash", details="and p0171"), NOW).codes
    assert [each.code for each in codes] == ["P0420", "P0171"]


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        (Rating(None, 0), ""),
        (Rating(5.0, 1), "5.0 of 5 stars, from 1 customer"),
        (Rating(4.25, 12), "4.2 of 5 stars, from 12 customers"),
    ],
)
def test_ratings_are_a_sentence(rating: Rating, words: str) -> None:
    assert rating_words(rating) == words
