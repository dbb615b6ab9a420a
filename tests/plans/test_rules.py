"""How a price is shared (P5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.plans.catalog import PLANS
from autodoctor.plans.rules import Share, split


@pytest.mark.parametrize(("total", "fee", "share"), [(999, 199, 800), (2999, 599, 2400), (4999, 999, 4000), (0, 0, 0), (4, 0, 4)])
def test_a_fifth_rounded_down_is_the_fee(total: int, fee: int, share: int) -> None:
    assert split(total) == Share(fee, share)


@given(st.integers(min_value=0, max_value=10_000_000))
def test_no_cent_is_lost_and_the_mechanic_never_gets_less_than_four_fifths(total: int) -> None:
    shared = split(total)
    assert shared.fee_cents + shared.share_cents == total
    assert shared.share_cents * 5 >= total * 4


def test_every_plan_costs_what_the_product_says() -> None:
    assert {code.value: (plan.price_cents, plan.minutes, plan.extension_cents, plan.senior_only) for code, plan in PLANS.items()} == {
        "chat10": (999, 30, 399, False),
        "video15": (2999, 45, 799, False),
        "diagnostic": (4999, 60, 999, True),
    }
