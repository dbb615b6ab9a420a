"""Whatever they ask of any route, the answer is one that the document foresees (issue 7): every check of schemathesis."""

from __future__ import annotations

import pytest

from tests.contract.judging import require_that_every_answer_is_foreseen
from tests.contract.running import Running


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("role", ["visitor", "guest", "customer"])
def test_every_answer_is_foreseen(running: Running, role: str) -> None:
    require_that_every_answer_is_foreseen(running, role)
