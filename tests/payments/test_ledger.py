"""Every movement of money has two sides and stands once (P7)."""

from __future__ import annotations

import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.payments import ledger
from autodoctor.payments.ledger import Account, Movement, Unbalanced
from autodoctor.payments.ledger_models import LedgerTransaction
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances


async def post(reference: str, stripe_cents: int, held_cents: int) -> None:
    sides = {Account.stripe: stripe_cents, Account.held: held_cents}
    async with unit_of_work() as db:
        await ledger.post(db, Movement.charge, reference=reference, sides=sides, currency="usd", session_id=None)


async def test_both_sides_are_written(database: str) -> None:
    await post("charge:1", 999, -999)
    assert await balances() == {"stripe": 999, "held": -999}


async def test_sides_that_do_not_add_up_are_refused(database: str) -> None:
    with pytest.raises(Unbalanced):
        await post("charge:1", 999, -998)
    assert await rows_of(LedgerTransaction) == []


async def test_the_same_reference_is_written_once(database: str) -> None:
    for _ in range(2):
        await post("charge:1", 999, -999)
    assert (await balances(), len(await rows_of(LedgerTransaction))) == ({"stripe": 999, "held": -999}, 1)


async def test_a_movement_of_nothing_is_not_written(database: str) -> None:
    await post("charge:1", 0, 0)
    assert await rows_of(LedgerTransaction) == []
