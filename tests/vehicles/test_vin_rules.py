"""VINs and the other fields of a vehicle, judged without any data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.vehicles import rules

HONDA = "1HGCM82633A004352"
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


@pytest.mark.parametrize("vin", [HONDA, "1M8GDM9AXKP042788", "5GZCZ43D13S812715", "11111111111111111"])
def test_a_right_vin_has_no_problem(vin: str) -> None:
    assert rules.vin_problem(vin) is None


@pytest.mark.parametrize(
    ("vin", "words"),
    [
        ("1HGCM82643A004352", "check digit"),
        ("1HGCM82633A00435", "has 17 characters, this one has 16"),
        ("1HGCM82633A0043521", "this one has 18"),
        ("", "this one has 0"),
        ("1HGCM8263OA004352", "never has the letter O: it is probably the digit 0"),
        ("IHGCM82633A004352", "never has the letter I"),
        ("QHGCM82633A004352", "never has the letter Q"),
        ("1HGCM82633A00435Ä", "not “Ä”"),
    ],
)
def test_a_wrong_vin_is_told_in_words(vin: str, words: str) -> None:
    assert words in (rules.vin_problem(vin) or "")


def test_spaces_hyphens_and_small_letters_do_not_matter() -> None:
    assert rules.clean_vin(" 1hgcm-82633 a004352 ") == HONDA


def test_a_european_vin_with_a_filler_in_the_ninth_place_passes() -> None:
    assert rules.vin_problem("WVWZZZ1JZ3W386752") is None


def test_a_european_vin_with_a_digit_that_does_not_fit_gets_no_guess_but_may_be_typed_into_a_form() -> None:
    vin = "WBA3A5C50CF256551"
    assert "check digit" in (rules.vin_problem(vin) or "")
    assert rules.typed_vin_problem(vin) is None


@given(st.text(LETTERS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(LETTERS))
def test_one_wrong_character_is_noticed_when_its_value_differs(vin: str, place: int, other: str) -> None:
    good = vin[:8] + rules.check_digit(vin) + vin[9:]
    changed = good[:place] + other + good[place + 1 :]
    value_differs = place != 8 and rules._VALUES[other] != rules._VALUES[good[place]]
    assert (rules.check_digit(changed) != good[8]) == value_differs


@pytest.mark.parametrize(
    ("year", "right"), [("1899", False), ("1900", True), ("2027", True), ("2028", False), ("03", False), ("²003", False)]
)
def test_a_year_is_between_1900_and_the_next(year: str, right: bool) -> None:
    assert (rules.year_problem(year, 2026) is None) is right


@pytest.mark.parametrize(
    ("plate", "right"), [("ABC 1234", True), ("M-XY 99", True), ("ÄÖ-1", True), ("A--B", False), ("<B>", False), ("A" * 16, False)]
)
def test_a_plate_has_letters_and_digits(plate: str, right: bool) -> None:
    assert (rules.plate_problem(plate) is None) is right


@pytest.mark.parametrize(
    ("text", "right"), [("98000", True), ("120 000 km", True), ("74,500 mi", True), ("2000001", False), ("-5", False), ("many", False)]
)
def test_an_odometer_is_a_number(text: str, right: bool) -> None:
    assert (rules.mileage_problem(text) is None) is right
