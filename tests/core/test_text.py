"""Text made safe to store."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autodoctor.core.text import one_line, several_lines


def test_a_line_has_single_spaces_and_nothing_invisible() -> None:
    assert one_line("  two\u00a0 words\r\nand\ta\x00tab \ud800 ") == "two words and atab"
    assert one_line(None) == ""


def test_paragraphs_stay_and_piles_of_empty_lines_do_not() -> None:
    assert several_lines("one \r\ntwo\r\r\r\rthree\x07\u2028four\n\n") == "one\ntwo\n\nthree\nfour"
    assert several_lines(None) == ""


@given(st.text(st.characters(codec=None), max_size=200))
def test_what_comes_out_can_always_be_stored(text: str) -> None:
    for tidy in (one_line(text), several_lines(text)):
        assert "\0" not in tidy
        tidy.encode("utf-8")
