"""Commands configure logging for their own process; here they share one with every other test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.logs import logging_restored


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    with logging_restored():
        yield
