"""Hypothesis tries the same examples whatever else is imported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis.internal.conjecture import providers


@pytest.fixture
def the_same_examples(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hypothesis also tries numbers that stand in the code of whatever is imported. Without them a test is the same in every run.

    Else a file that runs alone tries other examples than the whole suite, and what CI finds can't be found again.
    """
    monkeypatch.setattr(providers.HypothesisProvider, "_local_constants", providers.Constants())
    providers.CONSTANTS_CACHE.cache.clear()
    yield
    providers.CONSTANTS_CACHE.cache.clear()
