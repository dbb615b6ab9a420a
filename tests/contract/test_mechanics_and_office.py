"""As test_visitors_and_customers, in a file of its own so that both run at once."""

from __future__ import annotations

import pytest

from tests.contract.judging import require_that_every_answer_is_foreseen
from tests.contract.running import Running


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("role", ["mechanic", "administrator"])
def test_every_answer_is_foreseen(running: Running, role: str) -> None:
    require_that_every_answer_is_foreseen(running, role)
