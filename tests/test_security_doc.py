"""docs/security.md says what is there: every place and test that it names exists, and no requirement is left out (issue 7, item 9)."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache

import pytest

from tests.servers import ROOT

DOCUMENT = ROOT / "docs/security.md"
REQUIREMENTS = {
    "2.3": 4,
    "2.4": 1,
    "3.3": 4,
    "4.4": 4,
    "5.2": 3,
    "5.4": 3,
    "6.2": 12,
    "6.3": 4,
    "7.2": 4,
    "7.4": 5,
    "8.2": 3,
    "8.3": 1,
    "11.4": 4,
    "12.2": 2,
    "13.3": 2,
    "14.2": 4,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
"""By section of OWASP ASVS 5.0.0, how many requirements of levels 1 and 2 it has; they are its first ones."""
STANDINGS = {"met", "partly", "not met", "doesn't apply"}
ROW = re.compile(r"\| (\d+\.\d+\.\d+) \|")
PLACE = re.compile(r"`([\w./-]+\.(?:py|jsx|js|md|sh|txt))(?:::([\w.:]+))?`")


@dataclass(frozen=True)
class Row:
    number: str
    asked: str
    standing: str
    code: str
    tests: str
    words: str


def rows() -> list[Row]:
    lines = [line for line in DOCUMENT.read_text().splitlines() if ROW.match(line)]
    return [Row(*(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])) for line in lines]


@cache
def names_in(path: str) -> frozenset[str]:
    """Everything that a module defines: functions, classes, constants, and with a class before them its parts."""
    found: set[str] = set()

    def walk(body: list[ast.stmt], before: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(before + node.name)
            if isinstance(node, ast.ClassDef):
                walk(node.body, f"{before}{node.name}::")
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found.update(before + each.id for each in targets if isinstance(each, ast.Name))

    walk(ast.parse((ROOT / path).read_text()).body, "")
    return frozenset(found)


def is_there(path: str, name: str) -> bool:
    return (ROOT / path).is_file() and (not name or (path.endswith(".py") and name in names_in(path)))


def test_every_requirement_of_the_sections_has_its_row_once_and_in_order() -> None:
    expected = [f"{section}.{number}" for section, count in REQUIREMENTS.items() for number in range(1, count + 1)]
    assert [row.number for row in rows()] == expected


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.number)
def test_a_row_says_how_it_stands_and_where_that_is_seen(row: Row) -> None:
    assert row.asked
    assert row.standing in STANDINGS
    if row.standing in {"met", "partly"}:
        assert PLACE.search(row.code), "no code is named"
        assert any(path.startswith("tests/") and name for path, name in PLACE.findall(row.tests)), "no test is named"
    if row.standing != "met":
        assert len(row.words) > 10, "it doesn't say why"


def test_every_place_and_every_test_that_is_named_exists() -> None:
    named = PLACE.findall(DOCUMENT.read_text())
    assert len(named) > 100
    assert [f"{path}::{name}" for path, name in named if not is_there(path, name)] == []


def test_a_place_that_is_gone_would_be_noticed() -> None:
    assert is_there("autodoctor/accounts/tokens.py", "identify")
    assert not is_there("autodoctor/accounts/tokens.py", "never_heard_of")
    assert not is_there("autodoctor/accounts/nothing.py", "")


def test_the_numbers_that_are_told_are_those_of_the_table() -> None:
    standings = [row.standing for row in rows()]
    told = re.search(r"(\d+) are met, (\d+) partly, (\d+) not, and (\d+) don't apply", DOCUMENT.read_text())
    assert told is not None
    assert [int(each) for each in told.groups()] == [standings.count(each) for each in ("met", "partly", "not met", "doesn't apply")]
