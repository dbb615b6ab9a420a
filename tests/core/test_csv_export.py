"""What a spreadsheet opens is text, numbers and times, and never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest

from autodoctor.core.csv_export import amount, csv_lines, line


async def _rows(*rows: Sequence[object]) -> AsyncIterator[Sequence[object]]:
    for row in rows:
        yield row


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(line([text]), newline=""))
    assert row == [f"'{text}"]


def test_amounts_and_numbers_stay_numbers() -> None:
    assert line([amount(999), amount(-5), amount(-12345), -3]) == "9.99,-0.05,-123.45,-3\r\n"


async def test_a_file_comes_a_line_at_a_time() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    found = [each async for each in csv_lines(["at", "who"], _rows([at, 'O"Neil, Kim'], [None, ""]))]
    assert found == ["\ufeffat,who\r\n", '2026-03-02T09:00:00+00:00,"O""Neil, Kim"\r\n', ",\r\n"]
