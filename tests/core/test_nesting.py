"""JSON that is nested too deeply is told by its brackets alone (issue 7, item 7)."""

from __future__ import annotations

import json
import random
import string
import time
from typing import Any

import pytest

from autodoctor.core.nesting import is_too_deep


def levels(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(levels, inner), default=0)


def something(choose: random.Random, depth: int) -> Any:
    kind = choose.randrange(4) if depth else 3
    if kind == 0:
        return [something(choose, depth - 1) for _ in range(choose.randrange(4))]
    if kind == 1:
        return {text(choose): something(choose, depth - 1) for _ in range(choose.randrange(4))}
    return text(choose) if kind == 2 else choose.choice([None, True, 1.5, -3])


def text(choose: random.Random) -> str:
    return "".join(choose.choices('[]{}"\\\n' + string.ascii_letters + "é🙂", k=choose.randrange(9)))


def test_the_brackets_tell_the_same_as_what_is_parsed() -> None:
    choose = random.Random(7)
    for _ in range(2000):
        value = something(choose, choose.randrange(1, 9))
        for written in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
            for deepest in range(6):
                assert is_too_deep(written.encode(), deepest) is (levels(value) > deepest), written


@pytest.mark.parametrize(
    ("opens", "closes"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]"), ("[[],", "]"), ('{"[":[', "]}")], ids=lambda text: str(text)
)
def test_a_level_too_many_is_one_too_many(opens: str, closes: str) -> None:
    for count in range(1, 40):
        written = opens * count + "1" + closes * count
        assert is_too_deep(written.encode()) is (levels(json.loads(written)) > 32)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 1_000_000,
        b"[" * 500_000 + b"]" * 500_000,
        b'"' * 1_000_001,
        b'"' + b'\\"' * 500_000,
        b"[]," * 330_000,
        b"\\" * 1_000_000,
        b'["' + b"[" * 900_000,
    ],
    ids=["open", "closed", "quotes", "escaped", "beside each other", "backslashes", "half a text"],
)
def test_a_megabyte_of_anything_is_judged_in_an_instant(body: bytes) -> None:
    started = time.process_time()
    is_too_deep(body)
    assert time.process_time() - started < 2
