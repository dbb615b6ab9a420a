"""Trouble codes in what customers write (section 5)."""

from __future__ import annotations

import pytest

from autodoctor.intake.rules import MOST_CODES, trouble_codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The dash shows P0420 and p0171.", ["P0420", "P0171"]),
        ("B1234, C0035; U0100/P2BAD", ["B1234", "C0035", "U0100", "P2BAD"]),
        ("P0420 again P0420", ["P0420"]),
        ("P4420, XP0420, P04200, P042, a P 0420, plate PO420", []),
        ("", []),
        (None, []),
    ],
)
def test_codes_are_found_once_each_in_their_order(text: str | None, codes: list[str]) -> None:
    assert trouble_codes(text) == codes


def test_concern_and_details_are_one_text_and_a_list_of_all_codes_is_cut() -> None:
    assert trouble_codes("P0420", None, "p0171 P0420") == ["P0420", "P0171"]
    assert len(trouble_codes(" ".join(f"P0{number:03}" for number in range(100, 200)))) == MOST_CODES
